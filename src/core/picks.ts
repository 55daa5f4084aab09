/**
 * What a member's reactions on a pool's message mean for the stake. One rule for what is heard live and for what is read after
 * a reconnection or a restart: what the member did last is what counts. Pure.
 */
import type { TraderId } from './vocabulary.ts';

/** What a reaction placed stands and falls with the reaction; what a command placed stands by itself. */
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
  /** All reactions of the member that stood when the message was read. */
  | { what: 'read'; outcomes: readonly TraderId[]; meanwhile: Meanwhile };

/** What was heard live from the member since the reading began: it is newer than what was read. */
export interface Meanwhile {
  touched: readonly TraderId[];
  /** One of them was an addition: a later pick than all that was read. */
  added: boolean;
}

export const NOTHING_MEANWHILE: Meanwhile = { touched: [], added: false };

export type Verdict =
  | { do: 'nothing' }
  | { do: 'stake'; outcome: TraderId }
  | { do: 'return' }
  /** Several reactions are new, and nobody can tell which came last: none of them counts, and the earlier pick does not either. */
  | { do: 'return_as_unclear' }
  /** The bot took off the reaction of a pick that came back in the same moment: the stake stands by itself. */
  | { do: 'keep_without_reaction' };

/** The reactions that stand now, and what becomes of the stake. */
export function learn({ on, stake }: Picks, learned: Learned): { on: TraderId[]; verdict: Verdict } {
  const picked = stake?.origin === 'reaction' ? stake.outcome : null;
  // A stake that a reaction placed proves that reaction, even if the reaction itself was not recorded.
  const known = new Set(picked === null ? on : [...on, picked]);
  switch (learned.what) {
    case 'added':
      return {
        on: [...known.add(learned.outcome)],
        verdict: { do: 'stake', outcome: learned.outcome },
      };
    case 'removed': {
      const { outcome, byBot } = learned;
      known.delete(outcome);
      if (outcome !== picked) return { on: [...known], verdict: { do: 'nothing' } };
      return { on: [...known], verdict: { do: byBot ? 'keep_without_reaction' : 'return' } };
    }
    case 'read': {
      const { added } = learned.meanwhile;
      const touched = new Set(learned.meanwhile.touched);
      const read = learned.outcomes.filter((outcome) => !touched.has(outcome));
      const standing = [...known].filter((outcome) => touched.has(outcome));
      return {
        on: [...read, ...standing],
        verdict: added ? { do: 'nothing' } : afterReading(read, known, picked, touched),
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
  if (outcome !== undefined) return { do: 'stake', outcome };
  const gone = picked !== null && !touched.has(picked) && !read.includes(picked);
  return { do: gone ? 'return' : 'nothing' };
}
