/**
 * Shows the posts that wait in one place. First it settles what may have been shown already, then it tells members what they
 * missed, and then it sends one message after another and marks each as one unit.
 */
import { DiscordAPIError } from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import type { LostLines, Outbox, OutboxRow, Place, WaitingRow } from '#show/ports/outbox.ts';
import type { Show } from '#show/show.ts';
import { describeError } from '#lib/redact.ts';
import { mayHavePosted } from '../discord/api-errors.ts';
import { quietHoursCard, signalLostCard } from '../presentation/posts/cards.ts';
import { shownPost } from '../presentation/posts/post.ts';
import { NOTHING, type Shown } from '../presentation/posts/shown.ts';
import type { MessageBody } from '../presentation/message.ts';
import type { Wording } from '../presentation/wording.ts';
import type { History } from './history.ts';
import { batches, sentTogether, type Batch } from './batch.ts';
import type { Ending } from './ending.ts';
import { isStale, staleRoundOf } from './lateness.ts';
import { NotSetUpError, type Sender } from './sender.ts';

export interface DeliveryDeps {
  show: Show;
  sender: Sender;
  history: History;
  wording: Wording;
  log: Log;
}

/** What a publisher has done since it was opened. */
export interface PublisherCounts {
  messages: number;
  linesSpoken: number;
  pictures: number;
  failures: number;
}

/** How many rows are read at once: enough for a few messages. */
const ROWS_A_LOOK = 50;

