import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextOpening, openingDue, OPENING_GRACE_MS, seasonDue } from '#show/schedule/schedule.ts';
import { ALWAYS, scheduleProblem, WEEKDAYS, type Schedule } from '#show/schedule/settings.ts';
import { instantOf, localDay, weekdayOf } from '#show/schedule/wall-clock.ts';

const MINUTE_MS = 60_000;
const ms = (iso: string) => Date.parse(iso);
const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

function appointments(timeZone: string, ...times: string[]): Schedule {
  return {
    ...ALWAYS,
    timeZone,
    mode: 'appointment',
    openings: times.map((at) => ({ at, days: [...WEEKDAYS] })),
  };
}

/** Asks once a minute from one instant to another, as cron does; returns when openings happened. */
function tickThrough(schedule: Schedule, from: string, to: string, taken: number[] = []): string[] {
  const happened: string[] = [];
  for (let nowMs = ms(from); nowMs <= ms(to); nowMs += MINUTE_MS) {
    const due = openingDue(schedule, taken, nowMs);
    if (due === null) continue;
    taken.push(due);
    happened.push(iso(nowMs) ?? '');
  }
  return happened;
}

test('an opening happens at its local time, summer and winter', () => {
  const berlin = appointments('Europe/Berlin', '20:00');
  assert.deepEqual(tickThrough(berlin, '2026-07-01T00:00Z', '2026-07-01T23:00Z'), [
    '2026-07-01T18:00:00.000Z',
  ]);
  assert.deepEqual(tickThrough(berlin, '2026-12-01T00:00Z', '2026-12-01T23:00Z'), [
    '2026-12-01T19:00:00.000Z',
  ]);
});

test('a time that the night in spring leaves out happens once, an hour later by the clock', () => {
  const berlin = appointments('Europe/Berlin', '02:30');
  assert.deepEqual(tickThrough(berlin, '2026-03-28T22:00Z', '2026-03-29T22:00Z'), [
    '2026-03-29T01:30:00.000Z',
  ]);
  const newYork = appointments('America/New_York', '02:30');
  assert.deepEqual(tickThrough(newYork, '2026-03-08T04:00Z', '2026-03-09T04:00Z'), [
    '2026-03-08T07:30:00.000Z',
  ]);
});

test('a time that the night in autumn has twice happens once, the first time', () => {
  const berlin = appointments('Europe/Berlin', '02:30');
  assert.deepEqual(tickThrough(berlin, '2026-10-24T22:00Z', '2026-10-25T22:00Z'), [
    '2026-10-25T00:30:00.000Z',
  ]);
  const newYork = appointments('America/New_York', '01:30');
  assert.deepEqual(tickThrough(newYork, '2026-11-01T04:00Z', '2026-11-02T04:00Z'), [
    '2026-11-01T05:30:00.000Z',
  ]);
});

test('in the weeks around a clock change there is one opening a day in every zone', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Etc/UTC',
  ];
  const property = fc.property(
    fc.constantFrom(...zones),
    fc.integer({ min: 0, max: 24 * 60 - 1 }),
    fc.constantFrom('2026-03-06', '2026-03-26', '2026-04-02', '2026-10-01', '2026-10-23', '2026-10-29'),
    (zone, minute, from) => {
      const first = localDay(ms(`${from}T12:00Z`), zone);
      for (let day = first; day < first + 6; day++) {
        const atMs = instantOf(day, minute, zone);
        assert.equal(localDay(atMs, zone), day, 'it is on its day');
        assert.ok(instantOf(day + 1, minute, zone) > atMs);
      }
    },
  );
  fc.assert(property, { numRuns: 60 });
});

test('an opening that was slept through happens at once within the grace; later it is skipped', () => {
  const berlin = appointments('Europe/Berlin', '20:00');
  const openingMs = ms('2026-07-01T18:00Z');
  assert.equal(openingDue(berlin, [], openingMs - 1), null);
  assert.equal(openingDue(berlin, [], openingMs + OPENING_GRACE_MS), openingMs);
  assert.equal(openingDue(berlin, [], openingMs + OPENING_GRACE_MS + 1), null);
});

