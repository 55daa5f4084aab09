/**
 * All productions of this process, one for each guild. One show's trouble never stops another's: it is told to the operator
 * once, and tried again, ever more slowly, while the others go on.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock, Log } from '#show/ports/ports.ts';
import type { Show } from '#show/show.ts';
import type { Production } from './open-show.ts';

export interface CompanyParts {
  /** Opens a guild's show. Throws when its database cannot be used. */
  open: (guildId: string) => Production;
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
/** A show that went so long without trouble is well again. */
const HEALTHY_MS = 60_000;
/** Steps of this share of the pace, in turns, lie far from each other however many they are. */
const GOLDEN = 0.618_033_988_749_895;

interface Engagement {
  leaving: AbortController;
  production: Production | null;
  /** When its rounds begin, as a share of the pace: so that not all shows think at the same moment. */
  phase: number;
  /** The trouble that the operator knows of. */
  told: string | null;
  over: Promise<void>;
}

export class Company {
  readonly #parts: CompanyParts;
  readonly #engagements = new Map<string, Engagement>();
  #entered = 0;
  #closed = false;
  /** Shows open one after another: each open blocks the process for some milliseconds. */
  #turnstile: Promise<unknown> = Promise.resolve();

  constructor(parts: CompanyParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#engagements.size;
  }

  has(guildId: string): boolean {
    return this.#engagements.has(guildId);
  }

  /** Those that are open now. */
  productions(): Production[] {
    return [...this.#engagements.values()].flatMap(({ production }) => production ?? []);
  }

  /**
   * Puts a guild's show on, once. Resolves when the first try to open it has succeeded, to null, or failed, to what
   * was wrong; tries go on.
   */
  enter(guildId: string): Promise<unknown> {
    const present = this.#engagements.get(guildId);
    if (this.#closed || present?.leaving.signal.aborted === false) return Promise.resolve(null);
    const opened = Promise.withResolvers<unknown>();
    const engagement: Engagement = {
      leaving: new AbortController(),
      production: null,
      phase: (this.#entered * GOLDEN) % 1,
      told: null,
      over: Promise.resolve(),
    };
    this.#entered += 1;
    this.#engagements.set(guildId, engagement);
    // Who comes back at once waits until the show before is off.
    const before = present?.over ?? Promise.resolve();
    engagement.over = before.then(() => this.#engage(guildId, engagement, opened.resolve));
    return opened.promise;
  }

  /** Takes a guild's show off. Resolves when its database is closed. */
  async leave(guildId: string): Promise<void> {
    const engagement = this.#engagements.get(guildId);
    if (!engagement) return;
    engagement.leaving.abort();
    await engagement.over;
    if (this.#engagements.get(guildId) === engagement) this.#engagements.delete(guildId);
  }

  /** Every show does what its timetable says is due, each a little after the one before. */
  nudge(): void {
    for (const [guildId, engagement] of this.#engagements) void this.#nudgeOne(guildId, engagement);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#engagements.keys()].map((guildId) => this.leave(guildId)));
  }

  async #nudgeOne(guildId: string, engagement: Engagement): Promise<void> {
    const { phase, leaving } = engagement;
    const { clock, log } = this.#parts;
    try {
      const { production } = engagement;
      if (!production) return;
      await clock.sleep(phase * spreadMs(production), leaving.signal);
      // Another one by now, or none: it is nudged in a minute.
      if (engagement.production === production) production.nudge();
    } catch (error) {
      // The next round meets the same trouble and deals with it.
      log.warn({ guild: guildId, error: messageOf(error) }, 'a nudge failed; the next comes in a minute');
    }
  }

  async #engage(guildId: string, engagement: Engagement, opened: (error: unknown) => void): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = engagement.leaving;
    let backoffMs = BACKOFF_MIN_MS;
    while (!signal.aborted) {
      const sinceMs = clock.nowMs();
      try {
        await this.#perform(guildId, engagement, opened);
      } catch (error) {
        opened(error);
        if (clock.nowMs() - sinceMs >= HEALTHY_MS) backoffMs = BACKOFF_MIN_MS;
        this.#report(guildId, engagement, error, backoffMs);
        await clock.sleep(backoffMs, signal);
        backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
      }
    }
    opened(null);
  }

  /** From opening to leaving. Rejects when the show cannot go on; then it is closed. */
  async #perform(guildId: string, engagement: Engagement, opened: (error: unknown) => void): Promise<void> {
    const { stage, clock } = this.#parts;
    const { leaving, phase } = engagement;
    const production = await this.#open(guildId, leaving.signal);
    if (!production) return;
    const done = new AbortController();
    engagement.production = production;
    opened(null);
    try {
      await stage.attach(guildId, production.show);
      await clock.sleep(phase * spreadMs(production), leaving.signal);
      void this.#watchHealth(guildId, engagement, done.signal);
      await production.run(leaving.signal);
    } finally {
      done.abort();
      engagement.production = null;
      await stage.detach(guildId).finally(() => production.close());
    }
  }

  /** Null when the guild left while it waited. */
  #open(guildId: string, signal: AbortSignal): Promise<Production | null> {
    const opened = this.#turnstile.then(async () => {
      await breathe();
      return signal.aborted ? null : this.#parts.open(guildId);
    });
    // The next one does not care how this one went; its own caller does.
    this.#turnstile = opened.catch(() => undefined);
    return opened;
  }

  #report(guildId: string, engagement: Engagement, error: unknown, retryInMs: number): void {
    const { log } = this.#parts;
    const trouble = messageOf(error);
    const details = { guild: guildId, error: trouble, retryInMs };
    if (engagement.told === trouble) log.debug(details, 'this show is still in the same trouble');
    else log.error(details, 'this show cannot go on; it is tried again, and the others go on');
    engagement.told = trouble;
  }

  async #watchHealth(guildId: string, engagement: Engagement, done: AbortSignal): Promise<void> {
    if (engagement.told === null) return;
    await this.#parts.clock.sleep(HEALTHY_MS, done);
    if (done.aborted) return;
    engagement.told = null;
    this.#parts.log.warn({ guild: guildId }, 'this show goes on again');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function spreadMs({ show }: Production): number {
  return show.status().paceMs;
}
