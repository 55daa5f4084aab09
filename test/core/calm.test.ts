import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Action } from '#core/actions/action.ts';
import { withoutChaos } from '#core/calm.ts';
import { anything, content, Floor, type Decide } from '#test/support/floor.ts';

const ids = content.cast.map(({ id }) => id);
const RULES = { episodeRounds: 8, intermissionRounds: 1 };

/** A floor whose actions are noted with their rounds, as a journal notes them. */
class Noted extends Floor {
  readonly entries: { round: number; action: Action }[] = [];

  override act(action: Action): ReturnType<Floor['act']> {
    const events = super.act(action);
    this.entries.push({ round: this.state.round, action });
    return events;
  }

  closes(): { round: number; standings: { trader: string; equityCents: number }[] }[] {
    return this.eventsOf('roundClosed').map(({ round, standings }) => ({ round, standings }));
  }

  calm(sinceRound: number): ReturnType<typeof withoutChaos> {
    return withoutChaos(this.founding, this.entries, content, sinceRound);
  }
}

const equityOf = (
  close: { standings: { trader: string; equityCents: number }[] } | undefined,
  trader: string,
) => close?.standings.find((one) => one.trader === trader)?.equityCents;

test('where nobody caused chaos, the rounds without it are the rounds as they were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const floor = new Noted({ seed, rules: RULES });
      floor.play(12, anything(seed));
      assert.deepEqual(floor.calm(1), floor.closes());
    }),
    { numRuns: 10 },
  );
});

test('until chaos strikes both are the same, afterwards the market never fell', () => {
  const floor = new Noted({ seed: 3, rules: RULES });
  const decide = anything(3);
  floor.play(5, decide);
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(4, decide);
  const [real, calm] = [floor.closes(), floor.calm(1)];
  assert.equal(calm.length, 9);
  assert.deepEqual(calm.slice(0, 5), real.slice(0, 5));
  assert.notDeepEqual(calm.slice(5), real.slice(5));
  assert.deepEqual(floor.calm(1), calm, 'the same every time');
});

test('without chaos the rounds are, to the cent, those of a show in which it never struck', () => {
  const [struck, spared] = [new Noted({ seed: 8, rules: RULES }), new Noted({ seed: 8, rules: RULES })];
  // Each trader decides the same in a round, whoever speaks first.
  const decide: Decide = (seen) => anything(seen.round * 10 + ids.indexOf(seen.trader))(seen);
  struck.play(3, decide);
  struck.act({ type: 'strikeChaos', text: null });
  struck.play(4, decide);
  struck.act({ type: 'strikeChaos', text: 'Again' });
  struck.play(25, decide);
  spared.play(32, decide);
  assert.notDeepEqual(struck.closes(), spared.closes());
  assert.deepEqual(struck.calm(1), spared.closes());
});

test('chaos of an earlier episode stays done: it cost this one nothing', () => {
  const floor = new Noted({ seed: 4, rules: RULES });
  const decide = anything(4);
  floor.play(3, decide);
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(8, decide);
  assert.deepEqual(floor.calm(10), floor.closes().slice(9));
});

test("a producer's headline counts as the producer's hand, the wire's does not", () => {
  const floor = new Noted({ seed: 5, rules: RULES });
  const decide = anything(5);
  floor.play(3, decide);
  const headline = { text: 'Tech is over', names: 'Tech', tone: 'down', round: 3 } as const;
  floor.act({ type: 'breakHeadline', headline: { ...headline, source: 'wire' } });
  floor.play(2, decide);
  assert.deepEqual(floor.calm(1), floor.closes());
});

test('a trader whom chaos ruined is no intern without it, and a bailout that it never needed is left out', () => {
  const floor = new Noted({ seed: 6, rules: RULES });
  floor.play(2, (seen) => ({ ...anything(1)(seen), trade: 'Crypto', size: 'AllIn' }));
  for (let strikes = 0; strikes < 12; strikes += 1) floor.act({ type: 'strikeChaos', text: null });
  floor.play(7, (seen) => ({ ...anything(2)(seen), trade: 'Hold' }));
  const ruined = floor.eventsOf('bankrupted')[0]?.trader;
  assert.ok(ruined && floor.state.phase === 'intermission');
  floor.act({ type: 'bailOut', trader: ruined });
  floor.play(1, (seen) => ({ ...anything(2)(seen), trade: 'Hold' }));
  const calm = floor.calm(1);
  assert.ok((equityOf(calm.at(-1), ruined) ?? 0) > 100_000);
  assert.equal(calm.length, 10);
});
