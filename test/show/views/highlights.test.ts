import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnFact } from '#show/ports/store.ts';
import { highlights, type EpisodeFacts } from '#show/views/highlights.ts';
import type { Fact } from '#core/memory/fact.ts';
import { content } from '#test/support/floor.ts';

function turn(round: number, trader: string, over: Partial<TurnFact> = {}): TurnFact {
  return { round, trader, room: 'pit', trade: 'Hold', size: 'Half', speech: '', fumble: null, ...over };
}

/** Three rounds of two traders in one room who have $10,000 each. */
function episode(over: Partial<EpisodeFacts> = {}): EpisodeFacts {
  const flat = [0, 1, 2, 3].flatMap((round) =>
    ['alice', 'mike'].map((trader) => ({ round, trader, equityCents: 1_000_000 })),
  );
  return {
    from: 1,
    to: 3,
    cast: content.cast,
    turns: [],
    equity: flat,
    deals: [],
    fallen: [],
    remembered: [],
    ...over,
  };
}

/** The same with another equity of Mike's from a round on. */
function mikeAt(round: number, equityCents: number): EpisodeFacts['equity'] {
  return episode().equity.map((it) =>
    it.trader === 'mike' && it.round >= round ? { ...it, equityCents } : it,
  );
}

test('a quiet episode has no moments', () => {
  assert.deepEqual(highlights(episode()), []);
  assert.deepEqual(highlights(episode({ equity: mikeAt(2, 990_000) })), [], 'one percent is no swing');
});

test('the largest swing is the largest change of an equity within a round', () => {
  const [moment, ...others] = highlights(episode({ equity: mikeAt(2, 900_000) }));
  assert.deepEqual(others, []);
  assert.equal(moment?.kind, 'swing');
  assert.deepEqual([moment.round, moment.trader, moment.cents], [2, 'mike', -100_000]);
});

test('whoever goes bankrupt is the moment; the swing is then somebody else’s', () => {
  const facts = episode({ equity: mikeAt(3, 20_000), fallen: [{ trader: 'mike', round: 3 }] });
  assert.deepEqual(
    highlights(facts).map(({ kind, trader }) => [kind, trader]),
    [['fall', 'mike']],
  );
});

test('the best burn mocks somebody to the face who loses; a question, gossip about the absent and kindness are none', () => {
  const turns = [
    turn(1, 'alice', { speech: 'Hello Mike, how are you?' }),
    turn(1, 'mike', { speech: 'Alice, you clown!' }),
    turn(2, 'alice', { speech: 'Mike, you amateur.' }),
    turn(2, 'mike', { speech: 'Alice, that hurt.' }),
    turn(3, 'alice', { room: 'cafe', speech: 'Mike is a loser.' }),
    turn(3, 'mike'),
  ];
  const [burn] = highlights(episode({ turns, equity: mikeAt(1, 990_000) }));
  assert.deepEqual(burn && [burn.kind, burn.round, burn.trader, burn.other], ['burn', 2, 'alice', 'mike']);
  assert.deepEqual(burn?.shown, { place: 'pit', kinds: ['spoke'] });
});

/** Mike bought what Alice praised in round 1, and lost. */
const advice = (betrayed: boolean, round = 1): Fact => ({
  kind: 'badAdvice',
  round: round + 3,
  about: 'mike',
  by: 'alice',
  instrument: 'Crypto',
  amountCents: 90_000,
  moveBps: -900,
  count: null,
  advice: { round, betrayed },
  knownBy: ['alice', 'mike'],
  told: {},
});

test('a betrayal is advice that the adviser did not take itself, believed to somebody’s cost, in this episode', () => {
  const turns = [turn(1, 'alice', { speech: 'Buy Crypto, it is a gift!', trade: 'Bonds' }), turn(1, 'mike')];
  const moments = (remembered: Fact[]) => highlights(episode({ turns, remembered }));
  const [moment, ...others] = moments([advice(true)]);
  assert.deepEqual(others, []);
  assert.deepEqual(
    moment && [moment.kind, moment.round, moment.trader, moment.other, moment.instrument, moment.cents],
    ['betrayal', 1, 'alice', 'mike', 'Crypto', -90_000],
  );
  assert.equal(moment?.line, 'Buy Crypto, it is a gift!');
  assert.deepEqual(moments([advice(false)]), [], 'the adviser bought it too');
  assert.deepEqual(moments([advice(true, -20)]), [], 'of an episode before');
  assert.deepEqual(moments([{ ...advice(true), kind: 'goodAdvice' }]), [], 'it paid');
});

test('where little happened, the best call and the worst fill the card, in the order of the rounds', () => {
  const turns = [turn(1, 'alice', { trade: 'Tech' }), turn(3, 'mike', { trade: 'Bonds' })];
  const deals = [
    { round: 3, trader: 'mike', gainCents: 7_000 },
    { round: 1, trader: 'alice', gainCents: -8_000 },
  ];
  assert.deepEqual(
    highlights(episode({ turns, deals })).map(({ kind, cents }) => [kind, cents]),
    [
      ['blunder', -8_000],
      ['call', 7_000],
    ],
  );
});

test('a call says what it gave up, where that made it, and whether it was its trader’s first deal', () => {
  const turns = [turn(2, 'mike', { trade: 'Tech' }), turn(3, 'mike', { trade: 'Bonds' })];
  const left = { instrument: 'Crypto', was: 'long' } as const;
  const deals = [
    { round: 2, trader: 'mike', gainCents: 729_500, left },
    { round: 3, trader: 'mike', gainCents: -6_000 },
  ];
  const [call, blunder] = highlights(episode({ turns, deals }));
  assert.deepEqual([call?.kind, call?.left, call?.opens], ['call', left, true]);
  assert.deepEqual([blunder?.kind, blunder?.left, blunder?.opens], ['blunder', undefined, undefined]);
});
