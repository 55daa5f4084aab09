/** A message that stands in a channel and is edited in place: the board, the rule card, a pool. Made again when gone. */
import { RESTJSONErrorCodes } from 'discord.js';
import type { Log, Notes } from '#show/ports.ts';
import type { MessageBody } from './message.ts';
import { describeError } from './redact.ts';
import { hasCode, type Wire } from './wire.ts';

export interface StandingParts {
  wire: Wire;
  notes: Notes;
  log: Log;
  /** The note that holds `<channel id>/<message id>`. */
  note: string;
  nonce: () => string;
  pinned: boolean;
  /** False: a message that is gone stays gone, and `show` rejects with Unknown Message. */
  remade: boolean;
}

export class StandingMessage {
  readonly #parts: StandingParts;

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  /** Where it stands, if it was ever posted. */
  where(): { channelId: string; messageId: string } | null {
    const [channelId, messageId] = this.#parts.notes.get(this.#parts.note)?.split('/') ?? [];
    return channelId && messageId ? { channelId, messageId } : null;
  }

  /** Shows `body` in the channel and returns the message's id. Rejects with Discord's error when neither way works. */
  async show(channelId: string, body: MessageBody): Promise<{ messageId: string; made: boolean }> {
    const { wire } = this.#parts;
    const there = this.where();
    if (there?.channelId !== channelId) return { messageId: await this.#post(channelId, body), made: true };
    try {
      await wire.edit(channelId, there.messageId, body);
      return { messageId: there.messageId, made: false };
    } catch (error) {
      // Gone, or too old to be edited this often: a fresh one takes its place.
      const tooOld = hasCode(error, RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached);
      const gone = this.#parts.remade && hasCode(error, RESTJSONErrorCodes.UnknownMessage);
      if (!tooOld && !gone) throw error;
      const messageId = await this.#post(channelId, body);
      if (tooOld) await this.#quietly('delete an old message', () => wire.delete(channelId, there.messageId));
      return { messageId, made: true };
    }
  }

  async #post(channelId: string, body: MessageBody): Promise<string> {
    const { wire, notes, note, nonce, pinned } = this.#parts;
    const messageId = await wire.post(channelId, body, nonce());
    notes.set(note, `${channelId}/${messageId}`);
    if (pinned)
      await this.#quietly('pin a message (it needs Pin Messages)', () => wire.pin(channelId, messageId));
    return messageId;
  }

  /** What is nice to have must not stop the show. */
  async #quietly(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.log.info({ note: this.#parts.note, ...describeError(error) }, `could not ${what}`);
    }
  }
}
