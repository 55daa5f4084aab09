import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PricesCard } from '#show/card-views.ts';
import { CardPainter } from '#stage/card-painter.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { pixelPainter } from './house.ts';

const wording = wordingFor(content, textsFor('en'));

const market: PricesCard = {
  kind: 'prices',
  season: 1,
  episode: 1,
  series: [{ instrument: 'Tech', points: [{ round: 1, priceCents: 10_000 }] }],
  regimes: [],
  chaosRounds: [],
  bellRounds: [],
};

test('a card that many ask for at once is painted once, and its picture is not kept for long', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let painted = 0;
  const painter = {
    ...pixelPainter,
    card: async () => {
      painted += 1;
      return await pixelPainter.portrait('alex');
    },
  };
  const cards = new CardPainter({ painter, log: silentLog });
  const ask = () => cards.under({ content: 'The market' }, market, wording);
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
