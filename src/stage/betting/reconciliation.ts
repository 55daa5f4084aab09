/**
 * Reads the reactions under the open pool to learn what was missed while the bot was away. What is heard live meanwhile is
 * newer than what is read.
 */
import type { Meanwhile } from '#core/betting/picks.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { LearnedOf } from '#show/audience/member-picks.ts';
import type { Pool } from '#show/ports/chips.ts';
import type { MessagePlace } from './reaction-writes.ts';

/** What was heard from each member since reactions were last missed: newer than all that was missed. */
type Heard = Map<string, { touched: Set<TraderId>; picked: boolean }>;

/** The members who have reacted with the trader's emoji. Rejects with Discord's error. */
type Reactors = (at: MessagePlace, outcome: TraderId) => Promise<string[]>;

export class Reconciliation {
  readonly #reactors: Reactors;
  /** Null while nothing is missing. It outlives a reading that fails: what was heard before a second try is as new. */
  #heard: Heard | null = null;

  constructor(reactors: Reactors) {
    this.#reactors = reactors;
  }

  /** Reactions may have been missed until now. What was heard before is not newer than they are. */
  missed(): void {
    this.#heard = new Map();
  }

  /** Nothing is missing: there is no message yet, or no pool. */
  nothingMissed(): void {
    this.#heard = null;
  }

  /** A reaction was added or removed live. */
  heard(member: string, outcome: TraderId, on: boolean): void {
    const heard = this.#of(member);
    heard.touched.add(outcome);
    heard.picked ||= on;
  }

  /** A stake was placed by name: a later pick than all that is being read, though no reaction was touched. */
  named(member: string): void {
    this.#of(member).picked = true;
  }

  /**
   * What was learned about everybody who has a reaction there, and about the members who are known to have had one. It must be
   * stored at once. It is empty if more was missed meanwhile, or if another reading was faster. Rejects with Discord's error.
   */
  async read({ outcomes }: Pool, at: MessagePlace, known: () => readonly string[]): Promise<LearnedOf[]> {
    const heard = (this.#heard ??= new Map());
    const picks = new Map<string, TraderId[]>();
    for (const outcome of outcomes) {
      for (const member of await this.#reactors(at, outcome))
        picks.set(member, [...(picks.get(member) ?? []), outcome]);
    }
    if (this.#heard !== heard) return [];
    const members = new Set([...picks.keys(), ...known()]);
    this.#heard = null;
    return [...members].map((member) => ({
      member,
      what: 'read',
      outcomes: picks.get(member) ?? [],
      meanwhile: meanwhile(heard, member),
    }));
  }

  #of(member: string): { touched: Set<TraderId>; picked: boolean } {
    const heard = this.#heard?.get(member) ?? nothingHeard();
    this.#heard?.set(member, heard);
    return heard;
  }
}

function nothingHeard(): { touched: Set<TraderId>; picked: boolean } {
  return { touched: new Set(), picked: false };
}

function meanwhile(all: Heard, member: string): Meanwhile {
  const heard = all.get(member);
  return { touched: [...(heard?.touched ?? [])], picked: heard?.picked ?? false };
}
