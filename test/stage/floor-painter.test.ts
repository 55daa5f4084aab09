import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorPainter } from '#stage/floor-painter.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import { pixelPainter } from './house.ts';

test('a floor that many ask for at once is painted once, and its picture is not kept for long', async (t) => {
  const { show } = theatre(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let painted = 0;
  const painter = {
    ...pixelPainter,
    floor: async () => {
      painted += 1;
      return await pixelPainter.portrait('alex');
    },
  };
  const floor = new FloorPainter({ show, painter, log: silentLog });
  const ask = () => floor.now(wordingFor(content, textsFor('en')));
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.ok(answers.every(({ picture }) => picture !== undefined));
  assert.equal(painted, 1);

  t.mock.timers.tick(30_000);
  await ask();
  assert.equal(painted, 1);

  t.mock.timers.tick(30_000);
  assert.ok((await ask()).picture);
  assert.equal(painted, 2);
});
