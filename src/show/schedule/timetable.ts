/** When a show plays and when its season ends: what a producer set, and what is due by it. */
import type { Clock, Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { ClosedDoors } from '../ports/painter.ts';
import { ScheduleGate } from './schedule-gate.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type Result } from '../results.ts';
import { seasonDue } from './schedule.ts';
import {
  outOfRange,
  scheduleProblem,
  SEASON_EPISODES_MAX,
  type Schedule,
  type SettingsRefusal,
  type ShowSettings,
} from './settings.ts';
import { localDay, timeOfDay, weekdayOf } from './wall-clock.ts';

export interface TimetableDeps {
  recorder: Recorder;
  keyValues: KeyValues;
  clock: Clock;
  log: Log;
  /** The schedule until a producer sets one. */
  defaults: Schedule;
  audit: (what: 'settings', by: string, detail: string) => void;
  /** The show may play from now on. Called within the transaction that made it so. */
  opened: () => void;
}

const SEASON_KEY = 'season-opened';

export class Timetable {
  readonly #deps: TimetableDeps;
  readonly #gate: ScheduleGate;

  constructor(deps: TimetableDeps) {
    this.#deps = deps;
    this.#gate = new ScheduleGate(deps);
  }

  settings(): ShowSettings {
    const { seasonEpisodes } = this.#deps.recorder.state.rules;
    return { ...this.#gate.schedule(), seasonEpisodes: seasonEpisodes === 0 ? null : seasonEpisodes };
  }

  /** Changes what `patch` names and leaves the rest. */
  change(patch: Partial<ShowSettings>, by: string): Result<ShowSettings, SettingsRefusal> {
    const { seasonEpisodes, ...schedule } = { ...this.settings(), ...patch };
    const problem = scheduleProblem(schedule) ?? episodesProblem(seasonEpisodes);
    if (problem) return refused(problem.code, problem.facts);
    const { recorder, audit, opened } = this.#deps;
    recorder.commit(() => {
      const wasOpen = this.isOpen();
      const openingMs = this.nextOpeningMs();
      this.#gate.change(schedule);
      if (seasonEpisodes !== this.settings().seasonEpisodes) {
        recorder.act({ type: 'setSeasonEpisodes', episodes: seasonEpisodes });
      }
      audit('settings', by, JSON.stringify(patch));
      if (!wasOpen && this.isOpen()) opened();
      if (this.nextOpeningMs() !== openingMs) this.tellDoors();
    });
    return accepted(this.settings());
  }

  /** True while the show may play. */
  isOpen(): boolean {
    return this.#gate.isOpen();
  }

  /** When the gate opens; null while it is open, or when it never will. */
  nextOpeningMs(): number | null {
    return this.#gate.nextOpeningMs(this.#deps.clock.nowMs());
  }

  /** When the gate opens again after the next closing bell, if that comes about then; null while it stays open. */
  nextOpeningAfterBellMs(bellMs: number): number | null {
    return this.#gate.nextOpeningAfterBellMs(bellMs);
  }

  /** The doors as a picture shows them, whose clock is the show's own; null while they are open. */
  closedDoors(): ClosedDoors | null {
    const nowMs = this.#deps.clock.nowMs();
    const opensMs = this.#gate.nextOpeningMs(nowMs);
    if (opensMs === null) return null;
    const { timeZone } = this.settings();
    const day = localDay(opensMs, timeZone);
    const isToday = day === localDay(nowMs, timeZone);
    return { opensMs, weekday: isToday ? null : weekdayOf(day), at: timeOfDay(opensMs, timeZone) };
  }

  /** Tells members when the doors open, if they are closed. Within a transaction. */
  tellDoors(afterMs = 0): void {
    const opensMs = this.nextOpeningMs();
    if (opensMs === null) return;
    for (const place of ['betting', 'floor'] as const)
      this.#deps.recorder.post({ place, post: { kind: 'doorsClosed', opensMs }, afterMs });
  }

  /** The closing bell rang. Within its transaction. */
  belled(): void {
    this.#gate.belled();
  }

  /** Does what is due. May be called late, twice, or not at all for a while; about once a minute is meant. */
  minuteTick(): void {
    const { clock, log, opened, recorder } = this.#deps;
    const nowMs = clock.nowMs();
    const openingMs = this.#gate.due(nowMs);
    if (openingMs !== null) {
      const taken = recorder.commit(() => {
        const opens = this.#gate.take(openingMs);
        if (opens) opened();
        return opens;
      });
      if (!taken) log.info({ openingMs }, 'an opening came while the last one was still on: it is skipped');
    }
    const { season, seasonEnding } = recorder.state;
    if (
      seasonEnding !== true &&
      seasonDue(this.#gate.schedule(), this.#seasonOpenedMs(season, nowMs), nowMs)
    ) {
      recorder.commit(() => recorder.act({ type: 'endSeason' }));
    }
  }

  /** A season counts from when it was first seen. */
  #seasonOpenedMs(season: number, nowMs: number): number {
    const { keyValues } = this.#deps;
    const [noted, openedMs] = (keyValues.get(SEASON_KEY) ?? '').split('@').map(Number);
    if (noted === season && openedMs !== undefined) return openedMs;
    keyValues.set(SEASON_KEY, `${season}@${nowMs}`);
    return nowMs;
  }
}

function episodesProblem(episodes: number | null) {
  const fits =
    episodes === null || (Number.isInteger(episodes) && episodes >= 1 && episodes <= SEASON_EPISODES_MAX);
  return fits ? null : outOfRange('seasonEpisodes', SEASON_EPISODES_MAX);
}
