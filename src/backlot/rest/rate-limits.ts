import { createHash } from 'node:crypto';

/** `discord`: requests run out as on Discord. `none`: the headers are there, but nothing ever runs out. */
export type LimitsMode = 'discord' | 'none';

interface Window {
  requests: number;
  perMs: number;
}

const GLOBAL: Window = { requests: 50, perMs: 1000 };
const USUAL: Window = { requests: 10, perMs: 1000 };

/** Observed, not promised by Discord: clients must read the headers. By method and route. */
const WINDOWS: Readonly<Record<string, Window>> = {
  'POST /channels/:channelId/messages': { requests: 5, perMs: 5000 },
  'PATCH /channels/:channelId/messages/:messageId': { requests: 5, perMs: 5000 },
  'DELETE /channels/:channelId/messages/:messageId': { requests: 5, perMs: 1000 },
  'GET /channels/:channelId/messages': { requests: 5, perMs: 5000 },
  'POST /channels/:channelId/typing': { requests: 5, perMs: 5000 },
  'PUT /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { requests: 1, perMs: 250 },
  'DELETE /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { requests: 1, perMs: 250 },
  'DELETE /channels/:channelId/messages/:messageId/reactions/:emoji/:userId': { requests: 1, perMs: 250 },
  'POST /webhooks/:webhookId/:webhookToken': { requests: 5, perMs: 2000 },
  'POST /channels/:channelId/webhooks': { requests: 10, perMs: 5000 },
};

/** Limits that the headers do not tell of; Discord answers with a 429 of its own. */
const SUBLIMITS: Readonly<Record<string, { window: Window; applies: (body: unknown) => boolean }>> = {
  'PATCH /channels/:channelId': {
    window: { requests: 2, perMs: 600_000 },
    applies: (body) => typeof body === 'object' && body !== null && ('name' in body || 'topic' in body),
  },
  'POST /webhooks/:webhookId/:webhookToken': { window: { requests: 30, perMs: 60_000 }, applies: () => true },
};

/** Edits of old messages, for each channel. */
const OLD_EDITS: Window = { requests: 3, perMs: 6_000 };
const EDIT = 'PATCH /channels/:channelId/messages/:messageId';
const TOO_MANY_OLD_EDITS = 30046;

export interface Allowance {
  headers: Record<string, string>;
  /** Set when the request must not pass. */
  refused?: {
    retryAfterMs: number;
    global: boolean;
    scope: 'user' | 'global' | 'shared';
    /** Discord's error code; 0 when left out. */
    code?: number;
  };
}

interface Count {
  used: number;
  resetsAtMs: number;
}

export interface Request {
  /** Method and route, as `POST /channels/:channelId/messages`. */
  route: string;
  /** The channel, guild or webhook that has a bucket of its own. */
  major: string;
  /** Answers to interactions and calls with a webhook's token do not count towards the bot's limit over all. */
  countsGlobally: boolean;
  body: unknown;
  /** Of the message that the path names. */
  messageAgeMs?: number | undefined;
}

/** Discord's rate limits: a window for each route and major parameter, tighter ones for some routes, and one for all. */
export class RateLimits {
  readonly #mode: LimitsMode;
  readonly #oldMessageMs: number;
  readonly #counts = new Map<string, Count>();

  /** `oldMessageMs`: edits of messages older than this are limited. */
  constructor(mode: LimitsMode, oldMessageMs: number) {
    this.#mode = mode;
    this.#oldMessageMs = oldMessageMs;
  }

  take({ route, major, countsGlobally, body, messageAgeMs = 0 }: Request): Allowance {
    const window = WINDOWS[route] ?? USUAL;
    const bucket = createHash('sha256').update(route).digest('hex').slice(0, 32);
    if (this.#mode === 'none') {
      return { headers: describe(bucket, window, { used: 0, resetsAtMs: Date.now() + window.perMs }) };
    }
    this.#forgetOld();
    if (countsGlobally && !this.#use('global', GLOBAL)) {
      return {
        headers: {},
        refused: { retryAfterMs: this.#waitMs('global'), global: true, scope: 'global' },
      };
    }
    const key = `${route} ${major}`;
    const passed = this.#use(key, window);
    const headers = describe(bucket, window, this.#counts.get(key));
    if (!passed)
      return { headers, refused: { retryAfterMs: this.#waitMs(key), global: false, scope: 'user' } };
    const sublimit = SUBLIMITS[route];
    const innerKey = `${key} within`;
    if (sublimit?.applies(body) === true && !this.#use(innerKey, sublimit.window)) {
      return { headers, refused: { retryAfterMs: this.#waitMs(innerKey), global: false, scope: 'shared' } };
    }
    const oldKey = `${key} old`;
    if (route === EDIT && messageAgeMs >= this.#oldMessageMs && !this.#use(oldKey, OLD_EDITS)) {
      const retryAfterMs = this.#waitMs(oldKey);
      return { headers, refused: { retryAfterMs, global: false, scope: 'shared', code: TOO_MANY_OLD_EDITS } };
    }
    return { headers };
  }

  #use(key: string, window: Window): boolean {
    const now = Date.now();
    let count = this.#counts.get(key);
    if (count === undefined || count.resetsAtMs <= now) {
      count = { used: 0, resetsAtMs: now + window.perMs };
      this.#counts.set(key, count);
    }
    if (count.used >= window.requests) return false;
    count.used += 1;
    return true;
  }

  #waitMs(key: string): number {
    return Math.max(1, (this.#counts.get(key)?.resetsAtMs ?? 0) - Date.now());
  }

  #forgetOld(): void {
    const now = Date.now();
    if (this.#counts.size < 1000) return;
    for (const [key, { resetsAtMs }] of this.#counts) if (resetsAtMs <= now) this.#counts.delete(key);
  }
}

function describe(bucket: string, window: Window, count: Count | undefined): Record<string, string> {
  const resetsAtMs = count?.resetsAtMs ?? Date.now() + window.perMs;
  return {
    'x-ratelimit-limit': String(window.requests),
    'x-ratelimit-remaining': String(Math.max(0, window.requests - (count?.used ?? 0))),
    'x-ratelimit-reset': (resetsAtMs / 1000).toFixed(3),
    'x-ratelimit-reset-after': (Math.max(0, resetsAtMs - Date.now()) / 1000).toFixed(3),
    'x-ratelimit-bucket': bucket,
  };
}
