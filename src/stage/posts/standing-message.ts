/** A message that stays in a channel and is edited in place: the board, the rule card, a pool. If it is gone, it is made again. */
import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes, type APIMessage } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { StageRecord } from '#show/ports/stage-record.ts';
import type { MessageBody } from '../presentation/message.ts';
import { describeError } from '#lib/redact.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';

/** In each channel, messages older than this may be edited only three times in six seconds. */
const OLD_MS = 3_600_000;
/** How many messages are searched for one that is neither recorded nor pinned. */
const HISTORY = 50;

export interface StandingDeps {
  api: DiscordApi;
  stageRecord: StageRecord;
  log: Log;
  /** Its name in the stage's record. */
  name: string;
  nonce: () => string;
  /** Recognises a pinned message of the bot that is not recorded, as after the loss of a database. */
  pinned: { botId: string; isIt: (message: APIMessage) => boolean } | null;
  clock: Clock;
  /** False: the message cannot be replaced, because of its reactions. When it is gone, `show` rejects with Unknown Message. */
  remade: boolean;
}

export class StandingMessage {
  readonly #deps: StandingDeps;

  constructor(deps: StandingDeps) {
    this.#deps = deps;
  }

  /** Where the message is, if it was ever posted. */
  where(): { channelId: string; messageId: string } | null {
    return this.#deps.stageRecord.message(this.#deps.name);
  }

  /** Where the message is: as recorded, or else as found among the channel's pins or its newest messages. Rejects when Discord cannot be reached. */
  async find(channelId: string): Promise<{ channelId: string; messageId: string } | null> {
    const recorded = this.where();
    const { api, pinned, stageRecord, name } = this.#deps;
    if (recorded?.channelId === channelId || !pinned) return recorded;
    const { botId, isIt } = pinned;
    let found: APIMessage | undefined;
    const isMine = (each: APIMessage): boolean => each.author.id === botId && isIt(each);
    await this.#look('read what is pinned', async () => {
      found = (await api.pins(channelId)).find(isMine);
    });
    // A process that ended right after posting it neither recorded nor pinned it.
    await this.#look('read what was posted', async () => {
      found ??= (await api.history(channelId, HISTORY)).find(isMine);
    });
    if (!found) return recorded;
    stageRecord.setMessage(name, { channelId, messageId: found.id, postedMs: 0 });
    return { channelId, messageId: found.id };
  }

  /** Shows `body` in the channel and resolves to the message's id. Rejects with Discord's error. */
  async show(channelId: string, body: MessageBody): Promise<{ messageId: string; made: boolean }> {
    const { api, clock, stageRecord, name } = this.#deps;
    await this.tidy(channelId);
    const there = await this.find(channelId);
    if (there?.channelId !== channelId) return { messageId: await this.#post(channelId, body), made: true };
    try {
      await api.edit(channelId, there.messageId, body);
      return { messageId: there.messageId, made: false };
    } catch (error) {
      if (!this.#deps.remade) throw error;
      // The message is gone, or too old to be edited this often: a fresh one takes its place.
      const heldBack = isHeldBack(error, clock.nowMs() - (stageRecord.message(name)?.postedMs ?? 0));
      if (!heldBack && !hasCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
      if (!heldBack) return await this.#replace(channelId, body);
      // Noted first: whatever ends this process or loses an answer meanwhile, only one of the two will stand.
      stageRecord.setMessage(this.#replacedName, { ...there, postedMs: 0 });
      const messageId = await this.#post(channelId, body);
      await this.tidy(channelId);
      return { messageId, made: true };
    }
  }

  /** Deletes what a fresh message has replaced, and what was posted and never recorded. True when nothing of it is left. */
  async tidy(channelId: string): Promise<boolean> {
    const { api, stageRecord, name, pinned } = this.#deps;
    const replaced = stageRecord.message(this.#replacedName);
    if (!replaced) return true;
    const current = stageRecord.message(name)?.messageId;
    await this.#quietly('delete an old message', async () => {
      const posted = pinned && replaced.channelId === channelId ? await api.history(channelId, HISTORY) : [];
      const mine = posted.filter((each) => each.author.id === pinned?.botId && pinned.isIt(each));
      for (const messageId of new Set([replaced.messageId, ...mine.map(({ id }) => id)]))
        if (messageId !== current) await this.#delete(replaced.channelId, messageId);
      stageRecord.forgetMessage(this.#replacedName);
    });
    return stageRecord.message(this.#replacedName) === null;
  }

  /** The record of the message that a fresh one replaces, while both may stand. */
  get #replacedName(): string {
    return `${this.#deps.name}:replaced`;
  }

  async #delete(channelId: string, messageId: string): Promise<void> {
    try {
      await this.#deps.api.delete(channelId, messageId);
    } catch (error) {
      const { UnknownMessage, UnknownChannel } = RESTJSONErrorCodes;
      if (!hasCode(error, UnknownMessage, UnknownChannel)) throw error;
    }
  }

  /** The recorded message is gone. Another may stand in its place already, posted by a process that did not live to record it. */
  async #replace(channelId: string, body: MessageBody): Promise<{ messageId: string; made: boolean }> {
    const { api, stageRecord, name } = this.#deps;
    stageRecord.forgetMessage(name);
    const there = await this.find(channelId);
    if (there?.channelId !== channelId) return { messageId: await this.#post(channelId, body), made: true };
    await api.edit(channelId, there.messageId, body);
    return { messageId: there.messageId, made: false };
  }

  async #post(channelId: string, body: MessageBody): Promise<string> {
    const { api, clock, stageRecord, name, nonce, pinned } = this.#deps;
    const messageId = await api.post(channelId, body, nonce());
    stageRecord.setMessage(name, { channelId, messageId, postedMs: clock.nowMs() });
    if (pinned)
      await this.#quietly('pin a message (it needs Pin Messages)', () => api.pin(channelId, messageId));
    return messageId;
  }

  /** A look that Discord refuses finds nothing; one that did not reach it says nothing, so that no second message is posted. */
  async #look(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      this.#deps.log.info({ message: this.#deps.name, ...describeError(error) }, `could not ${what}`);
    }
  }

  /** For what is merely nice to have and must not stop the show. */
  async #quietly(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#deps.log.info({ message: this.#deps.name, ...describeError(error) }, `could not ${what}`);
    }
  }
}

/** Discord's code is 30046, but mostly it comes as a rate limit, whose code discord.js does not pass on. */
function isHeldBack(error: unknown, ageMs: number): boolean {
  if (hasCode(error, RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached)) return true;
  return error instanceof RateLimitError && ageMs > OLD_MS;
}
