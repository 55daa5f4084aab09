import assert from 'node:assert/strict';
import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { modelHere, modelPlaces } from '#app/models/places.ts';
import { loadCatalog } from '#brain/catalog.ts';
import { run } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

test('downloads have a folder of their own where the settings name one; what ships is found beside its catalog', (t) => {
  const modelsDir = temporaryFolder(t);
  const places = modelPlaces(modelsDir);
  assert.deepEqual(modelHere('pocket', places).path, modelHere('pocket', modelPlaces()).path);
  const download = modelHere('minicpm5-1b', places);
  assert.equal(download.kind, 'download');
  assert.equal(path.dirname(download.path), modelsDir);
  assert.ok(places.cacheDir.startsWith(modelsDir) && places.speedsFile.startsWith(places.cacheDir));
});

test('with MODELS_DIR the list looks there, the shipped model plays, and what is kept of it lies there', async (t) => {
  const folder = temporaryFolder(t);
  const env = { MODELS_DIR: folder };
  const known = loadCatalog().models.find(({ id }) => id === 'smollm2-135m');
  assert.ok(known?.bytes);
  const file = path.join(folder, known.file);
  writeFileSync(file, '');
  truncateSync(file, known.bytes);
  const { out } = await run('src/main.ts', ['--models'], { env });
  assert.match(out, /^\* smollm2-135m /m);
  assert.match(out, /^\* pocket /m);
  const played = await run('src/main.ts', ['--rounds', '3', '--pace', '0', '--port', '0'], { env });
  assert.equal(played.code, 0, played.err);
  assert.match(played.out, /"brain":"pocket"/);
  assert.ok(existsSync(path.join(folder, 'cache', 'speeds.json')));
});
