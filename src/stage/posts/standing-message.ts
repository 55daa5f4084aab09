/** A message that stands in a channel and is edited in place: the board, the rule card, a pool. Made again when gone. */
import { RateLimitError, RESTJSONErrorCodes, type APIMessage } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { MessageBody } from '../presentation/message.ts';
import { describeError } from '#lib/redact.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';

/** Messages older than this may be edited only three times in six seconds a channel. */
const OLD_MS = 3_600_000;

export interface StandingDeps {
  api: DiscordApi;
  keyValues: KeyValues;
  log: Log;
  /** The note that holds `<channel id>/<message id>/<when it was posted, in milliseconds of this machine's clock>`. */
  note: string;
  nonce: () => string;
  /** A pinned message that stands without a note, as after the loss of a database, is known by who wrote it and by this. */
  pinned: { botId: string; isIt: (message: APIMessage) => boolean } | null;
  clock: Clock;
  /** False: the message is one of its kind, as for its reactions. When it is gone `show` rejects with Unknown Message. */
  remade: boolean;
}

export class StandingMessage {
  readonly #deps: StandingDeps;

  constructor(deps: StandingDeps) {
    this.#deps = deps;
  }

  /** Where it stands, if it was ever posted. */
  where(): { channelId: string; messageId: string } | null {
    const [channelId, messageId] = this.#deps.keyValues.get(this.#deps.note)?.split('/') ?? [];
    return channelId && messageId ? { channelId, messageId } : null;
  }

  /** Where it stands: by its note, or else pinned in the channel. Never rejects. */
  async find(channelId: string): Promise<{ channelId: string; messageId: string } | null> {
    const noted = this.where();
    const { api, pinned, keyValues, note } = this.#deps;
    if (noted?.channelId === channelId || !pinned) return noted;
    const { botId, isIt } = pinned;
    let found: APIMessage | undefined;
    await this.#quietly('read what is pinned', async () => {
      found = (await api.pins(channelId)).find((each) => each.author.id === botId && isIt(each));
    });
    if (!found) return noted;
    keyValues.set(note, `${channelId}/${found.id}`);
    return { channelId, messageId: found.id };
  }

  /** Shows `body` in the channel and returns the message's id. Rejects with Discord's error when neither way works. */
  async show(channelId: string, body: MessageBody): Promise<{ messageId: string; made: boolean }> {
    const { api, clock } = this.#deps;
    const there = await this.find(channelId);
    if (there?.channelId !== channelId) return { messageId: await this.#post(channelId, body), made: true };
    try {
      await api.edit(channelId, there.messageId, body);
      return { messageId: there.messageId, made: false };
    } catch (error) {
      if (!this.#deps.remade) throw error;
      // Gone, or too old to be edited this often: a fresh one takes its place.
      const heldBack = isHeldBack(error, clock.nowMs() - this.#postedMs());
      if (!heldBack && !hasCode(error, RESTJSONErrorCodes.UnknownMessage)) throw error;
      const messageId = await this.#post(channelId, body);
      if (heldBack)
        await this.#quietly('delete an old message', () => api.delete(channelId, there.messageId));
      return { messageId, made: true };
    }
  }

  /** By the clock that asks how old it is, which may be another than Discord's; 0 when an earlier version posted it. */
  #postedMs(): number {
    return Number(this.#deps.keyValues.get(this.#deps.note)?.split('/')[2] ?? 0);
  }

  async #post(channelId: string, body: MessageBody): Promise<string> {
    const { api, clock, keyValues, note, nonce, pinned } = this.#deps;
    const messageId = await api.post(channelId, body, nonce());
    keyValues.set(note, `${channelId}/${messageId}/${clock.nowMs()}`);
    if (pinned)
      await this.#quietly('pin a message (it needs Pin Messages)', () => api.pin(channelId, messageId));
    return messageId;
  }

  /** What is nice to have must not stop the show. */
  async #quietly(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#deps.log.info({ note: this.#deps.note, ...describeError(error) }, `could not ${what}`);
    }
  }
}

/** Discord says 30046, mostly as a rate limit; discord.js keeps the code of a rate limit to itself. */
function isHeldBack(error: unknown, ageMs: number): boolean {
  if (hasCode(error, RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached)) return true;
  return error instanceof RateLimitError && ageMs > OLD_MS;
}
