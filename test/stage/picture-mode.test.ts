import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Painter } from '#show/ports/painter.ts';
import { FloorPainter } from '#stage/posts/floor-painter.ts';
import { choosePictures, pictureMode } from '#show/views/picture-mode.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import { pixelPainter } from './rig.ts';

test('where pictures are to stand still no round moves, and it moves again when they may', async (t) => {
  const { show } = theatre(t);
  const painted: string[] = [];
  const painter: Painter = {
    ...pixelPainter,
    round: (...asked) => (painted.push('moving'), pixelPainter.round(...asked)),
    floor: (...asked) => (painted.push('still'), pixelPainter.floor(...asked)),
  };
  const floor = new FloorPainter({ show, painter, log: silentLog });
  const showRound = () =>
    floor.round(show.floorView(), wordingFor(content, textsFor('en')), new AbortController().signal);
  assert.equal(pictureMode(show.keyValues), 'moving');
  await showRound();
  choosePictures(show.keyValues, 'still');
  const { picture } = await showRound();
  assert.match(picture?.name ?? '', /\.png$/);
  choosePictures(show.keyValues, 'moving');
  await showRound();
  assert.deepEqual(painted, ['moving', 'still', 'moving']);
});
