import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { PricesCard } from '#show/ports/card-views.ts';
import type { Painter } from '#show/ports/painter.ts';
import { CardPainter } from '#stage/posts/card-painter.ts';
import { FloorPainter } from '#stage/posts/floor-painter.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import { pixelPainter } from './rig.ts';

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

/** A picture that is asked for three times at once is painted once; half a minute later it is kept, a minute later it is not. */
async function paintedOnce(
  t: TestContext,
  asking: (painter: Painter) => () => Promise<MessageBody>,
): Promise<void> {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let painted = 0;
  const paint = async () => {
    painted += 1;
    return await pixelPainter.portrait({ sprite: 'alex', color: '#777777' });
  };
  const ask = asking({ ...pixelPainter, card: paint, floor: paint });
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.ok(answers.every(({ picture }) => picture !== undefined));
  assert.equal(painted, 1);

  t.mock.timers.tick(30_000);
  await ask();
  assert.equal(painted, 1);

  t.mock.timers.tick(30_000);
  assert.ok((await ask()).picture);
  assert.equal(painted, 2);
}

test('a card that many ask for at once is painted once, and its picture is not kept for long', (t) =>
  paintedOnce(t, (painter) => {
    const cards = new CardPainter({ painter, log: silentLog });
    return () => cards.under({ content: 'The market' }, market, wording);
  }));

test('a floor that many ask for at once is painted once, and its picture is not kept for long', (t) => {
  const { show } = theatre(t);
  return paintedOnce(t, (painter) => {
    const floor = new FloorPainter({ show, painter, log: silentLog });
    return () => floor.now(wording);
  });
});

test('a picture that could not be painted is tried again by whoever asks next', async () => {
  let tries = 0;
  const painter = {
    ...pixelPainter,
    card: async () => {
      tries += 1;
      if (tries === 1) throw new Error('the brush broke');
      return await pixelPainter.portrait({ sprite: 'alex', color: '#777777' });
    },
  };
  const cards = new CardPainter({ painter, log: silentLog });
  const ask = () => cards.under({ content: 'The market' }, market, wording);
  assert.equal((await ask()).picture, undefined);
  assert.ok((await ask()).picture);
});

test('a card in German names regimes and titles in German, and what data/ does not translate as it is', async () => {
  const german = wordingFor(content, textsFor('de'));
  const painted: string[] = [];
  const painter: Painter = {
    ...pixelPainter,
    card: async (card) => {
      if ('regimes' in card) painted.push(...card.regimes.map(({ name }) => name));
      return await pixelPainter.portrait({ sprite: 'alex', color: '#777777' });
    },
  };
  const band = (name: string) => ({ from: 1, to: 2, name, color: '#123456' });
  const card = { ...market, regimes: [band('Crypto Winter'), band('Crash'), band('Fog')] };
  await new CardPainter({ painter, log: silentLog }).under({ content: '' }, card, german);
  assert.deepEqual(painted, ['Kryptowinter', 'Crash', 'Fog']);
  for (const { name } of content.market.regimes) assert.ok(german.known(name).length <= 24);
  for (const { title } of content.cast) assert.notEqual(german.known(title), title);
  assert.equal(wording.known('Crypto Winter'), 'Crypto Winter');
});
