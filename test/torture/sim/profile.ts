/** What kind of server a seed plays: its pace, its rules, its members, its opening times. */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Rules } from '#core/state.ts';
import { ALWAYS, type Schedule } from '#show/schedule/settings.ts';

export interface Profile {
  seed: number;
  paceMs: number;
  rules: Pick<Rules, 'episodeRounds' | 'intermissionRounds' | 'seasonEpisodes' | 'bankruptBps'>;
  schedule: Schedule;
  members: number;
  /** False on a server that withholds Manage Messages. */
  mayTakeOff: boolean;
  pictureEveryRounds: number;
  startMs: number;
}

export function profileOf(seed: number): Profile {
  const prng = keyedNumbers(seed, 'torture-profile', 0);
  const timeZone = prng.pick(['Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']);
  const byAppointment = prng.chance(3_500);
  const days = prng.pick([5, 60, 360]);
  return {
    seed,
    paceMs: byAppointment
      ? prng.pick([60_000, 300_000])
      : prng.pick([3_000, 30_000, 120_000, 600_000, 600_000]),
    rules: {
      episodeRounds: prng.pick([4, 6, 12]),
      intermissionRounds: prng.pick([1, 2, 3]),
      seasonEpisodes: prng.pick([0, 2, 7]),
      bankruptBps: prng.pick([500, 500, 9_000]),
    },
    schedule: {
      ...ALWAYS,
      timeZone,
      mode: byAppointment ? 'appointment' : 'continuous',
      openings: [{ at: '20:00', days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] }],
      episodesPerOpening: prng.pick([1, 2]),
      seasonDays: prng.pick([null, 3, 14]),
    },
    members: prng.pick([5, 40, 300]),
    mayTakeOff: prng.chance(8_500),
    pictureEveryRounds: prng.pick([0, 1, 4]),
    // Over the year, so that both nights with a change of clocks are met.
    startMs: Date.UTC(2026, 0, 1) + days * 86_400_000 + prng.below(86_400_000),
  };
}
