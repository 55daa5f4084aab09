import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_MEANWHILE } from '#core/betting/picks.ts';
import type { LearnedOf } from '#show/audience/member-picks.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { stateHash } from '#show/hash.ts';
import { ALWAYS, WEEKDAYS, type Schedule } from '#show/schedule/settings.ts';
import { setClock } from '#test/support/clock.ts';
import { theatre } from '#test/support/theatre.ts';
import { dueRows } from '#test/support/outbox.ts';

const short = { intermissionRounds: 1, episodeRounds: 3, seasonEpisodes: 100 };

test('a short show: bell, rounds, bell; bets are settled and the ledger sums to zero', async (t) => {
  const { show, play } = theatre(t, { rules: short });
  const pool = show.audience.pool();
  assert.equal(pool?.status, 'open');
  for (const [index, outcome] of (pool?.outcomes ?? []).entries()) {
    assert.ok(show.audience.stake(`member-${index}`, outcome).ok);
  }
  await play(2);
  assert.equal(show.audience.pool()?.status, 'locked');
  assert.deepEqual(show.audience.stake('late', 'alice'), { ok: false, code: 'no_open_pool', facts: {} });
  await play(2);
  assert.equal(show.audience.poolById(pool?.id ?? '')?.status, 'settled');
  assert.equal(show.audience.pool()?.episode, 2, 'the next pool opens with the next intermission');
  assert.equal(show.audience.ledgerSum(), 0);
  const chips = show.audience.wallets(10).reduce((sum, wallet) => sum + wallet.chips, 0);
  assert.ok(chips <= 4_000 && chips > 3_990, 'nothing is minted; only rounding went to the jackpot');
});

test('the last pick counts, an earlier one is returned, and unpicking returns the stake', async (t) => {
  const { show } = theatre(t, { rules: short });
  const { audience } = show;
  audience.stake('ann', 'alice');
  const second = audience.stake('ann', 'mike');
  assert.ok(second.ok && second.value.returned?.outcome === 'alice' && second.value.balance === 950);
  assert.deepEqual(audience.unstake('ann', 'alice'), { returned: 0 });
  assert.deepEqual(audience.unstake('ann', 'mike'), { returned: 50 });
  assert.equal(audience.wallet('ann').chips, 1_000);
});

test('stakes have limits, each with its code', async (t) => {
  const { show } = theatre(t, { rules: short });
  const code = (...stake: Parameters<typeof show.audience.stake>) => {
    const result = show.audience.stake(...stake);
    return result.ok ? 'ok' : result.code;
  };
  assert.equal(code('ann', 'alice', 0), 'stake_too_small');
  assert.equal(code('ann', 'alice', 251), 'stake_too_large');
  assert.equal(code('ann', 'alice', 5_000), 'not_enough_chips');
  assert.equal(code('ann', 'nobody'), 'unknown_outcome');
  assert.equal(code('ann', 'alice', 250), 'ok');
});

test('reactions read over REST make the open stakes agree, and say nothing twice', async (t) => {
  const { show } = theatre(t, { rules: short });
  const { audience } = show;
  const { picks } = audience;
  const poolId = audience.pool()?.id ?? '';
  for (const member of ['stays', 'switched', 'left', 'unclear'])
    picks.take([{ member, what: 'added', outcome: 'alice' }]);
  const read = (): LearnedOf[] => [
    { member: 'stays', what: 'read', outcomes: ['alice'], meanwhile: NOTHING_MEANWHILE },
    { member: 'switched', what: 'read', outcomes: ['alice', 'mike'], meanwhile: NOTHING_MEANWHILE },
    { member: 'came', what: 'read', outcomes: ['sarah'], meanwhile: NOTHING_MEANWHILE },
    { member: 'left', what: 'read', outcomes: [], meanwhile: NOTHING_MEANWHILE },
    { member: 'unclear', what: 'read', outcomes: ['alex', 'alice', 'mike'], meanwhile: NOTHING_MEANWHILE },
  ];
  assert.deepEqual(picks.take(read()), {
    staked: 2,
    returned: 2,
    toTell: [{ member: 'unclear', why: { ok: false, code: 'unclear_pick', facts: {} } }],
    named: new Map(),
  });
  assert.deepEqual(picks.take(read()), { staked: 0, returned: 0, toTell: [], named: new Map() });
  assert.deepEqual(
    audience.stakes(poolId).map(({ member, outcome }) => [member, outcome]),
    [
      ['came', 'sarah'],
      ['stays', 'alice'],
      ['switched', 'mike'],
    ],
  );
  assert.deepEqual(
    picks.strays(10).map(({ member, outcome }) => [member, outcome]),
    [
      ['switched', 'alice'],
      ['unclear', 'alex'],
      ['unclear', 'alice'],
      ['unclear', 'mike'],
    ],
    'what stands for no stake is to be taken off',
  );
});

