/** `npm test [-- FILTER...]`: the whole suite, or the test files whose path holds one of the FILTERs. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const filters = process.argv.slice(2);
const files = globSync('test/**/*.test.ts', { cwd: root })
  .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  .sort();
if (files.length === 0) {
  console.error(`no test file's path holds ${filters.map((filter) => `"${filter}"`).join(' or ')}`);
  process.exit(2);
}
const reporter = process.env['CI'] ? ['--test-reporter=spec'] : [];
// Left to itself, Node keeps a core free; most tests wait for sockets more than they reckon.
const atOnce = `--test-concurrency=${os.availableParallelism()}`;
const args = ['--test', '--test-timeout=300000', atOnce, ...reporter, ...files];
const result = spawnSync(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    DISCORD_TOKEN: '',
    // Every file is a process of its own and loads much the same.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node'),
  },
});
process.exit(result.status ?? 1);
