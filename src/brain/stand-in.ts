/** A brain that may stop for good, and another that plays in its place. */
import { FumbleError, type Brain } from '#show/ports/brain.ts';

/** The brain has stopped: the next turn would fail for the same reason. */
export class BrainStoppedError extends FumbleError {
  constructor(message: string) {
    super('engine_error', message);
    this.name = 'BrainStoppedError';
  }
}

export interface StoppableBrain extends Brain {
  /** Why turns are rejected with BrainStoppedError, in one line; null while the brain can think. It may become null again. */
  readonly stoppedBy: string | null;
}

/** While `lead` has stopped, `standIn` thinks instead, from the very turn that stopped it. Closing this brain closes both. */
export function withStandIn(lead: StoppableBrain, standIn: Brain): Brain {
  return {
    get label() {
      return lead.stoppedBy === null ? lead.label : `${standIn.label}, in place of ${lead.label}`;
    },
    async think(turn, signal) {
      try {
        return await lead.think(turn, signal);
      } catch (error) {
        if (error instanceof BrainStoppedError) return standIn.think(turn, signal);
        throw error;
      }
    },
    async close() {
      await Promise.all([lead.close(), standIn.close()]);
    },
  };
}
