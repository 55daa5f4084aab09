/** Keeps the panel of the green room up to date: as rounds go by and as producers press, but only once in a few seconds. */
import type { Clock, Log } from '#show/ports/clock.ts';
import { Keeper } from './keeper.ts';

const EVERY_MS = 3_000;

export interface PanelKeeperDeps {
  /** Shows the panel as it should read now. Rejects with Discord's error. */
  refresh: () => Promise<void>;
  clock: Clock;
  log: Log;
}

export class PanelKeeper extends Keeper {
  constructor({ refresh, clock, log }: PanelKeeperDeps) {
    const trouble = 'the panel could not be shown';
    super({ keep: refresh, everyMs: EVERY_MS, trouble, place: 'green-room', clock, log });
  }
}