test('a reaction that could not be taken off is no stake, whatever restarts and however often it is read', async (t) => {
  const { show, restart } = theatre(t, { rules: short, onDisk: true });
  show.audience.picks.take([
    { member: 'ann', what: 'added', outcome: 'alice' },
    { member: 'ann', what: 'added', outcome: 'mike' },
    { member: 'ann', what: 'removed', outcome: 'mike', byBot: false },
  ]);
  assert.equal(show.audience.stakeOf('ann'), null);
  const { audience } = restart().show;
  const read = { member: 'ann', what: 'read', meanwhile: NOTHING_MEANWHILE } as const;
  audience.picks.take([{ ...read, outcomes: ['alice'] }]);
  assert.equal(audience.stakeOf('ann'), null, 'Alice was an earlier pick');
  audience.picks.take([{ ...read, outcomes: ['alice', 'sarah'] }]);
  assert.equal(audience.stakeOf('ann')?.outcome, 'sarah', 'Sarah is new');
  assert.equal(audience.ledgerSum(), 0);
});

test('a stake that was placed by name stands without a reaction; only a reaction for the same trader takes it back', async (t) => {
  const { show, restart } = theatre(t, { rules: short, onDisk: true });
  assert.ok(show.audience.stake('typed', 'alice', 120).ok);
  // Reacted first, then typed: the last pick counts, though the reaction still stands.
  for (const member of ['both', 'same', 'more'])
    show.audience.picks.take([{ member, what: 'added', outcome: 'mike' }]);
  assert.ok(show.audience.stake('both', 'alice', 50).ok);
  assert.ok(show.audience.stake('same', 'mike', 50).ok, 'the same stake again, but now it is a command’s');
  const doubled = show.audience.picks.take([{ member: 'more', what: 'doubled' }]).named.get(0);
  assert.equal(doubled?.ok === true && doubled.value.stake.chips, 100);
  const { audience } = restart().show;
  const read = { what: 'read', meanwhile: NOTHING_MEANWHILE } as const;
  const done = audience.picks.take([
    { ...read, member: 'both', outcomes: ['mike'] },
    { ...read, member: 'same', outcomes: ['mike'] },
    { ...read, member: 'more', outcomes: [] },
    { ...read, member: 'typed', outcomes: [] },
  ]);
  assert.deepEqual(done, { staked: 0, returned: 1, toTell: [], named: new Map() });
  assert.equal(audience.stakeOf('more'), null, 'whoever took the reaction off wanted the chips back');
  assert.deepEqual(audience.stakeOf('typed'), {
    member: 'typed',
    outcome: 'alice',
    chips: 120,
    origin: 'command',
  });
  assert.equal(audience.stakeOf('both')?.outcome, 'alice');
  assert.equal(audience.stakeOf('same')?.origin, 'command');
  assert.equal(audience.ledgerSum(), 0);

  audience.picks.take([{ member: 'typed', what: 'removed', outcome: 'alice', byBot: false }]);
  assert.equal(audience.stakeOf('typed')?.chips, 120);
  assert.deepEqual(audience.unstake('typed', 'alice'), { returned: 120 });
});

