import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  borrowedCents,
  equityCents,
  exposureCents,
  rotate,
  valueCents,
  type Dealing,
} from '#core/trading/books.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { openBook } from '#core/trading/trader.ts';
import { INSTRUMENTS, SIZES, type Instrument, type Size } from '#core/vocabulary.ts';
import { anything, content, Floor, holdAndStay, type Decide } from '#test/support/floor.ts';

const flat = { Tech: 10_000, Crypto: 10_000, Bonds: 10_000 };

function deal(over: Partial<Dealing> = {}): Dealing {
  return {
    trader: 'alice',
    book: openBook(1_000_000),
    prices: flat,
    rules: DEFAULT_RULES,
    leverage: { Tech: 1, Crypto: 1, Bonds: 1 },
    overlay: undefined,
    ...over,
  };
}

test('Half of $10,000 into Tech at $100 buys 50 units for a fee of 10 bps', () => {
  const floor = deal();
  const { fills, refusal } = rotate(floor, 'Tech', 'Half');
  assert.equal(refusal, null);
  assert.deepEqual(fills, [
    {
      trader: 'alice',
      instrument: 'Tech',
      qty: 500_000,
      priceCents: 10_000,
      notionalCents: 500_000,
      feeCents: 500,
      reason: 'decision',
    },
  ]);
  assert.equal(floor.book.cashCents, 499_500);
});

test('all in on leverage three owes the broker two thirds, and a second all in adds nothing', () => {
  const floor = deal({ leverage: { Tech: 1, Crypto: 3, Bonds: 1 } });
  rotate(floor, 'Crypto', 'AllIn');
  const equity = equityCents(floor.book, flat);
  assert.ok(Math.abs(exposureCents(floor.book, flat) / equity - 3) < 0.01);
  assert.ok(Math.abs(borrowedCents(floor.book, flat) / equity - 2) < 0.01);
  assert.deepEqual(rotate(floor, 'Crypto', 'AllIn'), { fills: [], refusal: null });
});

test('what cash lacks is sold from the others, pro rata', () => {
  const floor = deal();
  rotate(floor, 'Tech', 'Half');
  rotate(floor, 'Crypto', 'Half');
  const { fills } = rotate(floor, 'Bonds', 'AllIn');
  assert.deepEqual(
    fills.map((fill) => [fill.instrument, fill.reason]),
    [
      ['Tech', 'rotation'],
      ['Crypto', 'rotation'],
      ['Bonds', 'decision'],
    ],
  );
  const [tech = 0, crypto = 0] = fills.map((fill) => -fill.notionalCents);
  assert.ok(Math.abs(tech - crypto) < 2_000, `${tech} and ${crypto} are about the same share`);
});

test("the bear's bonds come with a short, and the short pays when Tech falls", () => {
  const floor = deal({ overlay: { when: 'Bonds', short: 'Tech', ratioBps: 5_000 } });
  rotate(floor, 'Bonds', 'Half');
  assert.ok(floor.book.qty.Tech < 0);
  assert.ok(equityCents(floor.book, { ...flat, Tech: 8_000 }) > equityCents(floor.book, flat));
});

test('nobody without equity can order', () => {
  const floor = deal({ book: openBook(0) });
  assert.deepEqual(rotate(floor, 'Tech', 'Small'), { fills: [], refusal: 'no_buying_power' });
});

/** Prices that jump by thousands make a fortune too large for whole cents in doubles, unless positions have a limit. */
const DOUBLING_FORTUNE: { target: Instrument; size: Size; prices: Record<Instrument, number> }[] = [
  { target: 'Crypto', size: 'Small', prices: { Tech: 100, Crypto: 100, Bonds: 100 } },
  { target: 'Tech', size: 'Small', prices: { Tech: 100, Crypto: 621, Bonds: 100 } },
  { target: 'Crypto', size: 'AllIn', prices: { Tech: 32_739, Crypto: 100, Bonds: 100 } },
  { target: 'Tech', size: 'Half', prices: { Tech: 101, Crypto: 197_393, Bonds: 100 } },
  { target: 'Tech', size: 'Half', prices: { Tech: 199_974, Crypto: 100, Bonds: 100 } },
];

test('whatever is ordered, the book adds up to the cent and margin is never overdrawn by more than fees', () => {
  const price = fc.integer({ min: 100, max: 200_000 });
  const order = fc.record({
    target: fc.constantFrom(...INSTRUMENTS),
    size: fc.constantFrom(...SIZES),
    prices: fc.record({ Tech: price, Crypto: price, Bonds: price }),
  });
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (orders, leverage) => {
      const book = openBook(1_000_000);
      let cash = book.cashCents;
      const qty: Record<Instrument, number> = { Tech: 0, Crypto: 0, Bonds: 0 };
      for (const { target, size, prices } of orders) {
        const floor = deal({
          book,
          prices,
          leverage: { Tech: leverage, Crypto: leverage, Bonds: 1 },
          overlay: { when: 'Bonds', short: 'Tech', ratioBps: 5_000 },
        });
        const before = equityCents(book, prices);
        const { fills } = rotate(floor, target, size);
        for (const fill of fills) {
          assert.equal(fill.notionalCents, valueCents(fill.qty, fill.priceCents));
          cash -= fill.notionalCents + fill.feeCents;
          qty[fill.instrument] += fill.qty;
        }
        assert.equal(book.cashCents, cash);
        assert.deepEqual(book.qty, qty);
        const paid = fills.reduce((sum, fill) => sum + fill.feeCents, 0);
        assert.ok(
          Math.abs(before - paid - equityCents(book, prices)) <= 8,
          'a trade costs its fees and rounding, no more',
        );
      }
    }),
    { examples: [[DOUBLING_FORTUNE, 3]] },
  );
});

test('a long wild show adds up to the cent for every trader, by replay from fills and charges', () => {
  const floor = new Floor({
    seed: 11,
    rules: { episodeRounds: 8, intermissionRounds: 1, seasonEpisodes: 1_000 },
  });
  for (let i = 0; i < 300; i++) {
    floor.play(1, anything(i));
    if (i % 40 === 20) floor.act({ type: 'strikeChaos', text: null });
  }
  for (const persona of content.cast) {
    const book = openBook(1_000_000);
    for (const event of floor.events) {
      if (event.type === 'filled' && event.trader === persona.id) {
        book.cashCents -= event.notionalCents + event.feeCents;
        book.qty[event.instrument] += event.qty;
      }
      if (event.type === 'charged' && event.trader === persona.id) book.cashCents += event.amountCents;
    }
    const now = floor.state.traders[persona.id]?.book;
    assert.equal(book.cashCents, now?.cashCents, persona.id);
    assert.deepEqual(book.qty, now?.qty, persona.id);
  }
});

test('whoever falls to a twentieth of the start is bankrupt: liquidated, an intern, refused at the desk, and can be bailed out', () => {
  const floor = new Floor({ rules: { episodeRounds: 400, intermissionRounds: 1, bankruptBps: 9_900 } });
  // Only Alex gambles: with nobody left to trade the season would end, and everybody start afresh.
  const gamble: Decide = (seen) =>
    seen.trader === 'alex' ? { ...holdAndStay(seen), trade: 'Crypto', size: 'AllIn' } : holdAndStay(seen);
  floor.play(300, gamble);
  const fallen = floor.eventsOf('bankrupted')[0];
  assert.ok(fallen, 'somebody lost one per cent in 300 rounds');
  const trader = floor.state.traders[fallen.trader];
  assert.equal(trader?.standing, 'intern');
  assert.ok(Object.values(trader?.book.qty ?? {}).every((qty) => qty === 0));
  assert.ok(
    floor.eventsOf('refused').some((it) => it.trader === fallen.trader && it.code === 'intern_cannot_trade'),
  );
  assert.throws(() => floor.act({ type: 'bailOut', trader: fallen.trader }), /intermission/);
  floor.play(101, gamble);
  const who = Object.values(floor.state.traders).find((it) => it.standing === 'intern');
  assert.ok(who, 'the intern waits for the members in the intermission');
  floor.act({ type: 'bailOut', trader: who.id });
  assert.equal(floor.state.traders[who.id]?.bailouts, 1);
  assert.equal(floor.state.traders[who.id]?.standing, 'trading');
});

test('nobody sells a crumb for margin, or keeps one: from the second edition on', () => {
  const floor = new Floor({ seed: 12 });
  floor.play(400, anything(3));
  const orders = floor
    .eventsOf('filled')
    .filter(({ reason }) => reason === 'rotation' || reason === 'decision');
  assert.ok(orders.length > 300);
  assert.deepEqual(
    orders.filter(({ notionalCents }) => Math.abs(notionalCents) < 100),
    [],
  );
});
