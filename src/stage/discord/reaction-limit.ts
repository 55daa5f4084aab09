/** When the next reaction may be added or removed in a channel, according to the headers of the last answers. */
import { RESTEvents, type REST } from 'discord.js';

/** Adding and removing, one's own reaction or a member's: Discord counts all of it in one bucket per channel. */
const WRITES = /^\/channels\/(\d+)\/messages\/\d+\/reactions\/./u;

export class ReactionLimit {
  /** By channel, in milliseconds of the process's own clock. */
  readonly #resumesAtMs = new Map<string, number>();

  constructor(rest: REST) {
    rest.on(RESTEvents.Response, ({ method, path }, { headers }) => {
      const channelId = WRITES.exec(path)?.[1];
      if (channelId === undefined || method === 'GET') return;
      const remaining = Number(headers.get('x-ratelimit-remaining') ?? 1);
      const afterMs = Number(headers.get('x-ratelimit-reset-after') ?? 0) * 1_000;
      if (remaining > 0) this.#resumesAtMs.delete(channelId);
      else this.#resumesAtMs.set(channelId, performance.now() + afterMs);
    });
  }

  /** 0 when there is room now. */
  resumesInMs(channelId: string): number {
    return Math.max(0, (this.#resumesAtMs.get(channelId) ?? 0) - performance.now());
  }
}
