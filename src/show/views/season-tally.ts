/**
 * What a season's turns come to for its awards, counted at each closing bell: a season lasts weeks, and turns are forgotten within a
 * day or so.
 */
import { z } from 'zod';
import type { ShowState } from '#core/state.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import type { Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { ShowStore } from '../ports/store.ts';
import { tallied, type Tally } from './season-facts.ts';

/** Key-value: the counts of the season that is on. */
const KEY = 'season-tally';

const keptSchema = z.object({
  season: z.int(),
  /** The last round whose turns are in it. */
  upToRound: z.int(),
  traders: z.record(z.string(), z.object({ words: z.int(), stances: z.int(), broken: z.int() })),
});
type Kept = z.infer<typeof keptSchema>;

interface SeasonTallyDeps {
  store: Pick<ShowStore, 'firstRoundOf' | 'turnFacts'>;
  keyValues: KeyValues;
  log: Log;
}

export class SeasonTally {
  readonly #deps: SeasonTallyDeps;

  constructor(deps: SeasonTallyDeps) {
    this.#deps = deps;
  }

  /** Of a season until its last bell; empty for one that is not on. */
  of(season: number): Tally {
    return countsIn(this.#kept(season));
  }

  /** Counts the turns since the bell before; the state is the one right before this bell. Within its transaction. */
  belled({ season, round }: ShowState): void {
    const { store, keyValues } = this.#deps;
    const kept = this.#kept(season);
    // A season that began before there was a tally is counted from the oldest turn that is left.
    const since = kept ? kept.upToRound + 1 : (store.firstRoundOf(season) ?? round);
    const traders = Object.fromEntries(tallied(countsIn(kept), store.turnFacts(since), INSTRUMENTS));
    keyValues.set(KEY, JSON.stringify({ season, upToRound: round, traders } satisfies Kept));
  }

  #kept(season: number): Kept | null {
    const { keyValues, log } = this.#deps;
    const text = keyValues.get(KEY);
    if (text === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(text));
    if (!kept.success) {
      log.warn({ key: KEY }, 'what the turns of the season came to cannot be read: it is counted anew');
      return null;
    }
    return kept.data.season === season ? kept.data : null;
  }
}

const countsIn = (kept: Kept | null): Tally => new Map(Object.entries(kept?.traders ?? {}));
