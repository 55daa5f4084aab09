/**
 * All open shows of this process, one for each guild. One show's trouble never stops another's: it is told to the operator
 * once, and tried again, ever more slowly, while the others go on.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Show } from '#show/show.ts';
import { errorText } from '#lib/error-text.ts';
import { Backoff } from '#lib/backoff.ts';
import { SerialQueue } from '#lib/serial-queue.ts';
import type { OpenShow } from './open-show.ts';

export interface SupervisorDeps {
  /** Opens a guild's show. Throws when its database cannot be used. */
  open: (guildId: string) => OpenShow;
  stage: {
    attach(guildId: string, show: Show): Promise<void>;
    /** Does no harm to a guild that has no show. */
    detach(guildId: string): Promise<void>;
  };
  clock: Clock;
  log: Log;
}

const BACKOFF_MIN_MS = 5_000;
const BACKOFF_MAX_MS = 600_000;
/** A show that has had no trouble for this long is well again. */
const HEALTHY_MS = 60_000;
/** Steps of this share of the pace, in turns, lie far from each other however many they are. */
const GOLDEN = 0.618_033_988_749_895;

interface Entry {
  leaving: AbortController;
  /** Aborts the wait for the next try, while there is one. */
  waiting: AbortController | null;
  running: OpenShow | null;
  /** When its rounds begin, as a share of the pace: so that not all shows think at the same moment. */
  phase: number;
  /** The trouble that the operator knows of. */
  told: string | null;
  /** When it is tried again; null while it is on, or being opened. */
  retryAtMs: number | null;
  over: Promise<void>;
}

export class ShowSupervisor {
  readonly #deps: SupervisorDeps;
  readonly #entries = new Map<string, Entry>();
  #entered = 0;
  #closed = false;
  /** Shows open one after another: each open blocks the process for some milliseconds. */
  readonly #opening = new SerialQueue();

  constructor(deps: SupervisorDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(guildId: string): boolean {
    return this.#entries.has(guildId);
  }

  /** Those that are open now. */
  openShows(): OpenShow[] {
    return [...this.#entries.values()].flatMap(({ running }) => running ?? []);
  }

  /** All guilds' shows; null in place of one that is not open. */
  shows(): { guildId: string; show: Show | null; trouble: string | null }[] {
    return [...this.#entries].map(([guildId, { running, told }]) => ({
      guildId,
      show: running?.show ?? null,
      trouble: told,
    }));
  }

  /** Why a guild's show is not on the stage; null for a guild without a show. */
  whyAway(guildId: string): { why: string | null; retryAtMs: number | null } | null {
    const entry = this.#entries.get(guildId);
    return entry && !entry.leaving.signal.aborted ? { why: entry.told, retryAtMs: entry.retryAtMs } : null;
  }

  /**
   * Puts a guild's show on, once. Resolves after the first try to open it: to null if it opened, else to what was
   * wrong; then it is tried again. A show that waits for its next try gets it at once.
   */
  add(guildId: string): Promise<unknown> {
    const present = this.#entries.get(guildId);
    present?.waiting?.abort();
    if (this.#closed || present?.leaving.signal.aborted === false) return Promise.resolve(null);
    const opened = Promise.withResolvers<unknown>();
    const entry: Entry = {
      leaving: new AbortController(),
      waiting: null,
      running: null,
      phase: (this.#entered * GOLDEN) % 1,
      told: null,
      retryAtMs: null,
      over: Promise.resolve(),
    };
    this.#entered += 1;
    this.#entries.set(guildId, entry);
    // A guild that comes back at once waits until its former show is off.
    const before = present?.over ?? Promise.resolve();
    entry.over = before.then(() => this.#engage(guildId, entry, opened.resolve));
    return opened.promise;
  }

  /** Takes a guild's show off. Resolves when its database is closed. */
  async remove(guildId: string): Promise<void> {
    const entry = this.#entries.get(guildId);
    if (!entry) return;
    entry.leaving.abort();
    await entry.over;
    if (this.#entries.get(guildId) === entry) this.#entries.delete(guildId);
  }

  /** Every show does what its timetable says is due, each a little after the one before. */
  minuteTick(): void {
    for (const [guildId, entry] of this.#entries) void this.#tickOne(guildId, entry);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#entries.keys()].map((guildId) => this.remove(guildId)));
  }

  async #tickOne(guildId: string, entry: Entry): Promise<void> {
    const { phase, leaving } = entry;
    const { clock, log } = this.#deps;
    try {
      const { running } = entry;
      if (!running) return;
      await clock.sleep(phase * spreadMs(running), leaving.signal);
      // The guild has another show by now, or none: it gets its tick in a minute.
      if (entry.running === running) running.minuteTick();
    } catch (error) {
      // The next round meets the same trouble and deals with it.
      log.warn({ guild: guildId, error: errorText(error) }, 'a tick failed; the next comes in a minute');
    }
  }

  async #engage(guildId: string, entry: Entry, opened: (error: unknown) => void): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = entry.leaving;
    const backoff = new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
    while (!signal.aborted) {
      const sinceMs = clock.nowMs();
      try {
        await this.#perform(guildId, entry, opened);
      } catch (error) {
        opened(error);
        if (clock.nowMs() - sinceMs >= HEALTHY_MS) backoff.reset();
        const retryInMs = backoff.next();
        this.#report(guildId, entry, error, retryInMs);
        entry.waiting = new AbortController();
        entry.retryAtMs = clock.nowMs() + retryInMs;
        await clock.sleep(retryInMs, AbortSignal.any([signal, entry.waiting.signal]));
        entry.retryAtMs = null;
        entry.waiting = null;
      }
    }
    opened(null);
  }

  /** From opening to leaving. Rejects when the show cannot go on; then it is closed. */
  async #perform(guildId: string, entry: Entry, opened: (error: unknown) => void): Promise<void> {
    const { stage, clock } = this.#deps;
    const { leaving, phase } = entry;
    const running = await this.#open(guildId, leaving.signal);
    if (!running) return;
    const done = new AbortController();
    entry.running = running;
    opened(null);
    try {
      await stage.attach(guildId, running.show);
      await clock.sleep(phase * spreadMs(running), leaving.signal);
      void this.#watchHealth(guildId, entry, done.signal);
      await running.run(leaving.signal);
    } finally {
      done.abort();
      entry.running = null;
      await stage.detach(guildId).finally(() => running.close());
    }
  }

  /** Null when the guild left while it waited. */
  #open(guildId: string, signal: AbortSignal): Promise<OpenShow | null> {
    return this.#opening.run(async () => {
      await breathe();
      return signal.aborted ? null : this.#deps.open(guildId);
    });
  }

  #report(guildId: string, entry: Entry, error: unknown, retryInMs: number): void {
    const { log } = this.#deps;
    const trouble = errorText(error);
    const details = { guild: guildId, error: trouble, retryInMs };
    if (entry.told === trouble) log.debug(details, 'this show is still in the same trouble');
    else log.error(details, 'this show cannot go on; it is tried again, and the others go on');
    entry.told = trouble;
  }

  async #watchHealth(guildId: string, entry: Entry, done: AbortSignal): Promise<void> {
    if (entry.told === null) return;
    await this.#deps.clock.sleep(HEALTHY_MS, done);
    if (done.aborted) return;
    entry.told = null;
    this.#deps.log.warn({ guild: guildId }, 'this show goes on again');
  }
}

function spreadMs({ show }: OpenShow): number {
  return show.status().paceMs;
}
