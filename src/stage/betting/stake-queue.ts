/**
 * Takes what members did about the pool to the ledger, by reaction or by name, in one order. All that is learned within one turn
 * of the event loop is stored in one transaction, so that a rush of members costs one write to the disk, and not one each.
 */
import type { LearnedOf, Named, Taken, ToTell } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import { describeError } from '#lib/redact.ts';

export interface StakeQueueDeps {
  /** Stores what was learned, all of it or nothing. */
  take: (learned: readonly LearnedOf[]) => Taken;
  /** Called with what members must be told, after it was stored. */
  tell: (what: ToTell) => void;
  /** Called with a member whose stake by name was placed, before who named it is answered. */
  named: (member: string) => void;
  /** Called after every transaction. */
  stored: () => void;
  /** Called when what was learned could not be stored: it has to be read from the message. */
  failed: () => void;
  log: Log;
}

type Staked = Result<Placed, StakeRefusal>;

/** `answer`: whoever named a stake waits to hear what came of it. */
interface Waiting {
  learned: LearnedOf;
  answer: { resolve: (staked: Staked) => void; reject: (error: unknown) => void } | null;
}

const NOTHING: Taken = { staked: 0, returned: 0, toTell: [], named: new Map() };

export class StakeQueue {
  readonly #deps: StakeQueueDeps;
  #waiting: Waiting[] = [];

  constructor(deps: StakeQueueDeps) {
    this.#deps = deps;
  }

  add(learned: LearnedOf): void {
    this.#push({ learned, answer: null });
  }

  /** Rejects with the store's error. */
  name(learned: Named): Promise<Staked> {
    return new Promise((resolve, reject) => this.#push({ learned, answer: { resolve, reject } }));
  }

  /** Stores at once what waits. Never throws: what cannot be stored is read from the message later. */
  flush(): Taken {
    const { take, named, stored, failed, log } = this.#deps;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return NOTHING;
    let taken: Taken;
    try {
      taken = take(waiting.map(({ learned }) => learned));
    } catch (error) {
      for (const { answer } of waiting) answer?.reject(error);
      log.error(
        { reactions: waiting.length, ...describeError(error) },
        'reactions could not be counted; they are read again',
      );
      failed();
      return NOTHING;
    }
    for (const [index, staked] of taken.named) {
      const by = waiting[index];
      if (staked.ok && by) named(by.learned.member);
      by?.answer?.resolve(staked);
    }
    for (const each of taken.toTell) this.#tell(each);
    stored();
    return taken;
  }

  /** What is told is looked up in the database, which may fail; the pick itself is stored by now. */
  #tell(what: ToTell): void {
    const { tell, log } = this.#deps;
    try {
      tell(what);
    } catch (error) {
      log.error(describeError(error), 'a member could not be told what became of a pick');
    }
  }

  #push(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
  }
}
