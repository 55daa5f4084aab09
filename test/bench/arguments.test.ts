import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '#test/support/process.ts';

const PROGRAMS = globSync('*.ts', {
  cwd: import.meta.dirname,
  exclude: ['*.test.ts', 'ending.ts', 'load.ts', 'medians.ts', 'show-turns.ts'],
});

test('a mistake in the flags of a benchmark is told in one line, with how the program is called', async (t) => {
  assert.ok(PROGRAMS.length >= 8);
  await Promise.all(
    PROGRAMS.map(async (program) => {
      const mistaken = launch(t, path.join(import.meta.dirname, program), ['--rouns', '3'], {});
      assert.equal((await mistaken.ended).code, 2, mistaken.err);
      assert.match(mistaken.err, /^Unknown option '--rouns'\n(?:npm run|node) .*\n/);
      assert.equal(mistaken.out, '');
    }),
  );
});

test('--help of a benchmark tells how it is called', async (t) => {
  const asked = launch(t, path.join(import.meta.dirname, 'peers.ts'), ['--help'], {});
  assert.equal((await asked.ended).code, 0, asked.err);
  assert.match(asked.out, /^npm run bench:peers -- --model FILE/);
});

test('a number that is none is refused before anything is measured', async (t) => {
  const mistaken = launch(t, path.join(import.meta.dirname, 'brain.ts'), ['--threads', '1,2'], {});
  assert.equal((await mistaken.ended).code, 2, mistaken.err);
  assert.match(mistaken.err, /^flag --threads: a whole number from 1 up, not "1,2"\nnpm run bench:brain /);
});

test('a part, a way or a model that there is none of is told in one line, before anything is measured', async (t) => {
  const text = path.join(import.meta.dirname, 'arguments.test.ts');
  for (const [program, args, says] of [
    [
      'brain.ts',
      ['--parts', 'foo'],
      /^flag --parts: of ways, threads, batched, warm, not "foo"\nnpm run bench:brain /,
    ],
    ['brain.ts', ['--parts', 'warm'], /^flag --parts: warm needs --model FILE, [^\n]*\nnpm run bench:brain /],
    ['brain.ts', ['--ways', 'a,zz'], /^flag --ways: of a, a2, b, c, c2, none, not "zz"\n/],
    ['brain.ts', ['--model', '/nowhere.gguf'], /^MODEL "\/nowhere\.gguf": no such file; [^\n]*\nnpm run /],
    ['brain.ts', ['--model', text], /^Model file [^\n]*: it is not a GGUF file\. [^\n]*\nnpm run /],
    ['guard.ts', ['--model', '/nowhere.gguf'], /^MODEL "\/nowhere\.gguf": [^\n]*\nnpm run bench:guard /],
    ['soak.ts', ['--model', '/nowhere.gguf'], /^MODEL "\/nowhere\.gguf": [^\n]*\nnpm run bench:soak /],
    ['days.ts', ['--model', '/nowhere.gguf'], /^MODEL "\/nowhere\.gguf": [^\n]*\nnpm run bench:days /],
  ] as const) {
    const mistaken = launch(t, path.join(import.meta.dirname, program), [...args], {});
    assert.equal((await mistaken.ended).code, 2, mistaken.err);
    assert.match(mistaken.err, says);
    assert.equal(mistaken.out, '');
  }
});

test('a check that would check nothing is refused, so that it cannot seem to have passed', async (t) => {
  for (const [program, args, says] of [
    ['kill/kill.ts', ['--kills', 'abc'], /^flag --kills: a whole number from 1 up, not "abc"\n/],
    ['kill/kill.ts', ['--kills', '0'], /^flag --kills: /],
    ['kill/kill.ts', ['--kills', '-1'], /^[^\n]*argument is ambiguous[^\n]*\nnpm run kill /],
    ['torture/torture.ts', ['--rounds', '0'], /^flag --rounds: a whole number from 1 up, not "0"\n/],
    [
      'torture/torture.ts',
      ['--seed', '1', '--only', 'nonsense'],
      /^flag --only: "none", or a fault [^\n]*\n/,
    ],
    ['torture/torture.ts', ['--seed', '1', '--only', 'answer lost@x'], /^flag --only: /],
  ] as const) {
    const mistaken = launch(t, path.join(import.meta.dirname, '..', program), [...args], {});
    assert.equal((await mistaken.ended).code, 2, mistaken.out);
    assert.match(mistaken.err, says);
  }
});
