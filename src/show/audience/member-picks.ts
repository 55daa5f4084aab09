/** What members do about the open pool, by a reaction or by name: what it means for the stakes, by one rule and in one order. */
import { learn, type Learned, type Verdict } from '#core/betting/picks.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { ChipStore, ChipTransaction, Pool, Reaction, Stake } from '../ports/chips.ts';
import { refused, type Result, type StakeRefusal } from '../results.ts';
import type { Placed, Stakes } from './stakes.ts';

export type LearnedOf = Learned & { member: string };
/** A stake by the command, the menu or a button. */
export type Named = Extract<LearnedOf, { what: 'named' | 'doubled' }>;

type Staked = Result<Placed, StakeRefusal>;

/** Something that the member must be told: a stake was refused, or stands although its reaction is gone. */
export interface ToTell {
  member: string;
  why: Extract<Staked, { ok: false }> | { code: 'stands_without_reaction'; outcome: TraderId };
}

export interface Taken {
  /** How many stakes were placed and returned. */
  staked: number;
  returned: number;
  toTell: ToTell[];
  /** What came of each stake that was named, by its place in what was learned: who named it is told there, and not here. */
  named: ReadonlyMap<number, Staked>;
}

interface Taking {
  tx: ChipTransaction;
  pool: Pool;
  taken: Taken & { staked: number; returned: number };
}

export class MemberPicks {
  readonly #chips: ChipStore;
  readonly #stakes: Stakes;

  constructor(chips: ChipStore, stakes: Stakes) {
    this.#chips = chips;
    this.#stakes = stakes;
  }

  /** Takes in what was heard or read, in order and in one transaction. After the bell, none of it means anything. */
  take(learned: readonly LearnedOf[]): Taken {
    const named = new Map<number, Staked>();
    const taken = { staked: 0, returned: 0, toTell: [] as ToTell[], named };
    const pool = this.#openPool();
    this.#chips.transact((tx) => {
      for (const [index, { member, ...each }] of learned.entries()) {
        const isNamed = each.what === 'named' || each.what === 'doubled';
        if (!pool) {
          if (isNamed) named.set(index, refused('no_open_pool'));
          continue;
        }
        const staked = this.#takeOne({ tx, pool, taken }, member, each);
        if (staked?.ok === true && staked.value.moved) taken.staked += 1;
        if (isNamed) named.set(index, staked ?? refused('nothing_to_double'));
        else if (staked?.ok === false) taken.toTell.push({ member, why: staked });
      }
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

  /** What came of the stake, if one was to be placed. */
  #takeOne(taking: Taking, member: string, learned: Learned): Staked | null {
    const { tx, pool } = taking;
    const before = { on: this.#chips.reactions(pool.id, member), stake: this.#chips.stake(pool.id, member) };
    const { on, verdict } = learn(before, learned);
    if (on.length !== before.on.length || on.some((outcome) => !before.on.includes(outcome)))
      tx.setReactions(pool.id, member, on);
    return this.#follow(taking, verdict, member, before.stake);
  }

  #follow({ tx, pool, taken }: Taking, verdict: Verdict, member: string, stake: Stake | null): Staked | null {
    switch (verdict.do) {
      case 'nothing':
        return null;
      case 'stake':
        return this.#stakes.placeIn(
          tx,
          pool,
          { member, outcome: verdict.outcome },
          verdict.chips ?? undefined,
        );
      case 'double':
        return this.#stakes.double(member, 'gain');
      case 'return':
      case 'return_as_unclear':
        if (stake && this.#stakes.takeBack(member, 'gain', stake.outcome).returned > 0) taken.returned += 1;
        if (verdict.do === 'return_as_unclear')
          taken.toTell.push({ member, why: { ok: false, code: 'unclear_pick', facts: {} } });
        return null;
      case 'keep_without_reaction':
        if (!stake) return null;
        this.#stakes.standAlone(stake);
        taken.toTell.push({ member, why: { code: 'stands_without_reaction', outcome: stake.outcome } });
        return null;
      default:
        return verdict satisfies never;
    }
  }

  #openPool(): Pool | null {
    const pool = this.#chips.livePool('gain');
    return pool?.status === 'open' ? pool : null;
  }
}
