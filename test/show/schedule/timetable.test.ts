import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { apply } from '#core/apply.ts';
import { stateHash } from '#show/hash.ts';
import { ALWAYS, WEEKDAYS, type Schedule } from '#show/schedule/settings.ts';
import { setClock } from '#test/support/clock.ts';
import { content } from '#test/support/floor.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre, type Staging } from '#test/support/theatre.ts';

const short = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 100 };
const EPISODE_ROUNDS = short.intermissionRounds + short.episodeRounds;
const evenings: Schedule = {
  ...ALWAYS,
  mode: 'appointment',
  openings: [{ at: '20:00', days: [...WEEKDAYS] }],
};

function byAppointment(t: TestContext, staging: Staging = {}) {
  const clock = setClock('2026-07-01T12:00Z');
  const theatreOf = theatre(t, { rules: short, clock, schedule: evenings, onDisk: true, ...staging });
  /** Plays as long as the gate is open. */
  const playOut = async (which = theatreOf): Promise<void> => {
    const stop = new AbortController();
    const running = which.show.run(stop.signal);
    while (which.show.timetable.isOpen()) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
  };
  return { ...theatreOf, clock, playOut };
}

test('a show by appointment waits, plays its episode at the opening, and closes with the bell', async (t) => {
  const { show, clock, playOut } = byAppointment(t);
  assert.equal(show.status().nextOpeningMs, Date.parse('2026-07-01T20:00Z'));
  assert.equal(show.audience.pool(), null, 'no pool is open while the gate is closed');
  show.minuteTick();
  assert.equal(show.timetable.isOpen(), false);

  clock.set('2026-07-01T20:00:20Z');
  show.minuteTick();
  assert.equal(show.audience.pool()?.episode, 1);
  await playOut();
  assert.deepEqual(
    [show.state.episode, show.state.round, show.state.phase],
    [1, EPISODE_ROUNDS, 'intermission'],
  );
  assert.equal(show.audience.pool(), null);
  show.minuteTick();
  assert.equal(show.timetable.isOpen(), false, 'a second tick in the same minute opens nothing');
  assert.equal(show.status().nextOpeningMs, Date.parse('2026-07-02T20:00Z'));
});

test('killed in the middle of an opening, the show plays on to its bell, and the opening does not happen again', async (t) => {
  const opened = byAppointment(t, { schedule: { ...evenings, episodesPerOpening: 2 } });
  opened.clock.set('2026-07-01T20:00Z');
  opened.show.minuteTick();
  await opened.play(EPISODE_ROUNDS + 1);
  const back = opened.restart();
  back.show.minuteTick();
  assert.equal(back.show.timetable.isOpen(), true);
  await opened.playOut(back);
  assert.equal(back.show.state.episode, 2);
  back.show.minuteTick();
  assert.equal(back.show.timetable.isOpen(), false);
});

test('an opening that comes while the last is still on is skipped, not queued', async (t) => {
  const openings = ['20:00', '20:10'].map((at) => ({ at, days: [...WEEKDAYS] }));
  const { show, clock, playOut } = byAppointment(t, { schedule: { ...evenings, openings } });
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  clock.set('2026-07-01T20:10Z');
  show.minuteTick();
  await playOut();
  show.minuteTick();
  assert.equal(show.timetable.isOpen(), false);
  assert.equal(show.state.episode, 1);
});

test('a show that is stopped or paused at its opening stays closed', (t) => {
  const { show, clock } = byAppointment(t);
  show.pause('p');
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  assert.equal(show.timetable.isOpen(), false);
  show.resume('p');
  clock.set('2026-07-01T20:29Z');
  show.minuteTick();
  assert.equal(show.timetable.isOpen(), true, 'resumed within the grace it opens late');
});

