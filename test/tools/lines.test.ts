import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../src/tools/lines.ts', import.meta.url));

function lines(...args: string[]): { status: number | null; told: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, told: stdout, said: stdout + stderr };
}

test('npm run lines prints what two brains say, side by side, and a sheet to read blind with its key', (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-lines-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const sheet = path.join(out, 'sheet.txt');
  const asked = ['--model', 'scripted,pocket', '--rounds', '12', '--seeds', '1', '--samples', '2'];
  const { status, told, said } = lines(...asked, '--sheet', sheet);
  assert.equal(status, 0, said);
  assert.match(told, /^ +scripted +pocket\nturns +48 +48\n/);
  assert.match(told, /clean: .* +\d+\.\d % +\d+\.\d %\n/);
  assert.match(told, /\nscripted\n {2}r\d+ \w+: .+ {2}\[.+\]\n/);
  const exchanges = readFileSync(sheet, 'utf8');
  assert.doesNotMatch(exchanges, /scripted|pocket/, 'who said it is not told');
  const numbers = [...exchanges.matchAll(/^(\d+)\.$/gm)].map(([, number]) => number);
  const key = readFileSync(`${sheet}.key`, 'utf8').trim().split('\n');
  assert.ok(numbers.length > 0);
  assert.deepEqual(
    key.map((line) => line.split('.')[0]),
    numbers,
  );
  for (const line of key) assert.match(line, /^\d+\. (?:scripted|pocket)$/);
});

test('what cannot be played is said in one line with the cure', () => {
  for (const [args, reason] of [
    [['--rounds', 'many'], /^--rounds takes a whole number from 1 up; usage: npm run lines/],
    [
      ['--arms', 'none'],
      /^--arms knows no "none"; allowed: shipped, no-examples, no-guard, no-calibration, no-voice, bare, plain-cast; usage/,
    ],
    [['--model', 'minicpm5-1b'], /^minicpm5-1b is not on this machine; npm start -- --model minicpm5-1b/],
    [['--model', 'nosuch'], /^MODEL "nosuch": no model of that name/],
  ] as const) {
    const { status, said } = lines(...args);
    assert.equal(status, 2, said);
    assert.match(said.trim(), reason);
    assert.equal(said.trim().split('\n').length, 1, said);
  }
});
