/**
 * The few requests that the stage sends to Discord, each with its own rule for retries. discord.js reads the rate limits from
 * the headers of each reply; a caller just waits.
 */
import {
  ReactionType,
  REST,
  Routes,
  type APIChannel,
  type APIGuildMember,
  type APIGuildScheduledEvent,
  type APIMessage,
  type APIRole,
  type APIThreadChannel,
  type APIUser,
  type APIWebhook,
  type RESTGetAPIChannelMessageReactionUsersResult,
  type RESTGetAPIChannelMessagesPinsResult,
  type RESTGetAPIGuildThreadsResult,
  type RESTOptions,
  type RESTPostAPIChannelThreadsJSONBody,
  type RESTPostAPIGuildChannelJSONBody,
  type RESTPatchAPIGuildScheduledEventJSONBody,
  type RESTPostAPIGuildRoleJSONBody,
  type RESTPostAPIGuildScheduledEventJSONBody,
} from 'discord.js';
import type { WebhookCredentials } from '#show/ports/stage-record.ts';
import { following } from '#lib/abortable.ts';
import { restBody, SILENT, type MessageBody } from '../presentation/message.ts';
import { MovedWebhookError } from './api-errors.ts';
import { ReactionLimit } from './reaction-limit.ts';

/** A webhook that belongs in one channel. */
export interface TraderWebhook extends WebhookCredentials {
  channelId: string;
}

const REACTORS_A_PAGE = 100;

export class DiscordApi {
  readonly #bot: REST;
  /**
   * For requests without a nonce, which must not be repeated blindly: a webhook would speak twice, a channel would be made
   * twice. discord.js by itself repeats a request that failed or whose reply was lost.
   */
  readonly #once: REST;
  readonly #token: string;
  readonly #reactionLimit: ReactionLimit;

  constructor(bot: REST, options: Partial<RESTOptions>, token: string) {
    this.#bot = bot;
    this.#once = new REST({ ...options, version: '10', retries: 0 });
    this.#token = token;
    this.#reactionLimit = new ReactionLimit(bot);
  }

