/**
 * `node test/torture/mutants.ts [--seeds 40] [--rounds 20] [--bug N]`: puts each bug of `bugs.ts` into a copy of the source and
 * lets the torture look for it. A line for each: how many seeds it took, and which check saw it. Exit code 1 when one is missed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readArguments } from '#test/support/arguments.ts';
import { BUGS, type Bug } from './bugs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const COPIED = ['src', 'commands', 'data', 'models', 'test/torture', 'test/support', 'package.json'];

const values = readArguments('node test/torture/mutants.ts [--seeds 40] [--rounds 20] [--bug N]', {
  seeds: { type: 'string', default: '40' },
  rounds: { type: 'string', default: '20' },
  bug: { type: 'string' },
});

function look({ what, file, from, to }: Bug): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-bug-'));
  try {
    for (const part of COPIED) cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const source = readFileSync(path.join(copy, file), 'utf8');
    if (source.split(from).length !== 2) return `stale: ${file} does not hold its place once`;
    writeFileSync(path.join(copy, file), source.replace(from, to));
    const args = ['test/torture/hunt.ts', values.seeds, values.rounds];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
    return stdout.trim() || `broke: ${stderr.trim().split('\n').at(-1) ?? what}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

let missed = 0;
for (const [nth, bug] of BUGS.entries()) {
  if (values.bug !== undefined && Number(values.bug) !== nth + 1) continue;
  const found = look(bug);
  if (!/^\d+ seeds?:/u.test(found)) missed += 1;
  console.log(`| ${nth + 1} | ${bug.what} | ${found} |`);
}
process.exitCode = missed === 0 ? 0 : 1;