test('what was heard of a member while the reactions were read is newer than what was read', async (t) => {
  const { show } = theatre(t, { rules: short });
  const { audience } = show;
  audience.picks.take([
    { member: 'came', what: 'added', outcome: 'alice' },
    { member: 'came', what: 'read', outcomes: [], meanwhile: { touched: ['alice'], picked: true } },
    { member: 'went', what: 'read', outcomes: ['mike'], meanwhile: { touched: ['mike'], picked: false } },
  ]);
  assert.equal(audience.stakeOf('came')?.outcome, 'alice');
  assert.equal(audience.stakeOf('went'), null);
});

test('stakes on an episode that is never finished return within a day, though the show is stopped for good', async (t) => {
  const clock = setClock('2026-03-10T12:00Z');
  const { show, play } = theatre(t, { rules: short, clock });
  assert.ok(show.audience.stake('ann', 'alice', 200).ok);
  await play(short.intermissionRounds + 1);
  assert.equal(show.audience.pool()?.status, 'locked');
  show.stop('producer');
  clock.set('2026-03-11T11:59Z');
  show.minuteTick();
  assert.equal(show.audience.pool()?.status, 'locked');
  assert.ok(!show.forget('ann').ok);

  clock.set('2026-03-11T12:01Z');
  show.minuteTick();
  show.minuteTick();
  assert.deepEqual(show.audience.pools.resultOf('s1e1'), {
    status: 'refunded',
    because: 'episode_not_finished',
  });
  assert.equal(show.audience.wallet('ann').chips, 1_000);
  const told = dueRows(show.outbox, Infinity, 100).filter(({ post }) => post.kind === 'poolClosed');
  assert.equal(told.length, 1);
  assert.ok(show.forget('ann').ok);
  assert.equal(show.audience.ledgerSum(), 0);
});

test('an episode that is meant to take days keeps its stakes for twice as long, though a faster pace is set meanwhile', async (t) => {
  const clock = setClock('2026-03-10T12:00Z');
  const rules = { ...short, episodeRounds: 1_000 };
  const { show } = theatre(t, { rules, clock, paceMs: 600_000 });
  assert.ok(show.audience.stake('ann', 'alice', 200).ok);
  const signal = AbortSignal.timeout(60_000);
  for (let round = 0; round <= short.intermissionRounds; round++) await show.playRound(signal);
  assert.equal(show.audience.pool()?.status, 'locked');
  const life = (): string | undefined => {
    show.minuteTick();
    return show.audience.poolById('s1e1')?.status;
  };
  clock.set('2026-03-15T12:00Z');
  assert.equal(life(), 'locked');
  assert.ok(show.setPace(60_000, 'producer').ok);
  assert.equal(life(), 'locked');
  // 13 days, 21 hours and 20 minutes.
  clock.set('2026-03-24T09:19Z');
  assert.equal(life(), 'locked');
  clock.set('2026-03-24T09:21Z');
  assert.equal(life(), 'refunded');
  assert.equal(show.audience.wallet('ann').chips, 1_000);
});

test('chaos needs a running show, cools down, is in the audit log, and costs its producer the stake', async (t) => {
  const { show, store, play } = theatre(t, { rules: short });
  assert.ok(show.audience.stake('producer', 'alice').ok);
  assert.ok(show.strikeChaos('producer', null).ok);
  assert.equal(show.audience.stakeOf('producer'), null);
  assert.deepEqual(show.audience.stake('producer', 'alice'), {
    ok: false,
    code: 'conflict_of_interest',
    facts: {},
  });
  const again = show.strikeChaos('producer', 'Twice');
  assert.ok(!again.ok && again.code === 'cooling_down');
  await play(1);
  assert.ok(show.strikeChaos('producer', '  The  coffee   is out ').ok);
  assert.deepEqual(
    store.show.audits('chaos', 5).map((record) => [record.by, record.detail]),
    [
      ['producer', 'The coffee is out'],
      ['producer', null],
    ],
  );
  show.pause('producer');
  const paused = show.strikeChaos('producer', null);
  assert.ok(!paused.ok && paused.code === 'show_paused', 'what helps is to resume, not to start');
  show.stop('producer');
  const stopped = show.strikeChaos('producer', null);
  assert.ok(!stopped.ok && stopped.code === 'show_not_running');
});

