import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '#test/support/process.ts';

const PROGRAMS = globSync('*.ts', {
  cwd: import.meta.dirname,
  exclude: ['*.test.ts', 'ending.ts', 'load.ts', 'medians.ts', 'show-turns.ts'],
});

test('a benchmark tells how it is called, and a mistake in its flags in one line before that', async (t) => {
  assert.ok(PROGRAMS.length >= 7);
  await Promise.all(
    PROGRAMS.map(async (program) => {
      const file = path.join(import.meta.dirname, program);
      const asked = launch(t, file, ['--help'], {});
      assert.equal((await asked.ended).code, 0, asked.err);
      assert.match(asked.out, /^(?:npm run|node) .*\[--/);

      const mistaken = launch(t, file, ['--rouns', '3'], {});
      assert.equal((await mistaken.ended).code, 2, mistaken.err);
      assert.equal(mistaken.err, `Unknown option '--rouns'\n${asked.out}`);
    }),
  );
});
