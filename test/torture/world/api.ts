/** The stage's requests, in a simulated world: each takes its time, may be refused, may lose its answer, or find its sender dead. */
import { DiscordAPIError, HTTPError, MessageType, RateLimitError, REST, type APIMessage } from 'discord.js';
import type { WebhookCredentials } from '#show/ports/stage-record.ts';
import { DiscordApi, type TraderWebhook } from '#stage/discord/api.ts';
import { restBody, type MessageBody } from '#stage/presentation/message.ts';
import type { Faults } from '../sim/faults.ts';
import type { Kernel } from '../sim/kernel.ts';
import type { Life } from '../sim/life.ts';
import { BOT_ID, type Body, type Discord, type Posted } from './discord.ts';

const FAST_MS = 80;
const SLOW_MS = 9_000;
/** discord.js gives up waiting for an answer after so long. */
const LOST_MS = 15_000;
const RATE_LIMIT_MS = 20_000;

export interface Way {
  kernel: Kernel;
  life: Life;
  faults: Faults;
  discord: Discord;
  /** False in an outage. */
  reachable: () => boolean;
  /** False on a server that withholds Manage Messages. */
  mayTakeOff: boolean;
  requested: () => void;
}

export class SimulatedApi extends DiscordApi {
  readonly #way: Way;

  constructor(way: Way) {
    const options = { hashSweepInterval: 0, handlerSweepInterval: 0 };
    super(new REST(options), options, 'token');
    this.#way = way;
  }

  override post(channelId: string, message: MessageBody, nonce: string): Promise<string> {
    return this.#ask('POST', (discord) => idOf(discord.post(channelId, bodyOf(message), { nonce })));
  }

  override speak(
    webhook: TraderWebhook,
    content: string,
    _components: MessageBody['components'],
    signal: AbortSignal,
  ): Promise<string> {
    return this.#ask(
      'POST',
      (discord) => {
        const hook = discord.hooks.get(webhook.id);
        if (hook?.token !== webhook.token) throw refusal(10015, 404);
        return idOf(discord.post(hook.channelId, bodyOf({ content }), { hook }));
      },
      signal,
    );
  }

  override edit(_channelId: string, messageId: string, message: MessageBody): Promise<void> {
    return this.#ask('PATCH', (discord) => {
      const posted = found(discord, messageId);
      const { content, embeds, components } = bodyOf(message);
      Object.assign(posted, { content, embeds, components, edits: posted.edits + 1 });
    });
  }

  override delete(_channelId: string, messageId: string): Promise<void> {
    return this.#ask('DELETE', (discord) => discord.delete(found(discord, messageId).id));
  }

  override pin(_channelId: string, messageId: string): Promise<void> {
    return this.#ask('PUT', (discord) => {
      found(discord, messageId).pinned = true;
    });
  }

  override pins(channelId: string): Promise<APIMessage[]> {
    return this.#ask('GET', (discord) =>
      (discord.byChannel.get(channelId) ?? []).filter(({ pinned }) => pinned).map(messageOf),
    );
  }

  override message(_channelId: string, messageId: string): Promise<APIMessage> {
    return this.#ask('GET', (discord) => messageOf(found(discord, messageId)));
  }

  override history(channelId: string, limit: number, after?: string): Promise<APIMessage[]> {
    return this.#ask('GET', (discord) => {
      const channel = discord.byChannel.get(channelId);
      if (!channel) throw refusal(10003, 404);
      const since = after === undefined ? 0 : channel.findIndex(({ id }) => BigInt(id) > BigInt(after));
      if (since === -1) return [];
      const page = after === undefined ? channel.slice(-limit) : channel.slice(since, since + limit);
      return page.toReversed().map(messageOf);
    });
  }

  override spoken(webhook: WebhookCredentials, messageId: string): Promise<APIMessage> {
    return this.#ask('GET', (discord) => {
      if (!discord.hooks.has(webhook.id)) throw refusal(10015, 404);
      const posted = found(discord, messageId);
      return { ...messageOf(posted), content: posted.content };
    });
  }

  override type(): Promise<void> {
    return this.#ask('POST', () => undefined);
  }

  override react(_channelId: string, messageId: string, emoji: string): Promise<void> {
    return this.#ask(
      'PUT',
      (discord) => void discord.react(found(discord, messageId).id, emoji, BOT_ID, true),
    );
  }

  override takeOff(_channelId: string, messageId: string, emoji: string, userId: string): Promise<void> {
    return this.#ask('DELETE', (discord) => {
      if (!this.#way.mayTakeOff) throw refusal(50013, 403);
      discord.react(found(discord, messageId).id, emoji, userId, false);
    });
  }

  override reactors(_channelId: string, messageId: string, emoji: string): Promise<string[]> {
    if (this.#way.faults.strike('failed reading'))
      return Promise.reject(new HTTPError(503, 'Service Unavailable', 'GET', '', {}));
    return this.#ask('GET', (discord) =>
      [...(found(discord, messageId).reactions.get(emoji) ?? [])].filter((id) => id !== BOT_ID),
    );
  }

  override reactionsResumeInMs(): number {
    return 0;
  }

  /** A request on its way: sent, applied, answered; at each of these something may happen. */
  async #ask<T>(method: string, apply: (discord: Discord) => T, signal?: AbortSignal): Promise<T> {
    const { kernel, life, faults, discord, reachable, requested } = this.#way;
    if (life.dead) return await never();
    requested();
    if (faults.strike('kill before a request')) {
      life.kill('before a request');
      return await never();
    }
    await kernel.sleep(faults.strike('slow answer') ? SLOW_MS : FAST_MS);
    signal?.throwIfAborted();
    if (!reachable()) throw unreachable();
    if (faults.strike('request refused')) throw new HTTPError(502, 'Bad Gateway', method, '', {});
    if (faults.strike('rate limit')) throw limited(method);
    // The request of a killed process may still arrive.
    const answer = apply(discord);
    if (faults.strike('kill after a request')) life.kill('after a request');
    await kernel.sleep(FAST_MS);
    if (life.dead) return await never();
    if (!reachable()) throw cut();
    if (faults.strike('answer lost')) {
      await kernel.sleep(LOST_MS);
      throw cut();
    }
    return answer;
  }
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

