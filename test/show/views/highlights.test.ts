import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnFact } from '#show/ports/store.ts';
import { highlights, type EpisodeFacts } from '#show/views/highlights.ts';
import { praised, scorn } from '#show/views/line-signs.ts';

const NAMES = new Map([
  ['alice', 'Alice'],
  ['mike', 'Mike'],
]);

function turn(round: number, trader: string, over: Partial<TurnFact> = {}): TurnFact {
  return { round, trader, room: 'pit', trade: 'Hold', size: 'Half', speech: '', fumble: null, ...over };
}

/** Three rounds of two traders in one room who have $10,000 each. */
function episode(over: Partial<EpisodeFacts> = {}): EpisodeFacts {
  const flat = [0, 1, 2, 3].flatMap((round) =>
    ['alice', 'mike'].map((trader) => ({ round, trader, equityCents: 1_000_000 })),
  );
  return { from: 1, to: 3, names: NAMES, turns: [], equity: flat, deals: [], fallen: [], ...over };
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

test('the best burn is a scornful line to somebody who is there and loses', () => {
  const turns = [
    turn(1, 'alice', { speech: 'Hello Mike, that is a poor tie.' }),
    turn(1, 'mike'),
    turn(2, 'alice', { speech: 'Mike, your stop loss is a funeral with a price.' }),
    turn(2, 'mike', { speech: 'Alice, that hurt.' }),
    turn(3, 'alice', { room: 'cafe', speech: 'Mike is a hopeless joke.' }),
    turn(3, 'mike'),
  ];
  const [burn] = highlights(episode({ turns, equity: mikeAt(1, 990_000) }));
  assert.deepEqual(burn && [burn.kind, burn.round, burn.trader, burn.other], ['burn', 2, 'alice', 'mike']);
  assert.deepEqual(burn?.shown, { place: 'pit', kinds: ['spoke'] });
});

const BETRAYED = [
  turn(1, 'alice', { speech: 'Buy Crypto, it is a gift!', trade: 'Bonds' }),
  turn(1, 'mike'),
  turn(2, 'mike', { trade: 'Crypto' }),
  turn(2, 'alice'),
];

test('a betrayal is praise of what the speaker did not buy, believed to somebody’s cost', () => {
  const deals = [{ round: 2, trader: 'mike', gainCents: -90_000 }];
  const [moment] = highlights(episode({ turns: BETRAYED, deals }));
  assert.deepEqual(moment && [moment.kind, moment.trader, moment.other, moment.instrument, moment.cents], [
    'betrayal',
    'alice',
    'mike',
    'Crypto',
    -90_000,
  ]);
});

test('advice that the speaker took too, that nobody heard, that came too late or that paid is no betrayal', () => {
  const loss = [{ round: 2, trader: 'mike', gainCents: -4_000 }];
  const kinds = (turns: TurnFact[], deals = loss) =>
    highlights(episode({ turns, deals })).map(({ kind }) => kind);
  assert.deepEqual(kinds(BETRAYED), ['betrayal']);
  assert.deepEqual(kinds(BETRAYED.map((it) => (it.trade === 'Bonds' ? { ...it, trade: 'Crypto' } : it))), []);
  assert.deepEqual(kinds(BETRAYED.map((it) => (it.trader === 'mike' ? { ...it, room: 'cafe' } : it))), []);
  assert.deepEqual(kinds(BETRAYED.map((it) => (it.round === 2 ? { ...it, round: 4 } : it))), []);
  assert.deepEqual(kinds(BETRAYED, [{ round: 2, trader: 'mike', gainCents: 4_000 }]), []);
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

test('a line praises the one instrument that it names; doubt or a second name is no praise', () => {
  const all = ['Tech', 'Crypto', 'Bonds'] as const;
  assert.equal(praised('Tech is a gift today!', all), 'Tech');
  for (const line of ['Tech or Bonds, I love both', 'Never buy Tech', 'Tech', 'A gift!'])
    assert.equal(praised(line, all), null, line);
  assert.equal(scorn('You clown, you hopeless clown, what a joke'), 2);
  assert.equal(scorn('Good morning, Mike'), 0);
});
