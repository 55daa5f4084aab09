/**
 * Finds out whether a message arrived whose answer was lost. It looks in the channel, among the messages after the newest one
 * that is known: places are drained in order, so the message is newer than that. Which of two messages is newer is told by
 * their ids, which both come from Discord, because this machine's clock may be wrong.
 */
import { RESTJSONErrorCodes, type APIMessage } from 'discord.js';
import type { BettingTable } from '../betting/betting-table.ts';
import type { Place, Places } from '../channels/places.ts';
import type { Outbox } from '#show/ports/outbox.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';
import { fingerprint } from '../presentation/message.ts';
import { cardFileName } from '../presentation/posts/card-picture.ts';
import { highlightsCard } from '../presentation/posts/highlights.ts';
import { floorPicture, floorText } from '../presentation/posts/floor.ts';
import type { Shown } from '../presentation/posts/shown.ts';
import type { LinkOf } from './message-links.ts';
import type { Wording } from '../presentation/wording.ts';

const PAGE = 100;
/** Only the bot writes in the show's channels: there are never more messages than this between two of its own. */
const PAGES_MAX = 5;

export interface HistoryDeps {
  outbox: Outbox;
  places: Places;
  api: DiscordApi;
  wording: Wording;
  table: BettingTable;
  linkOf: LinkOf;
  /** The bot's own user id. */
  botId: string;
}

export class History {
  readonly #deps: HistoryDeps;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  /**
   * The id of the message that shows this; null if it did not arrive, and for what is shown by an edit, since an edit does no
   * harm when it is made twice. Rejects with Discord's error.
   */
  async find(place: Place, shown: Shown): Promise<string | null> {
    const { table, places, outbox } = this.#deps;
    // A pool's message is known by its note or its button.
    if (shown.as === 'pool') await table.lookUp(shown.poolId);
    const wanted = this.#fingerprints(shown).map((print) => this.#nameless(print));
    const channelId = places.channel(place);
    if (wanted.length === 0 || channelId === null) return null;
    for await (const message of this.#since(channelId, outbox.newestIn(place))) {
      if (outbox.shows(message.id)) continue;
      const same =
        shown.as === 'speech'
          ? await this.#isSpoken(place, shown, message)
          : message.author.id === this.#deps.botId && wanted.includes(this.#nameless(fingerprint(message)));
      if (same) return message.id;
    }
    return null;
  }

  /** The messages posted since then, oldest first. */
  async *#since(channelId: string, after: string | null): AsyncGenerator<APIMessage> {
    let last = after;
    for (let page = 0; page < PAGES_MAX; page++) {
      const messages = await this.#page(channelId, last);
      yield* messages.toReversed();
      const [newest] = messages;
      if (last === null || messages.length < PAGE || !newest) return;
      last = newest.id;
    }
  }

  async #page(channelId: string, after: string | null): Promise<APIMessage[]> {
    try {
      return await this.#deps.api.history(channelId, PAGE, after ?? undefined);
    } catch (error) {
      // The channel is gone with everything in it; sending makes it again.
      if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return [];
      throw error;
    }
  }

  /**
   * The bot gets messages of its own webhooks without their content (discord-api-docs#5411); a webhook's token gets them whole.
   * If the webhook is gone, nobody can read them: then the speaker's name and the message's order decide.
   */
  async #isSpoken(
    place: Place,
    { trader, text }: Extract<Shown, { as: 'speech' }>,
    message: APIMessage,
  ): Promise<boolean> {
    const { places, api, wording } = this.#deps;
    if (message.webhook_id === undefined) return false;
    const webhook = places.webhook(place, trader);
    if (message.webhook_id !== webhook?.id)
      return message.application_id !== undefined && message.author.username === wording.name(trader);
    try {
      return fingerprint(await api.spoken(webhook, message.id)) === fingerprint({ content: text });
    } catch (error) {
      const { UnknownMessage, UnknownWebhook, InvalidWebhookToken } = RESTJSONErrorCodes;
      if (hasCode(error, UnknownMessage)) return false;
      if (hasCode(error, UnknownWebhook, InvalidWebhookToken)) return true;
      throw error;
    }
  }

  /** A member whom a message named may have been forgotten since it was sent. */
  #nameless(print: string): string {
    return print.replaceAll(/<@\d+>/gu, this.#deps.wording.texts.pool.formerMember);
  }

  #fingerprints(shown: Shown): string[] {
    const { wording } = this.#deps;
    switch (shown.as) {
      case 'speech':
      case 'line':
        return [fingerprint({ content: shown.text })];
      case 'message':
        return [fingerprint(shown.body)];
      case 'floorPicture': {
        const { view } = shown;
        const pictures = (['gif', 'png'] as const).map((format) => {
          const { content, picture } = floorPicture(view, new Uint8Array(), wording, format);
          return fingerprint({ content, attachments: [{ filename: picture?.name ?? '' }] });
        });
        return [...pictures, fingerprint(floorText(view, wording))];
      }
      case 'card':
        return [
          fingerprint({ ...shown.body, attachments: [{ filename: cardFileName(shown.card) }] }),
          fingerprint(shown.body),
        ];
      // A link may have become known since it was sent.
      case 'highlights':
        return [this.#deps.linkOf, () => null].map((linkOf) =>
          fingerprint(highlightsCard(shown.post, linkOf, wording)),
        );
      case 'pool':
      case 'reworded':
      case 'closedBallot':
      case 'nothing':
        return [];
      default:
        return shown satisfies never;
    }
  }
}