function bodyOf(message: MessageBody): Body {
  const { body } = restBody(message);
  return {
    content: (body.content ?? '').trim(),
    embeds: body.embeds ?? [],
    components: body.components,
    files: (body.attachments ?? []).map(({ filename }) => filename),
  };
}

function idOf(posted: Posted | null): string {
  if (!posted) throw refusal(10003, 404);
  return posted.id;
}

function found(discord: Discord, messageId: string): Posted {
  const posted = discord.messages.get(messageId);
  if (!posted) throw refusal(10008, 404);
  return posted;
}

/** As the bot gets it: what its own webhooks spoke comes without words. */
function messageOf(posted: Posted): APIMessage {
  const { id, channelId, webhookId, embeds, components, reactions } = posted;
  return {
    id,
    channel_id: channelId,
    author: {
      id: webhookId ?? BOT_ID,
      username: 'bot',
      discriminator: '0',
      global_name: null,
      avatar: null,
    },
    content: webhookId === null ? posted.content : '',
    timestamp: new Date(posted.atMs).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: posted.files.map((filename, nth) => ({
      id: String(nth),
      filename,
      size: 1,
      url: '',
      proxy_url: '',
    })),
    embeds,
    components,
    pinned: false,
    type: MessageType.Default,
    ...(webhookId !== null && { webhook_id: webhookId, application_id: BOT_ID }),
    reactions: [...reactions].map(([name, members]) => ({
      count: members.size,
      count_details: { burst: 0, normal: members.size },
      me: members.has(BOT_ID),
      me_burst: false,
      burst_colors: [],
      emoji: { id: null, name },
    })),
  };
}

function refusal(code: number, status: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: `refused with ${code}` }, code, status, 'POST', '', {});
}

function unreachable(): Error {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  return new TypeError('fetch failed', { cause });
}

function cut(): Error {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError('fetch failed', { cause });
}

function limited(method: string): RateLimitError {
  return new RateLimitError({
    global: false,
    hash: '',
    limit: 5,
    majorParameter: '',
    method,
    retryAfter: RATE_LIMIT_MS,
    route: '',
    scope: 'shared',
    sublimitTimeout: 0,
    timeToReset: RATE_LIMIT_MS,
    url: '',
  });
}
