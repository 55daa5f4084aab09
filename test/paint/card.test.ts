import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { loadImage } from 'canvas';
import { cardPicture } from '#paint/cards/cards.ts';
import { phrasesIn } from '#paint/cards/phrases.ts';
import { within, type Op } from '#paint/draw-list.ts';
import { openPainter } from '#paint/painter.ts';
import type { CardView, EquityLine } from '#show/ports/card-views.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { cards } from './card-samples.ts';
import { extent, isWhole } from './chart-extent.ts';
import { kit } from './kit.ts';

const GOLDEN = fileURLToPath(new URL('./cards.golden.jsonl', import.meta.url));
const SIZE_LIMIT_BYTES = 60 * 1024;
const FRAME = { x: 0, y: 0, w: 400, h: 250 };

function texts(ops: readonly Op[]): string[] {
  return ops.flatMap((op) => (op.op === 'text' ? [op.text] : []));
}

function fits(view: CardView): void {
  const { ops } = cardPicture(view, kit);
  for (const op of ops) {
    assert.ok(isWhole(op), JSON.stringify(op));
    assert.ok(within(extent(op), FRAME), `${view.kind}: ${JSON.stringify(op)} leaves the frame`);
  }
}

/** To accept changed cards: look at them, then run this test with UPDATE_GOLDEN=1. */
test('every sample card is drawn by exactly the operations on file', () => {
  const drawn = Object.entries(cards).flatMap(([name, view]) =>
    cardPicture(view, kit).ops.map((op) => JSON.stringify({ card: name, ...op })),
  );
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${drawn.join('\n')}\n`);
  assert.deepEqual(drawn, readFileSync(GOLDEN, 'utf8').trimEnd().split('\n'));
});

test('every card is a PNG of 800 x 500 within its size', async (t) => {
  const painter = openPainter({ office: content.office, cast: content.cast, log: silentLog });
  t.after(() => painter.close());
  for (const [name, view] of Object.entries(cards)) {
    const png = await painter.card(view, new AbortController().signal);
    const image = await loadImage(Buffer.from(png));
    assert.deepEqual([image.width, image.height], [800, 500], name);
    assert.ok(png.length <= SIZE_LIMIT_BYTES, `${name}: ${png.length} bytes`);
  }
});

test('cards say what members look for', () => {
  const said = (name: keyof typeof cards) => texts(cardPicture(cards[name], kit).ops).join(' | ');
  assert.match(said('prices'), /Tech Boom.*Crash.*Price \(\$\).*\$134\.3/s);
  assert.match(said('equity'), /Equity \(\$\).*Buy & hold/s);
  assert.match(
    said('recap'),
    /Closing bell.*Best call.*\+\$1,843.*Sarah: all into Bonds.*Worst call.*-\$5,228/s,
  );
  assert.match(said('trader'), /Mandate.*up to 3x.*Short Tech/s);
  assert.match(said('awards'), /Champion.*Sarah.*Deepest fall.*-98\.1%.*Final standings/s);
  assert.match(said('bars'), /Regret against the oracle \(% of start\)/);
  assert.match(said('lines'), /Not switched yet \(%\).*Rounds since/s);
});

test('a call that lies in what was sold names that, in both languages', () => {
  const { best } = cards.recap;
  assert.ok(best);
  const said = (was: 'long' | 'short') => {
    const view = { ...cards.recap, best: { ...best, left: { instrument: 'Crypto' as const, was } } };
    return texts(cardPicture(view, kit).ops).find((text) => text.startsWith('Sarah: ')) ?? '';
  };
  const german = phrasesIn('de');
  assert.deepEqual(
    [said('long'), german?.(said('long'))],
    ['Sarah: out of Crypto', 'Sarah: raus aus Crypto'],
  );
  assert.deepEqual(
    [said('short'), german?.(said('short'))],
    ['Sarah: out of short Crypto', 'Sarah: Crypto eingedeckt'],
  );
});

test('a thought is shown as bars, one for each word, without a letter of it', () => {
  const bars = (thoughtWordLengths: number[]) =>
    cardPicture({ ...cards.trader, thoughtWordLengths }, kit).ops.filter(
      (op) => op.op === 'rect' && op.h === 6,
    ).length;
  assert.equal(bars([3, 5, 2]), 3);
  assert.equal(bars([]), 0);
  assert.ok(bars(Array.from({ length: 400 }, () => 60)) < 10);
});

test('the recap draws the real curves and, dashed, those without chaos, and says what chaos cost whom', () => {
  const drawn = (view: typeof cards.recap) => cardPicture(view, kit).ops;
  const said = texts(drawn(cards.recap));
  assert.ok(said.includes('Without') && said.includes('Chaos cost $2,192'));
  assert.equal(
    said.filter((text) => text.startsWith('Chaos cost') || text.startsWith('Chaos made')).length,
    4,
  );
  const peaceful = {
    ...cards.recap,
    traders: cards.recap.traders.map(({ calm: _calm, ...one }) => one),
    chaosRounds: [],
  };
  assert.ok(!texts(drawn(peaceful)).some((text) => /^(Without|Chaos)/.test(text)));
  const lines = (view: typeof cards.recap) => drawn(view).filter((op) => op.op === 'line').length;
  assert.ok(lines(cards.recap) > lines(peaceful) + 20, 'dashes');
});

test('the recap of an episode without chaos draws, dashed, what the script would have made of it', () => {
  const traders = cards.recap.traders.map(({ calm = [], ...one }) => ({ ...one, twin: calm.slice(1) }));
  const quiet = { ...cards.recap, traders, chaosRounds: [] };
  const said = texts(cardPicture(quiet, kit).ops);
  assert.ok(said.includes('Script') && !said.includes('Without'));
  assert.equal(said.filter((text) => /^Script [+-]\$/u.test(text)).length, 4);
  const struck = texts(cardPicture({ ...quiet, chaosRounds: [93] }, kit).ops);
  assert.ok(!struck.some((text) => text.startsWith('Script')), 'one other course of things is enough');
});

test('a bankruptcy has a gravestone, chaos a bolt, in the chart and in its key', () => {
  const sprites = cardPicture(cards.recap, kit).ops.flatMap((op) => (op.op === 'sprite' ? [op.sprite] : []));
  assert.equal(sprites.filter((name) => name === 'cards/grave').length, 2);
  assert.equal(sprites.filter((name) => name === 'cards/bolt').length, 2);
});

const NAMES = ['Wolfeschlegelsteinhau', '\u202Eevil', '漢字', 'I', ''];

test('everything stays on the card, whatever the cast, the money and the names are', () => {
  const cents = fc.oneof(
    fc.integer({ min: -100_000_000, max: 100_000_000_000 }),
    fc.constantFrom(0, 1, 1e15),
  );
  const trader = fc.record({
    id: fc.stringMatching(/^[a-z]{1,8}$/),
    name: fc.constantFrom(...NAMES),
    color: fc.constantFrom('#0072b2', '#ffffff', '#000000'),
    sprite: fc.constantFrom('alex', 'nobody-yet'),
    standing: fc.constantFrom('trading' as const, 'intern' as const),
    bailouts: fc.nat(3),
    points: fc
      .array(cents, { maxLength: 40 })
      .map((values) => values.map((equityCents, round) => ({ round, equityCents }))),
    bankruptRounds: fc.array(fc.nat(50), { maxLength: 2 }),
    gainBps: fc.integer({ min: -10_000, max: 99_999_999 }),
  });
  fc.assert(
    fc.property(
      fc.array(trader, { maxLength: 10 }),
      cents,
      fc.array(fc.nat(40), { maxLength: 3 }),
      (cast, money, chaosRounds) => {
        const first: EquityLine | undefined = cast[0];
        fits({ ...cards.equity, traders: cast, startCents: money, chaosRounds, bellRounds: [0, 20] });
        fits({
          ...cards.recap,
          traders: cast.map((one) => ({ ...one, gainCents: money, trades: 3 })),
          regimes: [],
          chaosRounds,
          best: first ? { trader: first, round: 3, trade: 'Tech', size: 'AllIn', gainCents: money } : null,
          worst: null,
        });
        fits({
          ...cards.awards,
          standings: cast.map((one) => ({ ...one, equityCents: money })),
          awards: first ? [{ award: 'most_trades', trader: first, value: Math.abs(money) }] : [],
        });
        if (first) {
          const positions = ['Tech', 'Crypto', 'Bonds'].map((instrument) => ({
            instrument,
            valueCents: money,
            gainCents: -money,
          }));
          fits({
            ...cards.trader,
            trader: { ...first, title: NAMES[0] ?? '' },
            positions,
            equityCents: money,
            cashCents: -money,
          });
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a benchmark card may have no rows, one, many, and values below zero', () => {
  const row = (value: number, index: number) => ({
    name: `Model ${index}`,
    value,
    low: value - 1,
    high: null,
    control: index % 2 === 0,
  });
  for (const values of [
    [],
    [0],
    [-4, -2],
    Array.from({ length: 40 }, (_, index) => index * 1e9 - 5e9),
    [Number.NaN, 3],
  ]) {
    fits({ ...cards.bars, plot: { as: 'bars', valueTitle: 'Regret', rows: values.map(row) } });
    fits({
      ...cards.lines,
      plot: {
        ...cards.lines.plot,
        as: 'lines',
        xTitle: 'Rounds',
        yTitle: 'Share',
        shape: 'steps',
        series: [{ name: 'One', points: values.map((y, x) => ({ x, y })) }],
      },
    });
  }
});
