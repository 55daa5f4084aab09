/**
 * Takes what was learned about members' reactions to the ledger, in order. All that is learned within one turn of the event loop
 * is stored in one transaction, so that a rush of members costs one write to the disk, and not one each.
 */
import type { LearnedOf, Taken, ToTell } from '#show/audience/reactions.ts';
import type { Log } from '#show/ports/clock.ts';
import { describeError } from '#lib/redact.ts';

export interface StakeQueueDeps {
  /** Stores what was learned, all of it or nothing. */
  take: (learned: readonly LearnedOf[]) => Taken;
  /** Called with what members must be told, after it was stored. */
  tell: (what: ToTell) => void;
  /** Called after every transaction. */
  stored: () => void;
  /** Called when what was learned could not be stored: it has to be read from the message. */
  failed: () => void;
  log: Log;
}

const NOTHING: Taken = { staked: 0, returned: 0, toTell: [] };

export class StakeQueue {
  readonly #deps: StakeQueueDeps;
  #waiting: LearnedOf[] = [];

  constructor(deps: StakeQueueDeps) {
    this.#deps = deps;
  }

  add(learned: LearnedOf): void {
    this.#waiting.push(learned);
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
  }

  /** Stores at once what waits. Never throws: what cannot be stored is read from the message later. */
  flush(): Taken {
    const { take, tell, stored, failed, log } = this.#deps;
    const learned = this.#waiting;
    this.#waiting = [];
    if (learned.length === 0) return NOTHING;
    let taken: Taken;
    try {
      taken = take(learned);
    } catch (error) {
      log.error(
        { reactions: learned.length, ...describeError(error) },
        'reactions could not be counted; they are read again',
      );
      failed();
      return NOTHING;
    }
    for (const each of taken.toTell) tell(each);
    stored();
    return taken;
  }
}
