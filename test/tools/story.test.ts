import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../src/tools/story.ts', import.meta.url));

function story(...args: string[]): { status: number | null; told: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, told: stdout, said: stdout + stderr };
}

test('npm run story tells what two shipped brains are worth as a story, and writes a sheet to read with its key', (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-story-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const sheet = path.join(out, 'sheet.txt');
  const { status, told, said } = story('--rounds', '16', '--seed', '3', '--sheet', sheet, '--samples', '1');
  assert.equal(status, 0, said);
  assert.match(told, /^ +bar +scripted +pocket\n/);
  assert.match(told, /\nlines that name one that never was +0 +\d+ of \d+ +\d+ of \d+\n/);
  assert.match(
    told,
    /\nmike deals, of rounds in which it may +>= 55 % +\d+\.\d % of \d+ +\d+\.\d % of \d+\n/,
  );
  const exchanges = readFileSync(sheet, 'utf8');
  assert.doesNotMatch(exchanges, /scripted|pocket/, 'who said it is not told');
  const numbers = [...exchanges.matchAll(/^(\d+)\. answers \[ \]$/gm)].map(([, number]) => number);
  const key = readFileSync(`${sheet}.key`, 'utf8').trim().split('\n');
  assert.ok(numbers.length > 0 && numbers.length <= 100);
  assert.deepEqual(
    key.map((line) => line.split('.')[0]),
    numbers,
  );
});

test('what cannot be told is said in one line with the cure', () => {
  for (const [args, reason] of [
    [
      ['--rounds', 'many'],
      /^--rounds takes a whole number from 1 up; npm run story -- --help lists what it takes$/,
    ],
    [['--brain', 'nosuch'], /^MODEL "nosuch": no model of that name/],
  ] as const) {
    const { status, said } = story(...args);
    assert.equal(status, 2, said);
    assert.match(said.trim(), reason);
  }
});
