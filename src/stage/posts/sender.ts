/** Sends one batch to Discord. If a channel or a webhook turns out to be gone, it is made again and the batch is sent once more. */
import { RESTJSONErrorCodes } from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import type { Outbox, OutboxRow } from '#show/ports/outbox.ts';
import type { BettingTable } from '../betting/betting-table.ts';
import type { CardPainter } from './card-painter.ts';
import type { FloorPainter } from './floor-painter.ts';
import type { MessageBody } from '../presentation/message.ts';
import type { Batch } from './batch.ts';
import type { Ending } from './ending.ts';
import type { Place, Places } from '../channels/places.ts';
import { highlightsCard } from '../presentation/posts/highlights.ts';
import { shownPost } from '../presentation/posts/post.ts';
import type { LinkOf } from './message-links.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode, MovedWebhookError } from '../discord/api-errors.ts';

export interface SenderDeps {
  outbox: Outbox;
  places: Places;
  api: DiscordApi;
  wording: Wording;
  floor: FloorPainter;
  cards: CardPainter;
  table: BettingTable;
  linkOf: LinkOf;
  log: Log;
  nonce: (what: string, n: number) => string;
  /** Makes a place's lost channel and lost webhooks again. */
  repair: (place: Place) => Promise<void>;
}

/** The place has no channel, or the trader no webhook in it: `/setup` makes them. */
export class NotSetUpError extends Error {
  override readonly name = 'NotSetUpError';
  constructor(place: Place) {
    super(`"${place}" is not set up: /setup makes its channel and webhooks`);
  }
}

type Speech = Extract<Batch['shown'], { as: 'speech' }>;

export class Sender {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** Resolves to the message's id; to null when there was nothing left to show. Rejects with Discord's error. */
  async send(place: Place, batch: Batch, ending: Ending): Promise<string | null> {
    return await repairing(
      () => this.#sendOnce(place, batch, ending),
      (error) => this.#repair(place, batch, error),
    );
  }

  /** Sends a card that is not from the outbox. */
  async card(place: Place, body: MessageBody, firstRow: number): Promise<void> {
    const { api, nonce } = this.#deps;
    await repairing(
      () => api.post(this.#channel(place), body, nonce('l', firstRow)),
      (error) => this.#repairChannel(place, error),
    );
  }

  async #sendOnce(place: Place, { rows, shown }: Batch, ending: Ending): Promise<string | null> {
    const { api, table, floor, cards, wording } = this.#deps;
    switch (shown.as) {
      case 'nothing':
        return null;
      case 'speech':
        return await this.#speak(place, shown, rows, ending);
      case 'line':
        return await api.post(this.#channel(place), { content: shown.text }, this.#nonce(rows));
      case 'message':
        return await api.post(this.#channel(place), shown.body, this.#nonce(rows));
      case 'floorPicture': {
        const body = await floor.round(shown.view, wording, ending.closing);
        return await api.post(this.#channel(place), body, this.#nonce(rows));
      }
      case 'card': {
        const body = await cards.under(shown.body, shown.card, wording, ending.closing);
        return await api.post(this.#channel(place), body, this.#nonce(rows));
      }
      case 'highlights': {
        const body = highlightsCard(shown.post, this.#deps.linkOf, wording);
        return await api.post(this.#channel(place), body, this.#nonce(rows));
      }
      case 'pool':
        this.#channel(place);
        return await table.show(shown.poolId);
      case 'reworded': {
        const { post } = shown;
        const messageId = 'row' in post ? this.#deps.outbox.messageOfRow(post.row) : post.messageId;
        if (messageId !== null)
          await this.#change(this.#channel(place), messageId, this.#reworded(messageId));
        return null;
      }
      case 'closedBallot': {
        const messageId = this.#ballotOf(place, shown.poolId);
        if (messageId !== null) await this.#change(this.#channel(place), messageId, shown.body);
        return null;
      }
      default:
        return shown satisfies never;
    }
  }

  /** Where a trader who left the cast has no webhook any more, the bot says what was still waiting. */
  async #speak(place: Place, line: Speech, rows: readonly OutboxRow[], { over }: Ending): Promise<string> {
    const { api, places, wording } = this.#deps;
    const { trader, text, components } = line;
    const webhook = places.webhook(place, trader);
    if (webhook) return await api.speak(webhook, text, components, over);
    if (wording.persona(trader)) throw new NotSetUpError(place);
    const content = `**${wording.name(trader)}**: ${text}`;
    return await api.post(
      this.#channel(place),
      { content, ...(components && { components }) },
      this.#nonce(rows),
    );
  }

  /** Only the bot's own lines are ever reworded. */
  #reworded(messageId: string): MessageBody {
    const { outbox, wording } = this.#deps;
    const rows = outbox.shownIn(messageId).map((planned) => shownPost(planned, wording));
    return { content: rows.flatMap((shown) => (shown.as === 'line' ? shown.text : [])).join('\n') };
  }

  /** Null where it was never shown: in quiet hours, or too late. */
  #ballotOf(place: Place, poolId: string): string | null {
    const { outbox } = this.#deps;
    const messageId = outbox.latestOf(place, 'voteOpened');
    const shows = messageId === null ? [] : outbox.shownIn(messageId);
    return shows.some(({ post }) => post.kind === 'voteOpened' && post.poolId === poolId) ? messageId : null;
  }

  async #change(channelId: string, messageId: string, body: MessageBody): Promise<void> {
    const { api, log } = this.#deps;
    try {
      await api.edit(channelId, messageId, body);
    } catch (error) {
      const { UnknownMessage, CannotEditMessageAuthoredByAnotherUser } = RESTJSONErrorCodes;
      // The message was deleted, or posted under another token: another try changes nothing, and would hold up the next posts.
      if (!hasCode(error, UnknownMessage, CannotEditMessageAuthoredByAnotherUser)) throw error;
      log.info({ messageId, ...describeError(error) }, 'a message could not be changed');
    }
  }

  /** True when something that was gone exists again, so that a second try makes sense. */
  async #repair(place: Place, { shown }: Batch, error: unknown): Promise<boolean> {
    const { repair, places, wording, log } = this.#deps;
    const { UnknownWebhook, InvalidWebhookToken } = RESTJSONErrorCodes;
    const lostHook =
      hasCode(error, UnknownWebhook, InvalidWebhookToken) || error instanceof MovedWebhookError;
    if (shown.as === 'speech' && (lostHook || error instanceof NotSetUpError)) {
      log.warn(
        { place, trader: shown.trader, ...describeError(error) },
        'a webhook is missing; putting it right',
      );
      if (lostHook && !wording.persona(shown.trader)) places.forgetHook(place, shown.trader);
      else await repair(place);
      return true;
    }
    return await this.#repairChannel(place, error);
  }

  async #repairChannel(place: Place, error: unknown): Promise<boolean> {
    const { repair, log } = this.#deps;
    if (!hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return false;
    log.warn({ place, ...describeError(error) }, 'a channel is gone; making it again');
    await repair(place);
    return true;
  }

  #channel(place: Place): string {
    const channelId = this.#deps.places.channel(place);
    if (channelId === null) throw new NotSetUpError(place);
    return channelId;
  }

  #nonce(rows: readonly OutboxRow[]): string {
    return this.#deps.nonce('r', rows[0]?.id ?? 0);
  }
}

/** Sends once more if what was gone exists again; rejects with Discord's error otherwise. */
async function repairing<T>(
  send: () => Promise<T>,
  repair: (error: unknown) => Promise<boolean>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(await repair(error))) throw error;
    return await send();
  }
}