test('a producer changes the timetable; what cannot be is refused; it outlives a restart', async (t) => {
  const clock = setClock('2026-07-01T12:00Z');
  const staged = theatre(t, { rules: short, clock, onDisk: true });
  const { show, store } = staged;
  assert.deepEqual(show.timetable.settings(), { ...ALWAYS, seasonEpisodes: 100 });
  assert.deepEqual(show.timetable.change({ timeZone: 'Mars/Olympus' }, 'p'), {
    ok: false,
    code: 'unknown_time_zone',
    facts: { timeZone: 'Mars/Olympus' },
  });
  const tooMany = show.timetable.change({ seasonEpisodes: 0 }, 'p');
  assert.ok(
    !tooMany.ok && tooMany.code === 'setting_out_of_range' && tooMany.facts['setting'] === 'seasonEpisodes',
  );

  const changed = show.timetable.change(
    { timeZone: 'Europe/Berlin', mode: 'appointment', seasonEpisodes: null },
    'p',
  );
  assert.ok(changed.ok);
  assert.equal(show.timetable.isOpen(), true, 'the episode at hand is played to its end');
  await staged.play(EPISODE_ROUNDS);
  assert.equal(show.timetable.isOpen(), false);
  assert.equal(store.show.audits('settings', 1)[0]?.by, 'p');
  const back = staged.restart();
  assert.deepEqual(back.show.timetable.settings(), {
    ...evenings,
    timeZone: 'Europe/Berlin',
    seasonEpisodes: null,
  });
  assert.equal(back.show.status().nextOpeningMs, Date.parse('2026-07-01T18:00Z'));

  assert.ok(back.show.timetable.change({ mode: 'continuous' }, 'p').ok);
  assert.equal(back.show.timetable.isOpen(), true);
  assert.equal(back.show.audience.pool()?.episode, 2, 'the pool opens with the gate');
});

test('settings that cannot be read count as not set', (t) => {
  const { show } = theatre(t, { rules: short });
  show.keyValues.set('settings', '{"timeZone":7}');
  assert.equal(show.timetable.settings().timeZone, 'Etc/UTC');
  show.keyValues.set('settings', 'not JSON');
  assert.equal(show.timetable.settings().mode, 'continuous');
});

test('a season of days ends at the first closing bell after them, and a replay ends it in the same round', async (t) => {
  const clock = setClock('2026-07-01T12:00Z');
  const { show, store, play } = theatre(t, { rules: short, clock, schedule: { ...ALWAYS, seasonDays: 14 } });
  show.minuteTick();
  await play(EPISODE_ROUNDS);
  clock.set('2026-07-14T23:59Z');
  show.minuteTick();
  await play(EPISODE_ROUNDS);
  assert.equal(show.state.season, 1);
  clock.set('2026-07-15T00:00Z');
  show.minuteTick();
  show.minuteTick();
  assert.equal(show.state.season, 1, 'not before the bell');
  await play(EPISODE_ROUNDS);
  assert.equal(show.state.season, 2);
  show.minuteTick();
  await play(EPISODE_ROUNDS);
  assert.equal(show.state.season, 2, 'the next one has its own days');

  const { founding, entries } = store.show.recording();
  let state = founding;
  for (const { action } of entries) state = apply(state, action, content).state;
  assert.equal(stateHash(state), stateHash(show.state));
});

test('a season of episodes ends by their number, or never when there is none', async (t) => {
  const { show, play } = theatre(t, { rules: short });
  assert.ok(show.timetable.change({ seasonEpisodes: 2 }, 'p').ok);
  await play(2 * EPISODE_ROUNDS);
  assert.equal(show.state.season, 2);
  assert.ok(show.timetable.change({ seasonEpisodes: null }, 'p').ok);
  await play(2 * EPISODE_ROUNDS);
  assert.equal(show.state.season, 2);
});

