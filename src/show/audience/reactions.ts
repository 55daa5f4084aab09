/** Members' reactions on the message of the open pool: what they mean for the stakes, and which of them mean nothing. */
import { learn, type Learned } from '#core/picks.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ChipStore, Pool, Reaction } from '../ports/chips.ts';
import type { Result, StakeRefusal } from '../results.ts';
import type { Stakes } from './stakes.ts';

export type LearnedOf = Learned & { member: string };

/** Something that the member must be told: a stake was refused, or stands although its reaction is gone. */
export interface ToTell {
  member: string;
  why:
    | Extract<Result<never, StakeRefusal>, { ok: false }>
    | { code: 'stands_without_reaction'; outcome: TraderId };
}

export interface Taken {
  /** How many stakes were placed and returned. */
  staked: number;
  returned: number;
  toTell: ToTell[];
}

export class Reactions {
  readonly #chips: ChipStore;
  readonly #stakes: Stakes;

  constructor(chips: ChipStore, stakes: Stakes) {
    this.#chips = chips;
    this.#stakes = stakes;
  }

  /**
   * Takes in what was heard or read about the open pool's reactions, in order and in one transaction. After the bell, reactions
   * mean nothing.
   */
  take(learned: readonly LearnedOf[]): Taken {
    const taken: Taken = { staked: 0, returned: 0, toTell: [] };
    const pool = this.#openPool();
    if (!pool) return taken;
    this.#chips.transact(() => {
      for (const each of learned) this.#takeOne(pool, each, taken);
    });
    return taken;
  }

  /** Everybody who is known to have a reaction there, or a stake that a reaction placed. */
  members(): string[] {
    const pool = this.#openPool();
    if (!pool) return [];
    const staked = this.#chips.stakes(pool.id).filter(({ origin }) => origin === 'reaction');
    return [...new Set([...this.#chips.reactors(pool.id), ...staked.map(({ member }) => member)])];
  }

  /** Some of the reactions that must be removed from the message because they stand for no stake. */
  strays(limit: number): Reaction[] {
    const pool = this.#openPool();
    return pool ? this.#chips.strayReactions(pool.id, limit) : [];
  }

  /** Whether the reaction still stands for no stake: a pick may have come back to it. */
  isStray({ member, outcome }: Reaction): boolean {
    const pool = this.#openPool();
    if (!pool || !this.#chips.reactions(pool.id, member).includes(outcome)) return false;
    return this.#chips.stake(pool.id, member)?.outcome !== outcome;
  }

  #takeOne(pool: Pool, { member, ...learned }: LearnedOf, taken: Taken): void {
    const before = { on: this.#chips.reactions(pool.id, member), stake: this.#chips.stake(pool.id, member) };
    const { on, verdict } = learn(before, learned);
    if (on.length !== before.on.length || on.some((outcome) => !before.on.includes(outcome)))
      this.#chips.transact((tx) => tx.setReactions(pool.id, member, on));
    switch (verdict.do) {
      case 'nothing':
        return;
      case 'stake': {
        const staked = this.#stakes.place(member, verdict.outcome);
        if (!staked.ok) taken.toTell.push({ member, why: staked });
        else if (staked.value.moved) taken.staked += 1;
        return;
      }
      case 'return':
      case 'return_as_unclear':
        if (before.stake && this.#stakes.takeBack(member, before.stake.outcome).returned > 0)
          taken.returned += 1;
        if (verdict.do === 'return_as_unclear')
          taken.toTell.push({ member, why: { ok: false, code: 'unclear_pick', facts: {} } });
        return;
      case 'keep_without_reaction':
        if (!before.stake) return;
        this.#stakes.standAlone(before.stake);
        taken.toTell.push({
          member,
          why: { code: 'stands_without_reaction', outcome: before.stake.outcome },
        });
        return;
      default:
        verdict satisfies never;
    }
  }

  #openPool(): Pool | null {
    const pool = this.#chips.livePool();
    return pool?.status === 'open' ? pool : null;
  }
}
