import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadLibrary } from '#app/content.ts';
import { castsKept } from '#app/models/kept-casts.ts';
import { openStore } from '#store/store.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const { content, personas } = loadLibrary(null);

test('a model is told of the casts of the shows that are played here, of the one that was played last first', (t) => {
  const dataDir = temporaryFolder(t);
  for (const [show, guest, usedS] of [
    ['11', 'hugo', 1_000],
    ['22', 'mike', 3_000],
    ['33', 'hugo', 2_000],
  ] as const) {
    const file = path.join(dataDir, `${show}.sqlite`);
    const store = openStore(file);
    store.keyValues.set('cast', JSON.stringify(['alex', 'sarah', guest]));
    store.close();
    utimesSync(file, usedS, usedS);
  }
  const kept = castsKept({ dataDir, brain: 'llama' }, content, personas, (show) => show !== '33');
  assert.deepEqual(
    kept.map(({ show, cast }) => [show, ...cast.map(({ id }) => id)]),
    [
      ['22.sqlite', 'alex', 'mike', 'sarah'],
      ['11.sqlite', 'alex', 'hugo', 'sarah'],
    ],
  );
  assert.deepEqual(
    castsKept({ dataDir, brain: 'scripted' }, content, personas, () => true),
    [],
  );
});
