/** One show on its own database file: opened, run at its pace, closed. One process may hold many. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Content, Persona } from '#core/content.ts';
import { DEFAULT_RULES, type Rules } from '#core/state.ts';
import type { Brain, ModelDesk, Twin } from '#show/ports/brain.ts';
import { intermissionRounds } from '#show/intermission.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import { ALWAYS } from '#show/schedule/settings.ts';
import { InputError } from '#lib/input-error.ts';
import { Show } from '#show/show.ts';
import { openStore, type Store } from '#store/store.ts';
import { Archivist } from './archive/archivist.ts';
import type { Settings } from './settings.ts';

/** At pace 0 there is no time for a pool to be open, so an intermission lasts this many rounds. */
const UNPACED_INTERMISSION_ROUNDS = 2;

export interface OpenShow {
  readonly show: Show;
  readonly store: Store;
  /** Plays until aborted, or until `rounds` are done. Rejects when a round could not be stored. */
  run(signal: AbortSignal, rounds?: number): Promise<void>;
  /** Does what the timetable says is due; late, twice or never does no harm. */
  minuteTick(): void;
  close(): void;
}

/** A show was asked for with another seed than it was begun with. */
export class SeedError extends InputError {}

export interface OpenShowDeps {
  file: string;
  settings: Settings;
  intermissionSeconds: number;
  /** Of a new show; the days count until a producer sets them. Null: a season does not end by it. */
  season: { days: number | null; episodes: number | null };
  content: Content;
  /** All that ship, guests too; the cast when left out. */
  personas?: readonly Persona[];
  /** The brain of a show with this seed, for the cast that plays it now. */
  brainFor: (seed: number, cast: () => readonly Persona[]) => Brain;
  /** Plays where that brain leaves nothing to see; none when left out. */
  standInFor?: (seed: number, cast: () => readonly Persona[]) => Brain | null;
  /** What every episode is compared with at its bell; nothing when left out. */
  twinFor?: (cast: () => readonly Persona[]) => Twin | null;
  models: ModelDesk | null;
  clock: Clock;
  log: Log;
  blocks: (text: string) => boolean;
}

/** Throws StoreError, or SeedError. */
export function openShow(deps: OpenShowDeps): OpenShow {
  const { file, settings, content, clock, log } = deps;
  const store = openStore(file, {
    log,
    key: settings.dataKey ?? null,
    unreadable: settings.forgetWebhooks ? 'forgotten' : 'refused',
  });
  try {
    const begun = firstSeed(store);
    if (settings.seed !== undefined && begun !== undefined && begun !== settings.seed) {
      throw new SeedError(
        `flag --seed: the show ${path.basename(file, '.sqlite')} was begun with seed ${begun}; leave --seed out to go on with it, or name a new show with --show`,
      );
    }
    const seed = begun ?? settings.seed ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const brain = deps.brainFor(seed, () => show.content.cast);
    const show: Show = new Show({
      content,
      ...(deps.personas && { personas: deps.personas }),
      rules: rulesFor(deps),
      schedule: { ...ALWAYS, timeZone: settings.timeZone, seasonDays: deps.season.days },
      seed,
      ...(settings.seed === undefined && { seasonSecret: randomBytes(32).toString('hex') }),
      store,
      brain,
      standIn: deps.standInFor?.(seed, () => show.content.cast),
      twin: deps.twinFor?.(() => show.content.cast),
      models: deps.models,
      clock,
      log,
      paceMs: settings.paceSeconds * 1_000,
      intermissionMs: deps.intermissionSeconds * 1_000,
      turnLimitMs: settings.turnSeconds * 1_000,
      pictureEveryRounds: settings.pictureEveryRounds,
      blocks: deps.blocks,
    });
    if (store.keyValues.get(FIRST_SEED) === null) store.keyValues.set(FIRST_SEED, String(seed));
    const archivist = new Archivist(show, store, log);
    return {
      show,
      store,
      run: async (signal, rounds) => {
        await show.run(signal, rounds);
        if (rounds !== undefined && !signal.aborted) await archivist.writeDue();
      },
      minuteTick: () => {
        show.minuteTick();
        void archivist.writeDue();
      },
      close: () => {
        store.close();
        void brain.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Key-value: the seed that the show was begun with. Its later seasons have others. */
const FIRST_SEED = 'first-seed';

function firstSeed({ keyValues, show }: Store): number | undefined {
  const noted = keyValues.get(FIRST_SEED);
  return noted === null ? show.load()?.snapshot.seed : Number(noted);
}

function rulesFor({ settings, intermissionSeconds, season }: OpenShowDeps): Rules {
  const pace = settings.paceSeconds;
  return {
    ...DEFAULT_RULES,
    episodeRounds: settings.episodeRounds,
    intermissionRounds:
      pace === 0
        ? UNPACED_INTERMISSION_ROUNDS
        : intermissionRounds(intermissionSeconds * 1_000, pace * 1_000),
    seasonEpisodes: season.episodes ?? 0,
  };
}
