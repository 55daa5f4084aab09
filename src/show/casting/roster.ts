/**
 * Who plays in this show: whoever data/ casts, until a producer changes it. A change counts from the next season on, so that a
 * season is played by those who began it.
 */
import { z } from 'zod';
import { fitFaults, FILE_LIMITS, readPersona, type Read, type Wishes } from '#core/casting/read.ts';
import type { Fault } from '#core/casting/fault.ts';
import { personaSchema, type Content, type Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import { accepted, refused, type CastRefusal, type Result } from '../results.ts';

/** Key-values: this season's cast, and the next one's where it is another. Entries are ids of data/ or whole personas. */
const NOW = 'cast';
const NEXT = 'cast-next';

const castSchema = z.array(z.union([z.string(), personaSchema])).max(FILE_LIMITS.castMax);
type Entry = z.infer<typeof castSchema>[number];

export interface RosterDeps {
  /** With the cast that plays where nobody chose one. */
  content: Content;
  /** All that ship, also those that play only where they are cast. */
  personas: readonly Persona[];
  keyValues: KeyValues;
  blocks: (text: string) => boolean;
  log: Log;
}

/** What a file lacks, or why it cannot be read at all. */
export type Unreadable = Extract<Read, { ok: false }>;

export interface Cast {
  now: readonly Persona[];
  next: readonly Persona[];
  /** Those that ship and will not play: they can be cast by name. */
  waiting: readonly Persona[];
}

export interface Joined {
  persona: Persona;
  from: 'shipped' | 'persona' | 'card';
  examples: number;
}

export class Roster {
  readonly #deps: RosterDeps;

  constructor(deps: RosterDeps) {
    this.#deps = deps;
  }

  /** The content of the season that is on. */
  content(): Content {
    const { content } = this.#deps;
    const entries = this.#read(NOW);
    return entries === null ? content : { ...content, cast: this.#castOf(entries) };
  }

  cast(): Cast {
    const now = this.content().cast;
    const entries = this.#read(NEXT);
    const next = entries === null ? now : this.#castOf(entries);
    return { now, next, waiting: this.#deps.personas.filter(({ id }) => next.every((one) => one.id !== id)) };
  }

  /** A persona that ships, by its id. */
  addShipped(id: string): Result<Joined, CastRefusal> | { ok: false; faults: Fault[] } {
    const persona = this.cast().waiting.find((one) => one.id === id);
    if (!persona) return refused('no_such_persona', { name: id });
    const faults = fitFaults(persona, this.#nextContent(), () => false);
    if (faults.length > 0) return { ok: false, faults };
    return this.#join({ persona, from: 'shipped', examples: persona.examples?.length ?? 0 });
  }

  /** A persona from a file's bytes. */
  addFile(bytes: Uint8Array, wishes: Wishes): Result<Joined, CastRefusal> | Unreadable {
    const read = readPersona(bytes, wishes, this.#nextContent(), this.#deps.blocks);
    if (!read.ok) return read;
    const { persona, from, examples } = read;
    return this.#join({ persona, from, examples });
  }

  remove(id: TraderId): Result<Persona, CastRefusal> {
    const { next } = this.cast();
    const leaving = next.find((one) => one.id === id);
    if (!leaving) return refused('not_cast', { name: id });
    if (next.length <= FILE_LIMITS.castMin) return refused('cast_too_small', { least: FILE_LIMITS.castMin });
    this.#write(next.filter((one) => one !== leaving));
    return accepted(leaving);
  }

  /** A season begins: who plays it, as content; null where nobody was changed. Within the transaction of the bell. */
  turnSeason(): Content | null {
    const { keyValues } = this.#deps;
    const next = keyValues.get(NEXT);
    if (next === null) return null;
    keyValues.set(NOW, next);
    keyValues.delete(NEXT);
    return this.content();
  }

  #nextContent(): Content {
    return { ...this.#deps.content, cast: this.cast().next };
  }

  #join(joined: Joined): Result<Joined, CastRefusal> {
    const { next } = this.cast();
    if (next.length >= FILE_LIMITS.castMax) return refused('cast_is_full', { most: FILE_LIMITS.castMax });
    this.#write([...next, joined.persona]);
    return accepted(joined);
  }

  #write(cast: readonly Persona[]): void {
    const { keyValues, personas } = this.#deps;
    const entries = cast.map((one): Entry => (personas.includes(one) ? one.id : one));
    keyValues.set(NEXT, JSON.stringify(entries));
  }

  #read(key: string): Entry[] | null {
    const kept = this.#deps.keyValues.get(key);
    if (kept === null) return null;
    const parsed = castSchema.safeParse(JSON.parse(kept));
    if (parsed.success) return parsed.data;
    this.#deps.log.warn({ key }, 'the cast that a producer chose cannot be read: the one of data/ plays');
    return null;
  }

  /** Whoever data/ no longer holds, or who came to be like somebody that it holds now, is left out; two must remain. */
  #castOf(entries: readonly Entry[]): readonly Persona[] {
    const { content, personas, log } = this.#deps;
    const cast: Persona[] = [];
    for (const entry of entries) {
      const persona = typeof entry === 'string' ? personas.find(({ id }) => id === entry) : entry;
      if (persona && fitFaults(persona, { cast, office: content.office }, () => false).length === 0)
        cast.push(persona);
      else log.warn({ trader: typeof entry === 'string' ? entry : entry.id }, 'cannot play with this data/');
    }
    return cast.length < FILE_LIMITS.castMin ? content.cast : cast.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}
