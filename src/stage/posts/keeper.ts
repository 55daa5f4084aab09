/**
 * Keeps something in Discord as it should read now: asked whenever it may have changed, it acts once in a while at most. What
 * Discord refuses is tried again at the next change, and told to the log once.
 */
import { Coalescer } from '#lib/coalescer.ts';
import { describeError } from '#lib/redact.ts';
import { ToldOnce } from '#lib/told-once.ts';
import type { Clock, Log } from '#show/ports/clock.ts';

export interface KeeperDeps {
  /**
   * Brings it up to date, and asks for `again` where something is left over. Rejects with Discord's error.
   * @param closing aborts when nothing more is to be waited for
   */
  keep: (again: () => void, closing: AbortSignal) => Promise<void>;
  everyMs: number;
  /** For the log: what was not done, and where. */
  trouble: string;
  place?: string;
  clock: Clock;
  log: Log;
}

export class Keeper {
  readonly #refresh: Coalescer;
  readonly #closing = new AbortController();

  constructor({ keep, everyMs, trouble, place, clock, log }: KeeperDeps) {
    const told = new ToldOnce();
    const tryToKeep = async (): Promise<void> => {
      try {
        await keep(() => this.changed(), this.#closing.signal);
        told.over(trouble);
      } catch (error) {
        const described = describeError(error);
        const level = told.isNews(trouble, described.error, clock.nowMs()) ? 'warn' : 'debug';
        log[level]({ ...(place !== undefined && { place }), ...described }, trouble);
      }
    };
    this.#refresh = new Coalescer(tryToKeep, everyMs, clock);
  }

  changed(): void {
    this.#refresh.ask();
  }

  flush(): Promise<void> {
    return this.#refresh.flush();
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#refresh.close();
  }
}
