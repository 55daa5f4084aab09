import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerTo, askQuestion, missingCents } from '#core/story/question.ts';
import type { LastBell } from '#core/story/story.ts';
import type { ShowState } from '#core/state.ts';
import { Floor } from '#test/support/floor.ts';

/** The office with so much cash each, and nothing bought. */
function rich(dollars: Record<string, number>): ShowState {
  const { state } = new Floor();
  const changed = structuredClone(state);
  for (const [id, sum] of Object.entries(dollars)) {
    const trader = changed.traders[id];
    assert.ok(trader);
    trader.book.cashCents = sum * 100;
    trader.equityAtEpisodeOpenCents = sum * 100;
  }
  return changed;
}

const LAST: LastBell = {
  season: 1,
  episode: 3,
  winner: 'alice',
  winnerGainCents: 30_000,
  loser: 'mike',
  loserGainCents: -94_000,
  wins: 1,
  fallen: [],
  question: { kind: 'winner' },
  answer: { yes: null, winner: 'alice' },
};
const apart = { alice: 12_900, sarah: 11_000, mike: 9_000, alex: 8_000 };

test('among equals the question is who will be ahead', () => {
  assert.deepEqual(askQuestion(new Floor().state, null), { kind: 'winner' });
});

test('the question is the one with the most at stake', () => {
  const asked = (state: ShowState, last: LastBell | null = null) => askQuestion(state, last);
  assert.deepEqual(asked(rich({ ...apart, alex: 4_100 })), { kind: 'climb', trader: 'alex', cents: 500_000 });
  assert.deepEqual(asked(rich({ ...apart, alex: 4_100, mike: 900 })), { kind: 'survive', trader: 'mike' });
  assert.deepEqual(asked(rich({ ...apart, sarah: 12_800 })), {
    kind: 'overtake',
    trader: 'sarah',
    rival: 'alice',
  });
  assert.deepEqual(asked(rich(apart)), { kind: 'milestone', trader: 'alice', cents: 1_400_000 });
  assert.deepEqual(asked(rich(apart), LAST), { kind: 'repay', trader: 'mike', cents: 94_000 });
  assert.deepEqual(asked(rich(apart), { ...LAST, loserGainCents: -500, wins: 2 }), {
    kind: 'streak',
    trader: 'alice',
    times: 3,
  });
  const lent = rich({ ...apart, alex: 5_050 });
  if (lent.traders['alex']) lent.traders['alex'].bailouts = 1;
  assert.deepEqual(asked(lent), { kind: 'loan', trader: 'alex', cents: 500_000 });
});

test('what was asked last time gives way to what is nearly as urgent', () => {
  const question = { kind: 'repay', trader: 'mike', cents: 1 } as const;
  const state = rich({ ...apart, sarah: 12_800 });
  assert.equal(askQuestion(state, { ...LAST }).kind, 'repay');
  assert.equal(askQuestion(state, { ...LAST, question }).kind, 'overtake');
});

test('an intern is nobody that a question is about, and last season is over', () => {
  const state = rich({ ...apart, alex: 300 });
  if (state.traders['alex']) state.traders['alex'].standing = 'intern';
  assert.equal(askQuestion(state, null).kind, 'milestone');
  assert.equal(askQuestion({ ...state, season: 2 }, LAST).kind, 'milestone');
});

test('the bell answers with yes or no, or with a name; until then it is known what is missing', () => {
  const state = rich({ ...apart, alex: 4_100 });
  const climb = { kind: 'climb', trader: 'alex', cents: 500_000 } as const;
  assert.equal(missingCents(climb, state), 90_000);
  assert.deepEqual(answerTo(climb, state, 'mike'), { yes: false, winner: 'mike' });
  if (state.traders['alex']) state.traders['alex'].book.cashCents = 500_000;
  assert.equal(missingCents(climb, state), 0);
  assert.deepEqual(answerTo(climb, state, 'mike'), { yes: true, winner: 'mike' });
  assert.deepEqual(answerTo({ kind: 'winner' }, state, 'mike'), { yes: null, winner: 'mike' });
  assert.equal(answerTo({ kind: 'streak', trader: 'alice', times: 3 }, state, 'alice').yes, true);
  assert.equal(answerTo({ kind: 'overtake', trader: 'sarah', rival: 'alice' }, state, 'mike').yes, false);
  const repay = { kind: 'repay', trader: 'alex', cents: 90_000 } as const;
  assert.equal(answerTo(repay, state, 'mike').yes, true, 'from $4,100 to $5,000');
  if (state.traders['alex']) state.traders['alex'].standing = 'intern';
  assert.equal(answerTo({ kind: 'survive', trader: 'alex' }, state, 'mike').yes, false);
});