test('a confession is the thought that the database holds, of the newest or a named round', async (t) => {
  const { show, store, play } = theatre(t, { rules: short });
  assert.deepEqual(show.confess('alice', null), { ok: false, code: 'no_thought_yet', facts: {} });
  await play(3);
  const newest = show.confess('alice', null);
  assert.ok(newest.ok && newest.value.round === 3 && newest.value.decision.thought !== '');
  assert.deepEqual(show.confess('alice', 2), { ok: true, value: store.show.turn('alice', 2) });
  const wrong = show.confess('nobody', null);
  assert.ok(!wrong.ok && wrong.code === 'unknown_trader');
});

test('no thought reaches a post of the outbox', async (t) => {
  const { show, store, play } = theatre(t, { rules: short });
  await play(6);
  const thoughts = show.content.cast.flatMap((persona) =>
    store.show.turns(persona.id, 10).map((turn) => turn.decision.thought),
  );
  const posts = JSON.stringify(dueRows(show.outbox, Infinity, 10_000));
  assert.ok(thoughts.length > 20);
  for (const thought of thoughts) assert.ok(!posts.includes(JSON.stringify(thought).slice(1, -1)), thought);
});

test('a brain that stalls, fails or answers out of bounds fumbles its turn and the show goes on', async (t) => {
  const faults = {
    alice: () => new Promise<never>(() => undefined),
    sarah: () => Promise.reject(new FumbleError('invalid', 'no JSON')),
    alex: () => Promise.reject(new Error('the engine broke')),
  };
  const { show, store, play } = theatre(t, { rules: short, faults, turnLimitMs: 30 });
  // The first round is the scripted scene.
  await play(2);
  const fumble = (id: string) => store.show.turn(id, 2)?.fumble;
  assert.deepEqual(['alice', 'sarah', 'alex', 'mike'].map(fumble), [
    'timeout',
    'invalid',
    'engine_error',
    null,
  ]);
  assert.equal(show.status().fumbles, 3);
});

test('a stopped show goes on where it was, in the middle of a round too, to the same state', async (t) => {
  const whole = theatre(t, { rules: short, seed: 5 });
  await whole.play(6);
  const torn = theatre(t, { rules: short, seed: 5, onDisk: true });
  await torn.play(2);
  const stop = new AbortController();
  let turns = 0;
  torn.show.subscribe((news) => {
    if ('events' in news && news.events.some((event) => event.type === 'turnTaken') && ++turns === 2)
      stop.abort();
  });
  assert.equal(await torn.show.playRound(stop.signal), false);
  assert.equal(torn.show.state.turnsTaken.length, 2);
  const back = torn.restart();
  assert.equal(stateHash(back.show.state), stateHash(torn.show.state));
  await back.play(4);
  assert.equal(stateHash(back.show.state), stateHash(whole.show.state));
  assert.equal(back.store.show.counts().turns, 24);
});

test('producers run the show: start, pause, resume, pace, stop, each refused when it makes no sense', async (t) => {
  const { show } = theatre(t, { rules: short, started: false });
  assert.deepEqual(show.pause('p'), { ok: false, code: 'not_running', facts: {} });
  assert.ok(show.start('p').ok);
  assert.deepEqual(show.start('p'), { ok: false, code: 'already_running', facts: {} });
  assert.ok(show.pause('p').ok);
  assert.equal(show.status().mode, 'paused');
  assert.deepEqual(show.pause('p'), { ok: false, code: 'already_paused', facts: {} });
  assert.deepEqual(show.controlRoom.callHeadline('p', null), { ok: false, code: 'show_paused', facts: {} });
  assert.deepEqual(show.controlRoom.callBell('p'), { ok: false, code: 'show_paused', facts: {} });
  assert.ok(show.resume('p').ok);
  assert.deepEqual(show.resume('p'), { ok: false, code: 'not_paused', facts: {} });
  assert.ok(!show.setPace(1, 'p').ok);
  assert.ok(show.setPace(5_000, 'p').ok);
  assert.equal(show.status().paceMs, 5_000);
  assert.ok(show.stop('p').ok);
  assert.deepEqual(show.resume('p'), { ok: false, code: 'not_running', facts: {} });
});

