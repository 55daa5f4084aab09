/**
 * Reactions that the bot adds and removes. Discord counts both in one bucket per channel, about four a second, so they are sent
 * one at a time, and only when the headers of the last answer leave room.
 */
import type { Clock } from '#show/ports/clock.ts';
import { SerialQueue } from '#lib/serial-queue.ts';
import type { DiscordApi } from '../discord/api.ts';

export interface MessagePlace {
  channelId: string;
  messageId: string;
}

export class ReactionWrites {
  readonly #api: DiscordApi;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #queue = new SerialQueue();

  /** Nothing is sent once the signal has aborted. */
  constructor(api: DiscordApi, clock: Clock, signal: AbortSignal) {
    this.#api = api;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Adds the bot's own reaction. Rejects with Discord's error. */
  async add({ channelId, messageId }: MessagePlace, emoji: string): Promise<void> {
    await this.#queue.run(async () => {
      await this.#room(channelId);
      if (!this.#signal.aborted) await this.#api.react(channelId, messageId, emoji);
    });
  }

  /**
   * Removes a member's reaction. `wanted` is asked at the moment of sending. Resolves to whether the request was sent; rejects
   * with Discord's error.
   */
  takeOff(
    { channelId, messageId }: MessagePlace,
    { emoji, member, wanted }: { emoji: string; member: string; wanted: () => boolean },
  ): Promise<boolean> {
    return this.#queue.run(async () => {
      await this.#room(channelId);
      if (this.#signal.aborted || !wanted()) return false;
      await this.#api.takeOff(channelId, messageId, emoji, member);
      return true;
    });
  }

  async #room(channelId: string): Promise<void> {
    for (;;) {
      const waitMs = this.#api.reactionsResumeInMs(channelId);
      if (waitMs <= 0 || this.#signal.aborted) return;
      await this.#clock.sleep(waitMs, this.#signal);
    }
  }
}
