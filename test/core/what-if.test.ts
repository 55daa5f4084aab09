import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextSpeakers } from '#core/speaking.ts';
import { observe } from '#core/observe.ts';
import { equityCents } from '#core/trading/books.ts';
import { bookAfter, CHOICES, madeBy } from '#core/trading/what-if.ts';
import { anything, Floor } from '#test/support/floor.ts';

test("what a trader's own choice would have made of its book is what it made of it, and asking changes nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const floor = new Floor({ seed, rules: { intermissionRounds: 1, episodeRounds: 3 } });
      const decide = anything(seed);
      for (let round = 0; round < 6; round++) {
        floor.act({ type: 'openRound' });
        for (let [id] = nextSpeakers(floor.state); id; [id] = nextSpeakers(floor.state)) {
          const decision = decide(observe(floor.state, id, floor.content));
          const before = structuredClone(floor.state);
          const expected = bookAfter(floor.state, floor.content, id, decision);
          const closing = floor.state.market.priceCents;
          for (const choice of CHOICES) {
            const cents = madeBy(floor.state, floor.content, id, choice, closing);
            assert.ok(cents <= 0, 'at the prices of the turn a deal costs its fee and makes nothing');
          }
          assert.deepEqual(floor.state, before);
          floor.act({ type: 'takeTurn', trader: id, decision, fumble: null });
          assert.deepEqual(floor.state.traders[id]?.book, expected);
          assert.ok(
            equityCents(expected, closing) <= equityCents(before.traders[id]?.book ?? expected, closing),
          );
        }
        floor.act({ type: 'closeRound' });
      }
    }),
    { numRuns: Number(process.env['WHAT_IF_SEEDS'] ?? 40) },
  );
});
