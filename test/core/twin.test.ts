import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { playTwin } from '#core/twin.ts';
import { anything, content, type Decide } from '#test/support/floor.ts';
import { NotedFloor } from '#test/support/noted-floor.ts';

const ids = content.cast.map(({ id }) => id);
const RULES = { episodeRounds: 8, intermissionRounds: 1 };

/** Decides by round and trader alone, so that the same mind may sit in two courses of things. */
const mind =
  (seed: number): Decide =>
  (seen) =>
    anything(seed + seen.round * 10 + ids.indexOf(seen.trader))(seen);

const twinOf = (floor: NotedFloor, sinceRound: number, decide: Decide) =>
  playTwin(floor.founding, floor.entries, content, sinceRound, decide) ?? assert.fail('no twin');

test('a twin who thinks alike comes to the same cent, with all that producers did', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 7 }), (seed, struckAt) => {
      const floor = new NotedFloor({ seed, rules: RULES });
      floor.play(struckAt, mind(seed));
      floor.act({ type: 'strikeChaos', text: null });
      floor.play(12 - struckAt, mind(seed));
      // In the first round everybody introduces itself, whoever thinks.
      assert.deepEqual(twinOf(floor, 2, mind(seed)), floor.closes().slice(1));
    }),
    { numRuns: 10 },
  );
});

test('a twin begins where the episode began, with what everybody had then', () => {
  const floor = new NotedFloor({ seed: 4, rules: RULES });
  floor.play(8, mind(4));
  const before = floor.closes();
  floor.play(8, mind(4));
  const twin = twinOf(floor, 10, mind(5));
  assert.deepEqual(
    twin.map(({ round }) => round),
    [10, 11, 12, 13, 14, 15, 16],
  );
  assert.deepEqual(floor.closes().slice(0, 8), before);
  assert.notDeepEqual(twin, floor.closes().slice(9));
});

test('a twin is the same whoever played on stage', () => {
  const [one, other] = [3, 30].map((who) => {
    const floor = new NotedFloor({ seed: 11, rules: RULES });
    floor.play(7, mind(who));
    return floor;
  });
  assert.ok(one && other);
  assert.notDeepEqual(one.closes(), other.closes());
  assert.deepEqual(twinOf(one, 1, mind(5)), twinOf(other, 1, mind(5)));
});

test('a loan to somebody who never fell in the twin is not lent there, and a tip for the one on stage is not heard', () => {
  const floor = new NotedFloor({ seed: 6, rules: RULES });
  floor.play(3, mind(6));
  floor.act({ type: 'whisper', id: 1, trader: 'alex', text: 'Buy Bonds.', names: 'Bonds', tone: 'up' });
  floor.play(5, mind(6));
  const plain = new NotedFloor({ seed: 6, rules: RULES });
  plain.play(8, mind(6));
  const lent = [...floor.entries, { round: 8, action: { type: 'bailOut', trader: 'alex' } as const }];
  assert.deepEqual(
    playTwin(floor.founding, lent, content, 1, mind(7)),
    playTwin(plain.founding, plain.entries, content, 1, mind(7)),
  );
});