  /** Rejects without a second try: see `mayHavePosted`. */
  async makeChannel(guildId: string, body: RESTPostAPIGuildChannelJSONBody): Promise<string> {
    const made = (await this.#make(Routes.guildChannels(guildId), body)) as APIChannel;
    return made.id;
  }

  /** Rejects without a second try: see `mayHavePosted`. */
  async makeRole(guildId: string, body: RESTPostAPIGuildRoleJSONBody): Promise<string> {
    const made = (await this.#make(Routes.guildRoles(guildId), body)) as APIRole;
    return made.id;
  }

  async roles(guildId: string): Promise<APIRole[]> {
    return (await this.#bot.get(Routes.guildRoles(guildId))) as APIRole[];
  }

  async deleteRole(guildId: string, roleId: string): Promise<void> {
    await this.#bot.delete(Routes.guildRole(guildId, roleId));
  }

  async rolesOf(guildId: string, userId: string): Promise<string[]> {
    return ((await this.#bot.get(Routes.guildMember(guildId, userId))) as APIGuildMember).roles;
  }

  async setRole(guildId: string, userId: string, roleId: string, has: boolean): Promise<void> {
    const route = Routes.guildMemberRole(guildId, userId, roleId);
    await (has ? this.#bot.put(route) : this.#bot.delete(route));
  }

  /** Rejects without a second try: see `mayHavePosted`. */
  async makeEvent(guildId: string, body: RESTPostAPIGuildScheduledEventJSONBody): Promise<string> {
    const made = (await this.#make(Routes.guildScheduledEvents(guildId), body)) as APIGuildScheduledEvent;
    return made.id;
  }

  async events(guildId: string): Promise<APIGuildScheduledEvent[]> {
    return (await this.#bot.get(Routes.guildScheduledEvents(guildId))) as APIGuildScheduledEvent[];
  }

  /** Rejects without a second try: see `mayHavePosted`. */
  async makeThread(channelId: string, body: RESTPostAPIChannelThreadsJSONBody): Promise<string> {
    return ((await this.#make(Routes.threads(channelId), body)) as APIThreadChannel).id;
  }

  async activeThreads(guildId: string): Promise<APIThreadChannel[]> {
    const { threads } = (await this.#bot.get(
      Routes.guildActiveThreads(guildId),
    )) as RESTGetAPIGuildThreadsResult;
    return threads as APIThreadChannel[];
  }

  async changeEvent(
    guildId: string,
    eventId: string,
    body: RESTPatchAPIGuildScheduledEventJSONBody,
  ): Promise<void> {
    await this.#bot.patch(Routes.guildScheduledEvent(guildId, eventId), { body });
  }

  async deleteEvent(guildId: string, eventId: string): Promise<void> {
    await this.#bot.delete(Routes.guildScheduledEvent(guildId, eventId));
  }

  /** `avatar` is a data URI. Rejects without a second try: see `mayHavePosted`. */
  async makeHook(channelId: string, body: { name: string; avatar?: string }): Promise<WebhookCredentials> {
    const made = (await this.#make(Routes.channelWebhooks(channelId), body)) as APIWebhook;
    return { id: made.id, token: made.token ?? '' };
  }

  /** Moves a webhook to a channel, renames it, or gives it a portrait. Rejects with Discord's error. */
  async changeHook(
    webhookId: string,
    change: { channel_id?: string; name?: string; avatar?: string },
  ): Promise<void> {
    await this.#bot.patch(Routes.webhook(webhookId), { body: change });
  }

  /** Needs no permission. Rejects with Discord's error. */
  async deleteHook({ id, token }: WebhookCredentials): Promise<void> {
    await this.#bot.delete(Routes.webhook(id, token), { auth: false });
  }

  /** The bot posts, without a sound unless the message pings. Because of `nonce` (at most 25 characters), a repeated request returns the same message. */
  async post(channelId: string, message: MessageBody, nonce: string): Promise<string> {
    const { body, files } = restBody(message);
    const posted = (await this.#bot.post(Routes.channelMessages(channelId), {
      body: {
        ...body,
        nonce,
        enforce_nonce: true,
        flags: message.pings === undefined ? (body.flags ?? 0) | SILENT : (body.flags ?? 0),
      },
      ...(files && { files }),
    })) as APIMessage;
    return posted.id;
  }

  async edit(channelId: string, messageId: string, message: MessageBody): Promise<void> {
    const { body, files } = restBody(message);
    await this.#bot.patch(Routes.channelMessage(channelId, messageId), { body, ...(files && { files }) });
  }

  async delete(channelId: string, messageId: string): Promise<void> {
    await this.#bot.delete(Routes.channelMessage(channelId, messageId));
  }

  async pin(channelId: string, messageId: string): Promise<void> {
    await this.#bot.put(Routes.channelMessagesPin(channelId, messageId));
  }

  /** Pinned messages, the latest pin first. */
  async pins(channelId: string): Promise<APIMessage[]> {
    const { items } = (await this.#bot.get(
      Routes.channelMessagesPins(channelId),
    )) as RESTGetAPIChannelMessagesPinsResult;
    return items.map(({ message }) => message);
  }

  async message(channelId: string, messageId: string): Promise<APIMessage> {
    return (await this.#bot.get(Routes.channelMessage(channelId, messageId))) as APIMessage;
  }

  /** The newest messages, or those right after the message `after`. Newest first. */
  async history(channelId: string, limit: number, after?: string): Promise<APIMessage[]> {
    const query = new URLSearchParams({ limit: String(limit), ...(after !== undefined && { after }) });
    return (await this.#bot.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
  }

  /**
   * A trader speaks through its webhook. Rejects without a second try, see `mayHavePosted`; rejects with MovedWebhookError
   * when the webhook is not where it belongs. When the signal aborts, what has not left never does.
   */
  async speak(
    webhook: TraderWebhook,
    content: string,
    components: MessageBody['components'],
    signal: AbortSignal,
  ): Promise<string> {
    const { body } = restBody({ content, ...(components && { components }) });
    // discord.js listens to a request's signal for ever, and not while it waits for a rate limit.
    const posted = (await following(signal, (own) =>
      this.#once.post(Routes.webhook(webhook.id, webhook.token), {
        body: { ...body, flags: SILENT },
        query: new URLSearchParams({ wait: 'true' }),
        auth: false,
        signal: own,
      }),
    )) as APIMessage;
    if (posted.channel_id !== webhook.channelId) return await this.#takeBack(webhook, posted);
    return posted.id;
  }

  /** A message that the webhook spoke, with its content, which the bot itself does not get. */
  async spoken(webhook: WebhookCredentials, messageId: string): Promise<APIMessage> {
    const route = Routes.webhookMessage(webhook.id, webhook.token, messageId);
    return (await this.#bot.get(route, { auth: false })) as APIMessage;
  }

  /** Shows the bot typing for ten seconds, or until it posts. */
  async type(channelId: string): Promise<void> {
    await this.#bot.post(Routes.channelTyping(channelId));
  }

  async react(channelId: string, messageId: string, emoji: string): Promise<void> {
    await this.#bot.put(Routes.channelMessageOwnReaction(channelId, messageId, encodeURIComponent(emoji)));
  }

  async takeOff(channelId: string, messageId: string, emoji: string, userId: string): Promise<void> {
    await this.#bot.delete(
      Routes.channelMessageUserReaction(channelId, messageId, encodeURIComponent(emoji), userId),
    );
  }

  /** How long the next reaction in this channel must wait according to the headers, in milliseconds; 0 for not at all. */
  reactionsResumeInMs(channelId: string): number {
    return this.#reactionLimit.resumesInMs(channelId);
  }

  /** Everybody except bots who reacted with this emoji, normally or with a super-reaction. */
  async reactors(channelId: string, messageId: string, emoji: string): Promise<string[]> {
    const members = new Set<string>();
    for (const type of [ReactionType.Normal, ReactionType.Super]) {
      for await (const user of this.#reactorsOf(channelId, messageId, emoji, type)) {
        if (user.bot !== true) members.add(user.id);
      }
    }
    return [...members];
  }

  /** Deletes a line in the wrong channel. If that fails, the line must still reach the right one. */
  async #takeBack({ id, token }: WebhookCredentials, { id: messageId }: APIMessage): Promise<never> {
    const moved = new MovedWebhookError(`webhook ${id} was moved to another channel`);
    try {
      await this.#bot.delete(Routes.webhookMessage(id, token, messageId), { auth: false });
    } catch (cause) {
      moved.cause = cause;
    }
    throw moved;
  }

  /** discord.js forgets a token that was refused once, although a single refusal may be a slip. */
  #make(route: `/${string}`, body: object): Promise<unknown> {
    return this.#once.setToken(this.#token).post(route, { body });
  }

  async *#reactorsOf(
    channelId: string,
    messageId: string,
    emoji: string,
    type: ReactionType,
  ): AsyncGenerator<APIUser> {
    const route = Routes.channelMessageReaction(channelId, messageId, encodeURIComponent(emoji));
    for (let after: string | null = null; ;) {
      const query = new URLSearchParams({
        type: String(type),
        limit: String(REACTORS_A_PAGE),
        ...(after && { after }),
      });
      const page = (await this.#bot.get(route, { query })) as RESTGetAPIChannelMessageReactionUsersResult;
      yield* page;
      const last = page.at(-1);
      if (page.length < REACTORS_A_PAGE || !last) return;
      after = last.id;
    }
  }
}
