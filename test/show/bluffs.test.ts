import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { Show } from '#show/show.ts';
import { setClock, type SetClock } from '#test/support/clock.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre, type Theatre } from '#test/support/theatre.ts';

const PACE_MS = 60_000;
/** Two rounds an episode, one episode a season. */
const rules = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 1 };

/** All praise Tech in every turn, and buy it while the market is open; Mike alone never does. */
function praise(thinks: () => void = () => {}): Brain {
  return {
    label: 'praise',
    async think({ observation: { phase, roomName, trader } }) {
      thinks();
      const trade = phase === 'intermission' || trader === 'mike' ? 'Hold' : 'Tech';
      const speech = 'Buy Tech, Tech is going up!';
      const decision = { thought: 'Up.', trade, size: 'Small', speech, location: roomName } as const;
      return { decision, raw: '', tokens: null, ms: 0 };
    },
    async close() {},
  };
}

/** A show whose time passes only when it is told to, played round by round. */
function paced(t: TestContext): Theatre & { clock: SetClock; round: () => Promise<boolean> } {
  const clock = setClock('2026-05-04T12:00Z');
  const playing = theatre(t, { rules, brain: praise(), clock, paceMs: PACE_MS });
  return { ...playing, clock, round: () => playing.show.playRound(AbortSignal.timeout(10_000)) };
}

/** What becomes of a call of the trader's newest line: `ok`, or why it is refused. */
function call(show: Show, member: string, trader: TraderId): string {
  const called = show.hand.bluffs.call(member, trader, show.state.round, trader !== 'mike');
  return called.ok ? 'ok' : called.code;
}

/** Calls the first line of a round as soon as it is said. Returns what became of it. */
function callsFirstLine(show: Show, member: string, round: number): string[] {
  const outcome: string[] = [];
  show.subscribe((news) => {
    if (outcome.length > 0 || !('events' in news) || show.state.round !== round) return;
    for (const event of news.events)
      if (event.type === 'turnTaken') outcome.push(call(show, member, event.trader));
  });
  return outcome;
}

suite('bluffs', { concurrency: 4 }, () => {
  test('a guess in the last round of a season counts in that season, and not in the next', async (t) => {
    const { show, store, clock, round } = paced(t);
    const outcome = callsFirstLine(show, 'ann', 3);
    for (let nth = 1; nth <= 3; nth++) {
      clock.advance(PACE_MS);
      await round();
    }
    assert.deepEqual(outcome, ['ok']);
    assert.equal(show.state.season, 2);
    assert.deepEqual(
      store.hand.ratings(1, 9).map(({ who, right, wrong }) => [who, right, wrong]),
      [['ann', 1, 0]],
    );
    assert.deepEqual(store.hand.ratings(2, 9), []);
    assert.deepEqual(show.hand.bluffs.told('s1e1'), { called: 1, right: 1 });
  });

  test('a line may be called until the tape tells, and no longer: after the bell, and while the show is paused', async (t) => {
    const { show, clock, round } = paced(t);
    const told = () =>
      dueRows(show.outbox, clock.nowMs()).filter(
        (row) => row.post.kind === 'deal' && row.round === show.state.round,
      ).length;
    // The lines of the first scene are written.
    await round();
    // The deals of the last round are told before its bell.
    for (const [paused, toldAt] of [
      [false, 0.97],
      [true, 0.9],
    ] as const) {
      clock.advance(PACE_MS);
      await round();
      if (paused) assert.ok(show.pause('console').ok);
      clock.advance((toldAt - 0.01) * PACE_MS);
      assert.equal(told(), 0);
      assert.deepEqual([call(show, 'ann', 'alice'), call(show, 'ann', 'mike')], ['ok', 'ok']);
      clock.advance(0.01 * PACE_MS);
      assert.ok(told() > 0, 'the deals of the round are on the tape');
      assert.deepEqual(
        [call(show, 'ben', 'alice'), call(show, 'ben', 'mike')],
        ['round_is_over', 'round_is_over'],
        'nor does a refusal tell who dealt',
      );
    }
    assert.deepEqual([show.state.round, show.state.phase], [3, 'intermission']);
  });

  test('a line of the last round that is called after the bell counts for its own episode and season', async (t) => {
    const { show, store, clock, round } = paced(t);
    for (let nth = 1; nth <= 3; nth++) {
      clock.advance(PACE_MS);
      await round();
    }
    clock.advance(0.5 * PACE_MS);
    assert.equal(show.state.season, 2);
    assert.equal(call(show, 'ann', 'alice'), 'ok');
    assert.equal(show.hand.bluffs.callOf('ann', 'alice', 3)?.poolId, 's1e1');
    assert.equal(store.hand.recap(1, 1)?.hand.bluffs.called, 0);
    clock.advance(0.5 * PACE_MS);
    await round();
    assert.equal(store.hand.rating(1, 'member', 'ann')?.right, 1);
    assert.deepEqual(store.hand.ratings(2, 9), []);
    assert.deepEqual(store.hand.recap(1, 1)?.hand.bluffs, { called: 1, right: 1 });
  });

  test('in a round that takes longer than its pace a line may be called until its deal is on the tape, not until the round is over', async (t) => {
    const clock = setClock('2026-05-04T12:00Z');
    const slow = praise(() => clock.advance(0.6 * PACE_MS));
    const { show } = theatre(t, { rules, brain: slow, clock, paceMs: PACE_MS, turnLimitMs: 10 * PACE_MS });
    const dealsTold = (): number =>
      dueRows(show.outbox, clock.nowMs()).filter(({ post, round }) => post.kind === 'deal' && round === 2)
        .length;
    const outcome: [string, number][] = [];
    show.subscribe((news) => {
      if (!('events' in news) || show.state.round !== 2) return;
      for (const event of news.events)
        if (event.type === 'turnTaken') outcome.push([call(show, 'ann', event.trader), dealsTold()]);
    });
    const signal = AbortSignal.timeout(10_000);
    await show.playRound(signal);
    await show.playRound(signal);
    const [first, ...later] = outcome;
    assert.deepEqual(first, ['ok', 0]);
    assert.deepEqual(
      later.map(([code, told]) => [code, told > 0]),
      [
        ['round_is_over', true],
        ['round_is_over', true],
        ['round_is_over', true],
      ],
      'who looks at the tape knows, though the round goes on',
    );
  });
});
