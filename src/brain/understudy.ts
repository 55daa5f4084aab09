/** A brain made for some traders, and an understudy for all others, so that a new persona plays from its first day. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain } from '#show/ports/brain.ts';

/** `lead` thinks for the traders in `cast`, `understudy` for everybody else. Closing this brain closes both. */
export function withUnderstudy(lead: Brain, cast: ReadonlySet<TraderId>, understudy: Brain): Brain {
  return {
    label: `${lead.label}, ${understudy.label} for others`,
    think: (turn, signal) => (cast.has(turn.observation.trader) ? lead : understudy).think(turn, signal),
    close: async () => {
      await Promise.all([lead.close(), understudy.close()]);
    },
  };
}