test('whoever makes news behind closed doors cannot bet on what comes of it when they open', async (t) => {
  const clock = setClock('2026-07-01T12:00Z');
  const schedule: Schedule = {
    ...ALWAYS,
    mode: 'appointment',
    openings: [{ at: '20:00', days: [...WEEKDAYS] }],
  };
  const { show, play } = theatre(t, { rules: short, clock, schedule });
  assert.equal(show.audience.pool(), null);
  assert.ok(show.controlRoom.callHeadline('p', 'Robots learn to sell').ok);
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  await play(1);
  assert.ok(show.audience.pool());
  const stake = show.audience.stake('p', 'alice');
  assert.equal(!stake.ok && stake.code, 'conflict_of_interest');
  assert.ok(show.audience.stake('ann', 'alice').ok);
});

test('a pause in the middle of a round lets it be played to its end, and opens no other', async (t) => {
  const { show } = theatre(t, { rules: short });
  const ended = new AbortController();
  let turns = 0;
  show.subscribe((news) => {
    if (!('events' in news)) return;
    if (news.events.some(({ type }) => type === 'turnTaken') && ++turns === 1) assert.ok(show.pause('p').ok);
    if (news.events.some(({ type }) => type === 'roundClosed')) setImmediate(() => ended.abort());
  });
  await show.run(AbortSignal.any([ended.signal, AbortSignal.timeout(5_000)]), 2);
  assert.deepEqual([show.status().mode, show.state.round, show.state.roundOpen], ['paused', 1, false]);
  assert.equal(turns, Object.keys(show.state.traders).length);
});

test('a clock that is set back by hours does not hold the show', async (t) => {
  const clock = setClock('2026-05-04T12:00Z');
  const faults = {
    mike: async () => {
      clock.set('2026-05-04T09:00Z');
      throw new FumbleError('timeout', 'and meanwhile somebody set the clock');
    },
  };
  const { show } = theatre(t, { rules: short, clock, paceMs: 60_000, faults });
  const ended = new AbortController();
  const running = show.run(AbortSignal.any([ended.signal, AbortSignal.timeout(5_000)]), 2);
  const round = async (nth: number) => {
    for (let look = 0; look < 500 && (show.state.round < nth || show.state.roundOpen); look++)
      await new Promise((resolve) => setTimeout(resolve, 2));
    assert.deepEqual([show.state.round, show.state.roundOpen], [nth, false]);
  };
  await round(1);
  clock.advance(60_000);
  await round(2);
  ended.abort();
  await running;
});

test('whoever runs the show while no pool is on cannot bet on what comes of it either', (t) => {
  const { show } = theatre(t, {
    rules: short,
    schedule: {
      mode: 'appointment',
      openings: [{ at: '20:00', days: ['mon'] }],
      episodesPerOpening: 1,
      seasonDays: null,
      timeZone: 'UTC',
    },
  });
  assert.equal(show.audience.pool(), null);
  assert.ok(show.setPace(20_000, 'producer').ok);
  const forgotten = show.forget('producer');
  assert.ok(!forgotten.ok && forgotten.code === 'excluded_from_pool', 'nor under a clean name');
  show.timetable.change({ mode: 'continuous' }, 'console');
  assert.equal(show.audience.pool()?.id, 's1e1');
  const staked = show.audience.stake('producer', 'alice');
  assert.ok(!staked.ok && staked.code === 'conflict_of_interest');
  assert.ok(show.audience.stake('ann', 'alice').ok);
});