export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #outbox: Outbox;
  /** Rows of the message that a place is sending. They stay here if the outcome cannot be stored, as when the disk is full. */
  readonly #interrupted = new Map<Place, readonly number[]>();
  readonly counts: PublisherCounts = { messages: 0, linesSpoken: 0, pictures: 0, failures: 0 };

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
    this.#outbox = deps.show.outbox;
  }

  /**
   * Shows what is due in the place before a row, until it is to end. Whatever grows too old meanwhile is left for the next look.
   * Rejects with Discord's error when the place should rest; whatever was not shown is then due again.
   */
  async drain(
    place: Place,
    { nowMs, endsBefore }: { nowMs: number; endsBefore: number },
    ending: Ending,
  ): Promise<void> {
    await this.#settleUnknown(place, ending);
    await this.#tellLost(place);
    const due = this.#outbox
      .waiting(place, ROWS_A_LOOK)
      .filter(({ id, dueMs }) => dueMs <= nowMs && id < endsBefore);
    for (const batch of batches(this.#outbox.read(due), (row) => this.shown(row))) {
      if (ending.closing.aborted || this.#isStale(batch.rows)) return;
      await this.#deliver(place, batch, ending);
    }
  }

  /** A post that cannot be put into words must not stop the ones after it. */
  shown(row: OutboxRow): Shown {
    try {
      return shownPost(row, this.#deps.wording);
    } catch (error) {
      this.counts.failures++;
      this.#deps.log.error(
        { row: row.id, place: row.place, ...describeError(error) },
        'a post cannot be put into words: it is left out',
      );
      return NOTHING;
    }
  }

  /**
   * For a place where nothing is being sent: rows whose outcome could not be stored are marked as perhaps shown. Throws while
   * that cannot be stored either.
   */
  markInterrupted(place: Place): void {
    const ids = this.#interrupted.get(place);
    if (!ids) return;
    this.#outbox.failed(ids, true);
    this.#interrupted.delete(place);
  }

  /**
   * Looks for every message that may have been shown, before any of its rows is folded or sent again. All of them are looked
   * for before anything is sent, because the look-up expects them to be the newest messages.
   */
  async #settleUnknown(place: Place, ending: Ending): Promise<void> {
    const messages = Map.groupBy(this.#outbox.unknown(place), ({ message, id }) => message ?? id);
    const missing: Batch[] = [];
    for (const heads of messages.values()) {
      if (ending.closing.aborted) return;
      const batch = sentTogether(this.#outbox.read(heads), (row) => this.shown(row));
      const found = await this.#deps.history.find(place, batch.shown);
      if (found === null) missing.push(batch);
      else this.#markSent(batch, found);
    }
    for (const batch of missing) {
      if (ending.closing.aborted) return;
      if (this.#isStale(batch.rows)) this.#outbox.folded(idsOf(batch.rows), 'late');
      else await this.#deliver(place, batch, ending);
    }
  }

  async #tellLost(place: Place): Promise<void> {
    const { sender, history, show } = this.#deps;
    const key = `card:${place}`;
    const perhaps = show.keyValues.get(key);
    if (perhaps !== null) {
      const told = JSON.parse(perhaps) as LostLines;
      const found = await history.find(place, { as: 'message', body: this.#cardOf(told) });
      if (found !== null) this.#outbox.lostTold(place, told);
      show.keyValues.delete(key);
    }
    const lost = this.#outbox.lost(place);
    if (!lost) return;
    // Before it is sent: a kill, a lost answer or a full disk must not show it twice.
    show.keyValues.set(key, JSON.stringify(lost));
    await sender.card(place, this.#cardOf(lost), lost.firstRow);
    this.#outbox.lostTold(place, lost);
    show.keyValues.delete(key);
  }

  #cardOf({ quiet, lines, fromMs, toMs }: LostLines): MessageBody {
    return (quiet ? quietHoursCard : signalLostCard)(lines, fromMs, toMs, this.#deps.wording);
  }

  #isStale(rows: readonly WaitingRow[]): boolean {
    const { state, paceMs } = this.#deps.show;
    const staleRound = staleRoundOf({ round: state.round, paceMs });
    return rows.some((row) => isStale(row, staleRound));
  }

  async #deliver(place: Place, batch: Batch, ending: Ending): Promise<void> {
    const ids = idsOf(batch.rows);
    if (batch.shown.as === 'nothing') return this.#outbox.folded(ids, 'nothing');
    this.#outbox.sending(ids);
    this.#interrupted.set(place, ids);
    const outcome = await this.#send(place, batch, ending);
    switch (outcome.as) {
      case 'sent':
        this.#markSent(batch, outcome.messageId);
        break;
      case 'nothing':
        this.#outbox.folded(ids, 'nothing');
        break;
      case 'failed':
        this.#outbox.failed(ids, outcome.mayHavePosted);
        break;
      default:
        outcome satisfies never;
    }
    this.#interrupted.delete(place);
    if (outcome.as === 'failed') throw outcome.error;
  }

  async #send(place: Place, batch: Batch, ending: Ending): Promise<Outcome> {
    try {
      const messageId = await this.#deps.sender.send(place, batch, ending);
      return messageId === null ? { as: 'nothing' } : { as: 'sent', messageId };
    } catch (error) {
      if (!isHopeless(error)) {
        const posted = !(error instanceof NotSetUpError) && mayHavePosted(error);
        return { as: 'failed', error, mayHavePosted: posted };
      }
      this.counts.failures++;
      const details = { place, rows: idsOf(batch.rows), ...describeError(error) };
      this.#deps.log.error(details, 'Discord will never accept this post: it is left out');
      return { as: 'nothing' };
    }
  }

  #markSent({ rows, shown }: Batch, messageId: string): void {
    this.#outbox.sent(idsOf(rows), messageId);
    this.counts.messages++;
    if (shown.as === 'speech') this.counts.linesSpoken++;
    if (shown.as === 'floorPicture') this.counts.pictures++;
  }
}

/** What became of a message that the place tried to send. */
type Outcome =
  | { as: 'sent'; messageId: string }
  /** There is nothing to show, or nothing that Discord would ever accept. */
  | { as: 'nothing' }
  | { as: 'failed'; error: unknown; mayHavePosted: boolean };

const idsOf = (rows: readonly WaitingRow[]): number[] => rows.map(({ id }) => id);

/** A body that Discord calls malformed will be malformed the next time, too. */
function isHopeless(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 400;
}
