/** When a show plays and when its season ends: what a producer set, and what is due by it. */
import type { Clock, Log, Notes } from '../ports/ports.ts';
import { Doors } from './schedule-gate.ts';
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

export interface TimetableParts {
  recorder: Recorder;
  notes: Notes;
  clock: Clock;
  log: Log;
  /** What counts until a producer sets it. */
  defaults: Schedule;
  audit: (what: 'settings', by: string, detail: string) => void;
  /** The show may play that could not before. Called within the transaction that made it so. */
  opened: () => void;
}

const SEASON_NOTE = 'season-opened';

export class Timetable {
  readonly #parts: TimetableParts;
  readonly #doors: Doors;

  constructor(parts: TimetableParts) {
    this.#parts = parts;
    this.#doors = new Doors(parts);
  }

  settings(): ShowSettings {
    const { seasonEpisodes } = this.#parts.recorder.state.rules;
    return { ...this.#doors.schedule(), seasonEpisodes: seasonEpisodes === 0 ? null : seasonEpisodes };
  }

  /** Changes what `patch` names and leaves the rest. */
  change(patch: Partial<ShowSettings>, by: string): Result<ShowSettings, SettingsRefusal> {
    const { seasonEpisodes, ...schedule } = { ...this.settings(), ...patch };
    const problem = scheduleProblem(schedule) ?? episodesProblem(seasonEpisodes);
    if (problem) return refused(problem.code, problem.facts);
    const { recorder, audit, opened } = this.#parts;
    recorder.commit(() => {
      const wasOpen = this.isOpen();
      this.#doors.change(schedule);
      if (seasonEpisodes !== this.settings().seasonEpisodes) {
        recorder.act({ type: 'setSeasonEpisodes', episodes: seasonEpisodes });
      }
      audit('settings', by, JSON.stringify(patch));
      if (!wasOpen && this.isOpen()) opened();
    });
    return accepted(this.settings());
  }

  /** True while the show may play. */
  isOpen(): boolean {
    return this.#doors.isOpen();
  }

  /** When the doors open; null while they are open, or when they never will. */
  nextOpeningMs(): number | null {
    return this.#doors.nextOpeningMs(this.#parts.clock.nowMs());
  }

  /** The closing bell rang. Within its transaction. */
  belled(): void {
    this.#doors.belled();
  }

  /** Does what is due. May be called late, twice, or not at all for a while; about once a minute is meant. */
  nudge(): void {
    const { clock, log, opened, recorder } = this.#parts;
    const nowMs = clock.nowMs();
    const openingMs = this.#doors.due(nowMs);
    if (openingMs !== null) {
      recorder.commit(() => {
        if (this.#doors.take(openingMs)) opened();
        else log.info({ openingMs }, 'an opening came while the last one was still on: it is skipped');
      });
    }
    const { season, seasonEnding } = recorder.state;
    if (
      seasonEnding !== true &&
      seasonDue(this.#doors.schedule(), this.#seasonOpenedMs(season, nowMs), nowMs)
    ) {
      recorder.commit(() => recorder.act({ type: 'endSeason' }));
    }
  }

  /** A season counts from when it was first seen. */
  #seasonOpenedMs(season: number, nowMs: number): number {
    const { notes } = this.#parts;
    const [noted, openedMs] = (notes.get(SEASON_NOTE) ?? '').split('@').map(Number);
    if (noted === season && openedMs !== undefined) return openedMs;
    notes.set(SEASON_NOTE, `${season}@${nowMs}`);
    return nowMs;
  }
}

function episodesProblem(episodes: number | null) {
  const fits =
    episodes === null || (Number.isInteger(episodes) && episodes >= 1 && episodes <= SEASON_EPISODES_MAX);
  return fits ? null : outOfRange('seasonEpisodes', SEASON_EPISODES_MAX);
}
