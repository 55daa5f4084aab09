import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutChaos, type Close } from '#core/calm.ts';
import { anything, content, type Decide } from '#test/support/floor.ts';
import { NotedFloor } from '#test/support/noted-floor.ts';

const ids = content.cast.map(({ id }) => id);
const RULES = { episodeRounds: 8, intermissionRounds: 1 };

const calmOf = (floor: NotedFloor, sinceRound: number): Close[] =>
  withoutChaos(floor.founding, floor.entries, content, sinceRound);

const equityOf = (
  close: { standings: { trader: string; equityCents: number }[] } | undefined,
  trader: string,
) => close?.standings.find((one) => one.trader === trader)?.equityCents;

test('where nobody caused chaos, the rounds without it are the rounds as they were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const floor = new NotedFloor({ seed, rules: RULES });
      floor.play(12, anything(seed));
      assert.deepEqual(calmOf(floor, 1), floor.closes());
    }),
    { numRuns: 10 },
  );
});

test('until chaos strikes both are the same, afterwards the market never fell', () => {
  const floor = new NotedFloor({ seed: 3, rules: RULES });
  const decide = anything(3);
  floor.play(5, decide);
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(4, decide);
  const [real, calm] = [floor.closes(), calmOf(floor, 1)];
  assert.equal(calm.length, 9);
  assert.deepEqual(calm.slice(0, 5), real.slice(0, 5));
  assert.notDeepEqual(calm.slice(5), real.slice(5));
  assert.deepEqual(calmOf(floor, 1), calm, 'the same every time');
});

test('without chaos the rounds are, to the cent, those of a show in which it never struck', () => {
  const [struck, spared] = [
    new NotedFloor({ seed: 8, rules: RULES }),
    new NotedFloor({ seed: 8, rules: RULES }),
  ];
  // Each trader decides the same in a round, whoever speaks first.
  const decide: Decide = (seen) => anything(seen.round * 10 + ids.indexOf(seen.trader))(seen);
  struck.play(3, decide);
  struck.act({ type: 'strikeChaos', text: null });
  struck.play(4, decide);
  struck.act({ type: 'strikeChaos', text: 'Again' });
  struck.play(25, decide);
  spared.play(32, decide);
  assert.notDeepEqual(struck.closes(), spared.closes());
  assert.deepEqual(calmOf(struck, 1), spared.closes());
});

test('chaos of an earlier episode stays done: it cost this one nothing', () => {
  const floor = new NotedFloor({ seed: 4, rules: RULES });
  const decide = anything(4);
  floor.play(3, decide);
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(8, decide);
  assert.deepEqual(calmOf(floor, 10), floor.closes().slice(9));
});

test("a producer's headline counts as the producer's hand, the wire's does not", () => {
  const floor = new NotedFloor({ seed: 5, rules: RULES });
  const decide = anything(5);
  floor.play(3, decide);
  const headline = { text: 'Tech is over', names: 'Tech', tone: 'down', round: 3 } as const;
  floor.act({ type: 'breakHeadline', headline: { ...headline, source: 'wire' } });
  floor.play(2, decide);
  assert.deepEqual(calmOf(floor, 1), floor.closes());
});

test('a trader whom chaos ruined is no intern without it, and a bailout that it never needed is left out', () => {
  const floor = new NotedFloor({ seed: 6, rules: RULES });
  floor.play(2, (seen) => ({ ...anything(1)(seen), trade: 'Crypto', size: 'AllIn' }));
  for (let strikes = 0; strikes < 12; strikes += 1) floor.act({ type: 'strikeChaos', text: null });
  floor.play(7, (seen) => ({ ...anything(2)(seen), trade: 'Hold' }));
  const ruined = floor.eventsOf('bankrupted')[0]?.trader;
  assert.ok(ruined && floor.state.phase === 'intermission');
  floor.act({ type: 'bailOut', trader: ruined });
  floor.play(1, (seen) => ({ ...anything(2)(seen), trade: 'Hold' }));
  const calm = calmOf(floor, 1);
  assert.ok((equityOf(calm.at(-1), ruined) ?? 0) > 100_000);
  assert.equal(calm.length, 10);
});
