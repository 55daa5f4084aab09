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

/** The same, whose rounds open by the clock, as they do in a show: `rounds(1.5)` lets so much time pass. */
function passing(t: TestContext, paceMs: number) {
  const clock = setClock('2026-05-04T12:00Z');
  const playing = theatre(t, { rules: { ...rules, episodeRounds: 24 }, brain: praise(), clock, paceMs });
  const startedMs = clock.nowMs();
  let opened = 0;
  const rounds = async (count: number): Promise<void> => {
    const untilMs = clock.nowMs() + count * paceMs;
    while (startedMs + opened * paceMs <= untilMs) {
      clock.advance(startedMs + opened * paceMs - clock.nowMs());
      opened += 1;
      await playing.show.playRound(AbortSignal.timeout(10_000));
    }
    clock.advance(untilMs - clock.nowMs());
  };
  return { ...playing, clock, rounds };
}

/** Rounds of which the tape has told a deal. */
function dealsOf({ outbox }: Show, clock: SetClock): Set<number> {
  const due = dueRows(outbox, clock.nowMs());
  return new Set(due.filter(({ post }) => post.kind === 'deal').map(({ round }) => round));
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
    const rightOfAnn = () =>
      Object.keys(show.state.traders).flatMap((id) => show.hand.bluffs.callOf('ann', id, 3) ?? [])[0]?.right;
    assert.equal(rightOfAnn(), null, 'the bell has judged it, the tape has not told of it');
    clock.advance(0.9 * PACE_MS);
    assert.equal(rightOfAnn(), true);
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

  test('a pace that is made slower in the middle of a round leaves no line open whose deal is told at the time of the one before', async (t) => {
    const { show, clock, round } = paced(t);
    await round();
    clock.advance(PACE_MS);
    await round();
    clock.advance(0.5 * PACE_MS);
    assert.ok(show.setPace(10 * PACE_MS, 'console').ok);
    assert.equal(call(show, 'ann', 'alice'), 'ok');
    clock.advance(0.47 * PACE_MS);
    assert.ok(dealsOf(show, clock).has(2));
    assert.equal(call(show, 'ben', 'alice'), 'round_is_over');
  });

  for (const paceMs of [4_000, 12_000, 600_000])
    test(`at ${paceMs / 1_000} s a round, who reads the newest line and thinks for 15 s still guesses, at what nobody knows yet`, async (t) => {
      const { show, store, clock, rounds } = passing(t, paceMs);
      await rounds(1.5);
      const { round } = show.state;
      const seen = dueRows(show.outbox, clock.nowMs()).findLast((row) => 'guess' in row.post);
      assert.equal(seen?.round, round, 'its newest line is of this round');
      await rounds(15_000 / paceMs);
      const { bluffs } = show.hand;
      const direct = bluffs.call('ann', 'alice', round, true);
      assert.equal(direct.ok ? 'ok' : direct.code, paceMs > 15_000 ? 'ok' : 'round_is_over');
      if (!direct.ok) assert.ok(bluffs.callAhead('ann', 'alice', true).ok);
      const toldBefore = dealsOf(show, clock);
      await rounds(3);
      const called = Array.from({ length: show.state.round }, (_, at) =>
        bluffs.callOf('ann', 'alice', at + 1),
      );
      const [judged, ...more] = called.filter((call) => call !== null);
      assert.deepEqual([judged?.right, more], [true, []]);
      assert.ok(judged && !toldBefore.has(judged.round), 'its deal was not on the tape');
      assert.equal(bluffs.openCallOf('ann', 'alice'), null);
      assert.equal(store.hand.rating(1, 'member', 'ann')?.right, 1);
    });

  test('a guess ahead waits for a promise through an intermission and a new season, one at a time, and goes with its member’s data', async (t) => {
    const { show, store, clock, round } = paced(t);
    const { bluffs } = show.hand;
    for (let nth = 1; nth <= 3; nth++) {
      clock.advance(PACE_MS);
      await round();
    }
    clock.advance(0.9 * PACE_MS);
    assert.deepEqual([call(show, 'ann', 'mike'), show.state.season], ['round_is_over', 2]);
    for (const member of ['ann', 'ben']) assert.ok(bluffs.callAhead(member, 'mike', false).ok);
    const again = bluffs.callAhead('ann', 'mike', true);
    assert.deepEqual(again.ok ? null : again.code, 'called_already');
    const nobody = bluffs.callAhead('ann', 'nobody', true);
    assert.deepEqual(nobody.ok ? null : nobody.code, 'no_such_line');
    assert.ok(show.dataOf('ben').hand);
    assert.ok(show.forget('ben').ok);
    assert.ok(!show.dataOf('ben').hand);
    // The intermission, whose lines promise nothing, and the first round of the next episode.
    await round();
    assert.deepEqual(bluffs.openCallOf('ann', 'mike')?.means, false);
    assert.equal(bluffs.callOf('ann', 'mike', 4), null);
    clock.advance(PACE_MS);
    await round();
    assert.equal(bluffs.callOf('ann', 'mike', 5)?.poolId, 's2e2');
    clock.advance(PACE_MS);
    await round();
    assert.deepEqual(
      [1, 2].map((season) => store.hand.ratings(season, 9).map(({ who, right }) => [who, right])),
      [[], [['ann', 1]]],
    );
  });

  test('who has looked up what a trader did in this round guesses ahead at the next', async (t) => {
    const { show, clock, round } = paced(t);
    const { bluffs } = show.hand;
    await round();
    clock.advance(PACE_MS);
    await round();
    bluffs.peeked('ann', 'alice');
    for (const member of ['ann', 'ben']) assert.ok(bluffs.callAhead(member, 'alice', true).ok);
    assert.equal(bluffs.callOf('ann', 'alice', 2), null);
    assert.equal(
      bluffs.callOf('ben', 'alice', 2)?.right,
      null,
      'who knows nothing, at the line that is there',
    );
    clock.advance(PACE_MS);
    await round();
    assert.equal(bluffs.callOf('ann', 'alice', 3)?.means, true);
  });
});
