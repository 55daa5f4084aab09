import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPainter } from '#paint/painter.ts';
import { encodePng } from '#paint/raster/png.ts';
import { figuresOn } from '#paint/scenes/figures.ts';
import { settledFigures } from '#paint/scenes/round-scene.ts';
import { spotsComment } from '#paint/spots.ts';
import { spotsOf } from '#test/support/picture-spots.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { sampleView } from './sample.ts';

const { office, cast } = content;

test('the file of a floor says where everybody stands, the film of a round where it leaves them', async (t) => {
  const painter = openPainter({ office, cast, log: silentLog });
  t.after(() => painter.close());
  const view = sampleView();
  const signal = new AbortController().signal;
  const told = (people: Parameters<typeof spotsComment>[0]): unknown =>
    (JSON.parse(spotsComment(people)) as { spots: unknown }).spots;
  assert.deepEqual(spotsOf(await painter.floor(view, signal)), told(figuresOn(view, office)));
  const film = spotsOf(await painter.round(view, signal));
  assert.deepEqual(film, told(settledFigures(view, office)));
  assert.deepEqual(film.map(({ name }) => name).toSorted(), view.traders.map(({ name }) => name).toSorted());
  for (const { box } of film) assert.ok(box.every((part) => part > 0 && part < 1));
});

test('a name of any letters is kept, and a picture without a comment, or with another, has no spots', () => {
  const [one] = figuresOn(sampleView(), office);
  assert.ok(one);
  const comment = spotsComment([{ ...one, trader: { ...one.trader, name: 'Zoë 🐻' } }]);
  assert.match(comment, /^[\x20-\x7e]*$/);
  const dot = { width: 1, height: 1, pixels: Uint32Array.of(0) };
  assert.deepEqual(
    spotsOf(encodePng(dot, 1, comment)).map(({ name }) => name),
    ['Zoë 🐻'],
  );
  assert.deepEqual(spotsOf(encodePng(dot, 1)), []);
  assert.deepEqual(spotsOf(encodePng(dot, 1, '{"spots":[{"name":7}]}')), []);
  assert.deepEqual(spotsOf(encodePng(dot, 1, '{"spots":')), []);
  assert.deepEqual(spotsOf(new Uint8Array([1, 2, 3])), []);
});
