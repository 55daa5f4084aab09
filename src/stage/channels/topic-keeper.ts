/**
 * Topics of the show's channels follow its language. One that reads as the show has it in another language is put into the words of
 * this one; what reads otherwise was written by an admin, and stays. Nothing is noted: after a restart the topics tell what is left.
 */
import { RateLimitError, type Guild } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { Keeper } from '../posts/keeper.ts';
import type { Wording } from '../presentation/wording.ts';
import { canBeOurs } from './inspect.ts';
import type { Places } from './places.ts';
import { channelPlans } from './plan.ts';
import type { ShowChannel } from './types.ts';

const EVERY_MS = 5_000;

export interface TopicKeeperDeps {
  guild: Guild;
  places: Places;
  wording: Wording;
  clock: Clock;
  log: Log;
}

export class TopicKeeper extends Keeper {
  constructor(deps: TopicKeeperDeps) {
    const topics = new Topics(deps);
    const trouble = 'the topic of a channel could not follow the language of the show';
    super({ ...deps, keep: (again, closing) => topics.keep(again, closing), everyMs: EVERY_MS, trouble });
  }
}

class Topics {
  readonly #deps: TopicKeeperDeps;
  #waits = false;

  constructor(deps: TopicKeeperDeps) {
    this.#deps = deps;
  }

  /** Rejects with Discord's error, when all were tried. */
  async keep(again: () => void, closing: AbortSignal): Promise<void> {
    const errors: unknown[] = [];
    let laterMs = 0;
    for (const { channel, topic } of this.#foreign()) {
      if (closing.aborted) return;
      try {
        await channel.setTopic(topic);
      } catch (error) {
        // Discord takes two topics of a channel in ten minutes.
        if (error instanceof RateLimitError) laterMs = Math.max(laterMs, error.retryAfter);
        else errors.push(error);
      }
    }
    if (laterMs > 0) void this.#wait(laterMs, again, closing);
    if (errors.length > 0) throw errors[0];
  }

  /** Channels whose topic is in another language of the show, with what it should be. */
  #foreign(): { channel: ShowChannel; topic: string }[] {
    const { guild, places, wording } = this.#deps;
    return channelPlans(wording).flatMap(({ place, topic, topics }) => {
      const channel = guild.channels.cache.get(places.channel(place) ?? '');
      if (!canBeOurs(channel) || channel.topic === null || channel.topic === topic) return [];
      return topics.includes(channel.topic) && channel.manageable ? [{ channel, topic }] : [];
    });
  }

  async #wait(laterMs: number, again: () => void, closing: AbortSignal): Promise<void> {
    if (this.#waits) return;
    this.#waits = true;
    await this.#deps.clock.sleep(laterMs, closing);
    this.#waits = false;
    if (!closing.aborted) again();
  }
}
