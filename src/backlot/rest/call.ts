import type { Gateway } from '../gateway/gateway.ts';
import type { Guild } from '../guild/guild.ts';
import { requireInChannel } from '../guild/permissions.ts';
import type { ChannelRecord, MessageRecord } from '../guild/record.ts';
import { requireTextChannel } from '../guild/channels.ts';
import type { Interactions } from '../interactions.ts';
import { refusals } from '../discord-error.ts';
import type { UploadedFile } from './body.ts';
import { Form } from './form.ts';

/** What the routes work on. */
export interface Backstage {
  guild: Guild;
  gateway: Gateway;
  interactions: Interactions;
  /** Messages sent with an enforced nonce, by author and nonce, for a few minutes. */
  nonces: Map<string, { record: MessageRecord; atMs: number }>;
  privilegedIntents: number;
}

/** One request on its way through a route. */
export class Call {
  readonly backstage: Backstage;
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly files: UploadedFile[];
  /** Whether the bot's token came with it. */
  readonly isBot: boolean;
  readonly #params: Readonly<Record<string, string>>;

  constructor(
    backstage: Backstage,
    request: {
      params: Readonly<Record<string, string>>;
      query: URLSearchParams;
      json: unknown;
      files: UploadedFile[];
      isBot: boolean;
    },
  ) {
    this.backstage = backstage;
    this.#params = request.params;
    this.query = request.query;
    this.json = request.json;
    this.files = request.files;
    this.isBot = request.isBot;
  }

  get guild(): Guild {
    return this.backstage.guild;
  }

  param(name: string): string {
    const value = this.#params[name];
    if (value === undefined) throw new Error(`the route has no parameter :${name}`);
    return value;
  }

  form(): Form {
    return new Form(this.json ?? {});
  }

  /** A whole number of the query; throws 50035 when it is out of bounds. */
  queryInteger(name: string, { min, max, usual }: { min: number; max: number; usual: number }): number {
    const form = new Form(Object.fromEntries(this.query));
    const value = form.integer(name, { min, max });
    form.check();
    return value ?? usual;
  }

  /** A flag in the query, false when it is absent; throws 50035 for what is neither true nor false. */
  queryFlag(name: string): boolean {
    const value = this.query.get(name);
    const form = new Form({ ...(value !== null && { [name]: value.toLowerCase() }) });
    const flag = form.choice(name, ['true', 'false', '1', '0']);
    form.check();
    return flag === 'true' || flag === '1';
  }

  /** An id in the query, or undefined; throws 50035 when it is none. */
  querySnowflake(name: string): string | undefined {
    const form = new Form(Object.fromEntries(this.query));
    const value = form.snowflake(name);
    form.check();
    return value;
  }

  /** Throws 10004 when the path names a guild that the bot is not in. */
  requireGuild(): void {
    if (this.param('guildId') !== this.guild.id || !this.guild.hasBot) throw refusals.unknownGuild();
  }

  /** Throws 10002 when the path names another application. */
  requireApplication(): void {
    if (this.param('applicationId') !== this.guild.record.application.id) throw refusals.unknownApplication();
  }

  /** The channel of the path, in which the bot needs these permissions. */
  channel(needed = 0n): ChannelRecord {
    const channel = this.guild.channel(this.param('channelId'));
    requireInChannel(this.guild, this.guild.botId, channel, needed);
    return channel;
  }

  /** The same, for a channel that holds messages. */
  textChannel(needed = 0n): ChannelRecord {
    const channel = this.channel(needed);
    requireTextChannel(channel);
    return channel;
  }

  /** The message of the path. Private replies cannot be reached this way. */
  message(): MessageRecord {
    const record = this.guild.message(this.param('channelId'), this.param('messageId'));
    if (record.onlyFor !== undefined) throw refusals.unknownMessage();
    return record;
  }
}

export interface Answer {
  status: number;
  /** No body when undefined. */
  body?: unknown;
}

export interface Route {
  method: string;
  /** As `/channels/:channelId/messages`. */
  path: string;
  /** Whether a bot's token is needed; tokens in the path are the handler's to check. */
  auth: 'bot' | 'none';
  handle(call: Call): Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };
