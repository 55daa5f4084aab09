/** `npm test [-- FILTER]`: the whole suite, or the test files whose path holds FILTER. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const filter = process.argv[2] ?? '';
const files = globSync('test/**/*.test.ts', { cwd: root })
  .filter((file) => file.includes(filter))
  .sort();
if (files.length === 0) {
  console.error(`no test file's path holds "${filter}"`);
  process.exit(2);
}
const reporter = process.env['CI'] ? ['--test-reporter=spec'] : [];
const result = spawnSync(process.execPath, ['--test', '--test-timeout=300000', ...reporter, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, DISCORD_TOKEN: '' },
});
process.exit(result.status ?? 1);
