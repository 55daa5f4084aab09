/** `npm run check`: types, lint, format, unused code, tests. All are run; the last line counts them. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name: string) => path.join(root, 'node_modules', '.bin', name);
const CHECKS: { name: string; command: string[] }[] = [
  { name: 'types', command: [bin('tsc'), '-p', '.'] },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--max-warnings=0'] },
  { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'unused code', command: [bin('knip')] },
  { name: 'tests', command: [process.execPath, 'test/run.ts'] },
];

const only = process.argv.slice(2);
const chosen = CHECKS.filter((check) => only.length === 0 || only.includes(check.name));
const failed: string[] = [];
for (const check of chosen) {
  console.log(`--- ${check.name}`);
  const [program = '', ...args] = check.command;
  const node = path.dirname(process.execPath);
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${node}${path.delimiter}${process.env['PATH']}` },
  });
  if (result.status !== 0) failed.push(check.name);
}
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
console.log(`${chosen.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
