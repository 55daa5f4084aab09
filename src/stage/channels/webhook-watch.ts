/**
 * Hears that webhooks of the guild were deleted, renamed or moved, and has those of the traders put right. Only a few times:
 * whoever insists on another name or place has the last word, and `/doctor` says what is missing.
 */
import { describeError } from '#lib/redact.ts';
import type { RoomId } from '#core/vocabulary.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Places } from './places.ts';

export interface WebhookWatchDeps {
  /** Ids of the webhooks in a channel. Rejects with Discord's error. */
  webhooksIn: (channelId: string) => Promise<readonly string[]>;
  /** Puts a room's webhooks right; resolves to whether there was something to do. Rejects when it cannot. */
  repair: (room: RoomId) => Promise<boolean>;
  /** True while the stage itself is changing webhooks. */
  isBuilding: () => boolean;
  places: Pick<Places, 'roomOf' | 'roomOfWebhook'>;
  clock: Clock;
  log: Log;
}

/** Changes come in bursts. */
const SETTLE_MS = 2_000;
/** The most repairs of one room within an hour. */
const REPAIRS = 5;
const HOUR_MS = 3_600_000;

export class WebhookWatch {
  readonly #deps: WebhookWatchDeps;
  readonly #closing = new AbortController();
  readonly #changed = new Set<string>();
  readonly #repairedMs = new Map<RoomId, number[]>();
  #looking: Promise<void> | null = null;

  constructor(deps: WebhookWatchDeps) {
    this.#deps = deps;
  }

  /** Somebody, perhaps the bot itself, changed webhooks of this channel. */
  heard(channelId: string): void {
    if (this.#closing.signal.aborted || this.#deps.isBuilding()) return;
    this.#changed.add(channelId);
    this.#looking ??= this.#look();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#closing;
    try {
      while (this.#changed.size > 0) {
        await clock.sleep(SETTLE_MS, signal);
        if (signal.aborted) return;
        const channels = [...this.#changed];
        this.#changed.clear();
        const rooms = await Promise.all(channels.map((channelId) => this.#roomsOf(channelId)));
        for (const room of new Set(rooms.flat())) await this.#repair(room);
      }
    } finally {
      // Not once the promise has settled: a change that is heard in between would wait for the next one.
      this.#looking = null;
    }
  }

  /** The room whose channel this is; for another channel, the rooms whose webhooks were moved there. */
  async #roomsOf(channelId: string): Promise<RoomId[]> {
    const { places, webhooksIn, log } = this.#deps;
    const room = places.roomOf(channelId);
    if (room !== null) return [room];
    try {
      return (await webhooksIn(channelId)).flatMap((id) => places.roomOfWebhook(id) ?? []);
    } catch (error) {
      // The server's own channel, closed to the bot: if a webhook was moved there, the next line through it will show it.
      log.debug({ channelId, ...describeError(error) }, 'the webhooks of a channel may not be read');
      return [];
    }
  }

  async #repair(room: RoomId): Promise<void> {
    const { repair, clock, log } = this.#deps;
    const nowMs = clock.nowMs();
    const recent = (this.#repairedMs.get(room) ?? []).filter((atMs) => nowMs - atMs < HOUR_MS);
    this.#repairedMs.set(room, recent);
    if (recent.length >= REPAIRS) {
      log.warn(
        { place: room },
        'webhooks of this room were changed again and again; they are left as they are',
      );
      return;
    }
    try {
      if (await repair(room)) recent.push(nowMs);
    } catch (error) {
      log.warn({ place: room, ...describeError(error) }, 'webhooks of this room could not be put right');
    }
  }
}
