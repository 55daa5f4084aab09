/** Keeps the panel of the green room up to date: as rounds go by and as producers press, but only once in a few seconds. */
import { Coalescer } from '#lib/coalescer.ts';
import { describeError } from '#lib/redact.ts';
import { ToldOnce } from '#lib/told-once.ts';
import type { Clock, Log } from '#show/ports/clock.ts';

const EVERY_MS = 3_000;

export interface PanelKeeperDeps {
  /** Shows the panel as it should read now. Rejects with Discord's error. */
  refresh: () => Promise<void>;
  clock: Clock;
  log: Log;
}

export class PanelKeeper {
  readonly #coalescer: Coalescer;

  constructor({ refresh, clock, log }: PanelKeeperDeps) {
    const told = new ToldOnce();
    const show = async (): Promise<void> => {
      try {
        await refresh();
        told.over('panel');
      } catch (error) {
        // The next round shows it again.
        const described = describeError(error);
        const level = told.isNews('panel', described.error, clock.nowMs()) ? 'warn' : 'debug';
        log[level]({ place: 'green-room', ...described }, 'the panel could not be shown');
      }
    };
    this.#coalescer = new Coalescer(show, EVERY_MS, clock);
  }

  changed(): void {
    this.#coalescer.ask();
  }

  flush(): Promise<void> {
    return this.#coalescer.flush();
  }

  close(): Promise<void> {
    return this.#coalescer.close();
  }
}