test('the grace reaches past midnight', () => {
  const openingMs = ms('2026-07-01T23:50Z');
  assert.equal(openingDue(appointments('Etc/UTC', '23:50'), [], openingMs + 20 * MINUTE_MS), openingMs);
});

test('a clock that is set back does not repeat an opening; one that ran ahead hides none', () => {
  const utc = appointments('Etc/UTC', '20:00');
  const taken: number[] = [];
  assert.equal(tickThrough(utc, '2026-07-01T19:50Z', '2026-07-01T20:20Z', taken).length, 1);
  assert.equal(
    tickThrough(utc, '2026-07-01T18:50Z', '2026-07-01T20:20Z', taken).length,
    0,
    'set back two hours',
  );
  assert.equal(
    tickThrough(utc, '2031-01-01T19:50Z', '2031-01-01T20:20Z', taken).length,
    1,
    'years ahead by mistake',
  );
  assert.equal(
    tickThrough(utc, '2026-07-02T19:50Z', '2026-07-02T20:20Z', taken).length,
    1,
    'set right again',
  );
});

test('openings keep to their weekdays, and the next one is known', () => {
  const fridays: Schedule = {
    ...appointments('Europe/Berlin'),
    openings: [
      { at: '20:00', days: ['fri'] },
      { at: '11:00', days: ['sun'] },
    ],
  };
  assert.equal(weekdayOf(localDay(ms('2026-07-03T12:00Z'), 'Europe/Berlin')), WEEKDAYS.indexOf('fri'));
  assert.deepEqual(tickThrough(fridays, '2026-07-01T00:00Z', '2026-07-07T00:00Z'), [
    '2026-07-03T18:00:00.000Z',
    '2026-07-05T09:00:00.000Z',
  ]);
  assert.equal(iso(nextOpening(fridays, ms('2026-07-03T18:00Z'))), '2026-07-05T09:00:00.000Z');
  assert.equal(iso(nextOpening(fridays, ms('2026-07-05T09:00Z'))), '2026-07-10T18:00:00.000Z');
  assert.equal(nextOpening(appointments('Etc/UTC'), 0), null);
});

test('a season has had its days by the local calendar; a clock set back does not count', () => {
  const fortnight: Schedule = { ...ALWAYS, timeZone: 'Europe/Berlin', seasonDays: 14 };
  const openedMs = ms('2026-10-20T21:30Z');
  assert.equal(seasonDue(fortnight, openedMs, ms('2026-11-02T22:59Z')), false);
  assert.equal(seasonDue(fortnight, openedMs, ms('2026-11-02T23:00Z')), true);
  assert.equal(seasonDue(fortnight, openedMs, ms('2026-10-01T00:00Z')), false);
  assert.equal(seasonDue({ ...fortnight, seasonDays: null }, openedMs, ms('2036-01-01T00:00Z')), false);
});

test('what cannot be kept to is refused with what is allowed', () => {
  const code = (change: Partial<Schedule>) => scheduleProblem({ ...ALWAYS, ...change })?.code ?? null;
  assert.equal(code({}), null);
  assert.equal(code({ timeZone: 'Europe/Atlantis' }), 'unknown_time_zone');
  assert.equal(code({ openings: [{ at: '24:00', days: ['mon'] }] }), 'bad_opening_time');
  assert.equal(code({ openings: [{ at: '8:00', days: ['mon'] }] }), 'bad_opening_time');
  assert.equal(code({ mode: 'appointment', openings: [] }), 'no_opening_times');
  assert.equal(code({ seasonDays: 0 }), 'setting_out_of_range');
  assert.equal(code({ episodesPerOpening: 1.5 }), 'setting_out_of_range');
});