test('when the doors close, members are told when they open, in the window and on the floor, and so is the ballot', async (t) => {
  const { show, store, clock } = byAppointment(t, { paceMs: 12_000 });
  const told = () =>
    dueRows(store.outbox).flatMap(({ place, post }) =>
      post.kind === 'doorsClosed' ? [[place, post.opensMs]] : [],
    );
  const tonight = Date.parse('2026-07-01T20:00Z');
  assert.deepEqual(
    told(),
    [
      ['betting', tonight],
      ['floor', tonight],
    ],
    'a show that is started before its evening says when that is',
  );
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  assert.ok(show.setPace(3_000, 'console').ok);
  for (let round = 0; round < EPISODE_ROUNDS; round += 1) await show.playRound(new AbortController().signal);
  assert.equal(show.timetable.isOpen(), false);
  const tomorrow = Date.parse('2026-07-02T20:00Z');
  assert.deepEqual(told().slice(2), [
    ['betting', tomorrow],
    ['floor', tomorrow],
  ]);
  const rows = dueRows(store.outbox);
  const bell = rows.find(({ kind }) => kind === 'bell');
  assert.ok(
    bell &&
      rows
        .filter(({ kind }) => kind === 'doorsClosed')
        .slice(2)
        .every((row) => row.dueMs > bell.dueMs),
  );
  const ballot = rows.find(({ kind }) => kind === 'voteOpened')?.post;
  assert.ok(ballot?.kind === 'voteOpened');
  assert.equal(ballot.opensMs, tomorrow);

  assert.ok(show.timetable.change({ openings: [{ at: '18:30', days: [...WEEKDAYS] }] }, 'console').ok);
  const earlier = Date.parse('2026-07-02T18:30Z');
  assert.deepEqual(told().slice(4), [
    ['betting', earlier],
    ['floor', earlier],
  ]);
  assert.ok(show.timetable.change({ seasonDays: 7 }, 'console').ok);
  assert.equal(told().length, 6, 'what changes nothing about the doors is not told');
});

test('the floor shows when the doors open by the clock of the show, and on which day if that is not today', async (t) => {
  const berlin = { ...evenings, timeZone: 'Europe/Berlin' };
  const { show, clock } = byAppointment(t, { schedule: berlin });
  const opensMs = Date.parse('2026-07-01T18:00Z');
  assert.deepEqual(show.floorView().doors, { opensMs, weekday: null, at: '20:00' });
  clock.set('2026-06-30T20:00Z');
  assert.deepEqual(show.floorView().doors, { opensMs, weekday: 3, at: '20:00' }, 'on Wednesday');
  clock.set('2026-07-01T18:00Z');
  show.minuteTick();
  assert.equal(show.floorView().doors, undefined);
});

test('a member who finds no pool is told when the next one opens: with the doors, or after so many rounds', async (t) => {
  const { show, clock } = byAppointment(t, {
    paceMs: 12_000,
    schedule: { ...evenings, episodesPerOpening: 2 },
  });
  const signal = new AbortController().signal;
  assert.deepEqual(show.nextPool(), { with: 'doors', atMs: Date.parse('2026-07-01T20:00Z') });
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  await show.playRound(signal);
  await show.playRound(signal);
  assert.equal(show.state.phase, 'episode');
  const nowMs = Date.parse('2026-07-01T20:00Z');
  assert.deepEqual(show.nextPool(), { with: 'closingBell', rounds: 1, aboutMs: nowMs + 24_000 });
  assert.ok(show.pause('console').ok);
  assert.deepEqual(
    show.nextPool(),
    { with: 'closingBell', rounds: 1, aboutMs: null },
    'who knows for how long',
  );
  assert.ok(show.resume('console').ok);
  for (let round = 0; round < 3; round += 1) await show.playRound(signal);
  assert.equal(show.state.phase, 'episode');
  assert.deepEqual(
    show.nextPool(),
    { with: 'doors', atMs: Date.parse('2026-07-02T20:00Z') },
    'the doors close with the bell of the second episode',
  );
});

test('before a show is started, a pool waits for the producer', (t) => {
  assert.deepEqual(theatre(t, { rules: short, started: false }).show.nextPool(), { with: 'start' });
});
