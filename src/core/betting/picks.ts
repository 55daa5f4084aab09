/**
 * What a member does about an open pool, and what it means for the stake. One rule for reactions, the menu, a button and the
 * command, for what is heard live and for what is read after a reconnection or a restart: what the member did last is what
 * counts. Pure.
 */
import type { TraderId } from '../vocabulary.ts';

/** How the stake was placed. One that was named (by the command, the menu or a button) needs no reaction to stand. */
export type StakeOrigin = 'reaction' | 'command';

/** What is known about a member before the next thing is learned. */
export interface Picks {
  /** Outcomes with a reaction of the member that is known to stand, whether it counts or not. */
  on: readonly TraderId[];
  stake: { outcome: TraderId; origin: StakeOrigin } | null;
}

export type Learned =
  | { what: 'added'; outcome: TraderId }
  /** `byBot`: the bot was taking off this very reaction, so it need not be the member who did it. */
  | { what: 'removed'; outcome: TraderId; byBot: boolean }
  /** By the command, the menu or a button: a stake of so many chips. */
  | { what: 'named'; outcome: TraderId; chips: number }
  /** By a button: twice as much on the same trader. */
  | { what: 'doubled' }
  /** All reactions of the member that stood when the message was read. */
  | { what: 'read'; outcomes: readonly TraderId[]; meanwhile: Meanwhile };

/** What was heard live from the member since the reading began: it is newer than what was read. */
export interface Meanwhile {
  touched: readonly TraderId[];
  /** The member picked a trader, by a reaction or by name: a later pick than all that was read. */
  picked: boolean;
}

export const NOTHING_MEANWHILE: Meanwhile = { touched: [], picked: false };

export type Verdict =
  | { do: 'nothing' }
  /** `chips`: as many as were named; null for a reaction, which keeps the sum of a stake on the same trader. */
  | { do: 'stake'; outcome: TraderId; chips: number | null }
  | { do: 'double' }
  | { do: 'return' }
  /** Several reactions are new, and nobody can tell which came last: none of them counts, and the earlier pick does not either. */
  | { do: 'return_as_unclear' }
  /** The bot took off the reaction of a pick that came back in the same moment: the stake stands by itself. */
  | { do: 'keep_without_reaction' };

/** The reactions that stand now, and what becomes of the stake. */
export function learn({ on, stake }: Picks, learned: Learned): { on: TraderId[]; verdict: Verdict } {
  // A stake that a reaction placed proves that reaction, even if the reaction itself was not recorded. And whoever names another
  // sum for the trader whose reaction stands can still take the stake back by it.
  const picked = stake && (stake.origin === 'reaction' || on.includes(stake.outcome)) ? stake.outcome : null;
  const known = new Set(picked === null ? on : [...on, picked]);
  switch (learned.what) {
    case 'added':
      return {
        on: [...known.add(learned.outcome)],
        verdict: { do: 'stake', outcome: learned.outcome, chips: null },
      };
    case 'named':
      return {
        on: [...known],
        verdict: { do: 'stake', outcome: learned.outcome, chips: learned.chips },
      };
    case 'doubled':
      return { on: [...known], verdict: { do: stake ? 'double' : 'nothing' } };
    case 'removed': {
      const { outcome, byBot } = learned;
      known.delete(outcome);
      if (outcome !== picked) return { on: [...known], verdict: { do: 'nothing' } };
      return { on: [...known], verdict: { do: byBot ? 'keep_without_reaction' : 'return' } };
    }
    case 'read': {
      const { picked: pickedSince } = learned.meanwhile;
      const touched = new Set(learned.meanwhile.touched);
      const read = learned.outcomes.filter((outcome) => !touched.has(outcome));
      const standing = [...known].filter((outcome) => touched.has(outcome));
      return {
        on: [...read, ...standing],
        verdict: pickedSince ? { do: 'nothing' } : afterReading(read, known, picked, touched),
      };
    }
    default:
      return learned satisfies never;
  }
}

/** A reaction that is new came after all that was known; one that is gone was taken off. */
function afterReading(
  read: readonly TraderId[],
  known: ReadonlySet<TraderId>,
  picked: TraderId | null,
  touched: ReadonlySet<TraderId>,
): Verdict {
  const fresh = read.filter((outcome) => !known.has(outcome));
  const [outcome] = fresh;
  if (fresh.length > 1) return { do: 'return_as_unclear' };
  if (outcome !== undefined) return { do: 'stake', outcome, chips: null };
  const gone = picked !== null && !touched.has(picked) && !read.includes(picked);
  return { do: gone ? 'return' : 'nothing' };
}
