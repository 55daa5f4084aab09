import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch, until } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

test('a show whose database is deleted while it runs ends in one line, and the next start begins no other', async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'backlot.sqlite');
  const args = [
    '--pace',
    '3',
    '--port',
    '0',
    '--brain',
    'scripted',
    '--data-dir',
    folder,
    '--log-level',
    'silent',
  ];
  const first = launch(t, 'src/main.ts', args, {});
  await until(() => /The show is on/.test(first.out));
  rmSync(file);
  assert.equal((await first.ended).code, 2);
  assert.match(first.err, /^[^\n]*backlot\.sqlite was moved or deleted while the show ran\.[^\n]*\n$/);

  const second = launch(t, 'src/main.ts', args, {});
  assert.equal((await second.ended).code, 2);
  assert.match(second.err, /^[^\n]*backlot\.sqlite is missing, though a show was kept in it\.[^\n]*\n$/);
  assert.equal(existsSync(file), false);
});
