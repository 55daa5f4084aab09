/**
 * Drains the show's outbox: in order within a place, at once across places, when a post is due and not before. Discord
 * being slow or away never reaches the simulation: a place that fails is tried again ever more slowly, and what is two
 * rounds old by then is folded into one card.
 */
import { DiscordAPIError } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { OutboxRow } from '#show/ports/outbox.ts';
import type { Show } from '#show/show.ts';
import { abortable } from '#lib/abortable.ts';
import { NotSetUpError, type Sender } from './sender.ts';
import { isHushed, isStale, staleRoundOf } from './lateness.ts';
import type { LostLines } from './lost-lines.ts';
import { batches, type Batch } from './batch.ts';
import type { Place, Places } from '../channels/places.ts';
import { quietHoursCard, signalLostCard } from '../presentation/posts/cards.ts';
import { NOTHING, shownPost, type Shown } from '../presentation/posts/post.ts';
import type { Wording } from '../presentation/wording.ts';
import { quietHours, quietUntilMs } from '#show/schedule/quiet-hours.ts';
import { describeError } from '#lib/redact.ts';
import { RetryAfter } from './retry-after.ts';
import type { Typing } from './typing.ts';
import { mayHavePosted } from '../discord/api-errors.ts';

const FETCHED = 1_000;
/** When the outbox itself could not be read. */
const REREAD_MS = 1_000;
const CLOSING_LIMIT_MS = 3_000;

export interface PublisherDeps {
  show: Show;
  places: Places;
  sender: Sender;
  lost: LostLines;
  typing: Typing;
  wording: Wording;
  clock: Clock;
  log: Log;
}

export interface PublisherCounts {
  messages: number;
  linesSpoken: number;
  pictures: number;
  failures: number;
}

export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #closing = new AbortController();
  readonly #busy = new Map<Place, Promise<void>>();
  readonly #retryAfter = new RetryAfter();
  readonly #counts: PublisherCounts = { messages: 0, linesSpoken: 0, pictures: 0, failures: 0 };
  #alarm = new AbortController();
  #changed = Promise.withResolvers<void>();
  #pumpPlanned = false;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** Something may be due: called after every stored action. Cheap, and never throws. */
  wake(): void {
    if (this.#pumpPlanned || this.#closing.signal.aborted) return;
    this.#pumpPlanned = true;
    setImmediate(() => {
      this.#pumpPlanned = false;
      this.#pump();
    });
  }

  /** Places that failed are tried at once: the connection is back, or the set-up ran. */
  retry(): void {
    this.#retryAfter.wakeAll();
    this.wake();
  }

  counts(): PublisherCounts {
    return { ...this.#counts };
  }

  /** Resolves when everything planned for a place that stands is shown; rejects with the signal's reason. */
  async drained(signal: AbortSignal): Promise<void> {
    this.wake();
    for (;;) {
      signal.throwIfAborted();
      if (!this.#pumpPlanned && this.#busy.size === 0 && !this.#planned().some((row) => this.#stands(row)))
        return;
      await abortable(this.#changed.promise, signal);
    }
  }

  /**
   * Finishes what is being sent and stops. What is left waits for the next start, and so does what Discord has not
   * answered after a while: whether that arrived is looked up then.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#alarm.abort();
    const patience = new AbortController();
    const tired = this.#deps.clock.sleep(CLOSING_LIMIT_MS, patience.signal);
    await Promise.race([Promise.all(this.#busy.values()), tired]);
    patience.abort();
  }

  #pump(): void {
    if (this.#closing.signal.aborted) return;
    try {
      const nowMs = this.#deps.clock.nowMs();
      const quietEndMs = quietUntilMs(quietHours(this.#deps.show.keyValues), nowMs);
      const waiting = this.#fold(this.#planned(), nowMs, quietEndMs !== null).filter((row) =>
        this.#stands(row),
      );
      let wakeAtMs = quietEndMs ?? Number.POSITIVE_INFINITY;
      for (const [place, rows] of Map.groupBy(waiting, (row) => row.place)) {
        if (this.#busy.has(place)) continue;
        const notBeforeMs = Math.max(this.#retryAfter.untilMs(place, nowMs), quietEndMs ?? 0);
        const due = notBeforeMs <= nowMs ? rows.filter((row) => row.dueMs <= nowMs) : [];
        if (due.length > 0) this.#start(place, due);
        else wakeAtMs = Math.min(wakeAtMs, this.#nextMs(rows, nowMs, notBeforeMs));
      }
      this.#setAlarm(wakeAtMs - nowMs);
    } catch (error) {
      this.#counts.failures++;
      this.#deps.log.error(describeError(error), 'the outbox could not be read; trying again');
      this.#setAlarm(REREAD_MS);
    }
    this.#tellChanged();
  }

  /** When there is something to do in a place where nothing is due yet: a post, or typing before it. */
  #nextMs(rows: readonly OutboxRow[], nowMs: number, notBeforeMs: number): number {
    const { typing } = this.#deps;
    const [next] = rows;
    if (!next) return Number.POSITIVE_INFINITY;
    const postMs = Math.max(next.dueMs, notBeforeMs);
    const typeMs = notBeforeMs <= nowMs ? typing.startsMs(next, this.#shown(next)) : null;
    if (typeMs !== null && typeMs > nowMs) return typeMs;
    if (typeMs !== null) typing.begin(next);
    return postMs;
  }

  /** In the order of showing. */
  #planned(): OutboxRow[] {
    return this.#deps.show.outbox
      .due(Number.MAX_SAFE_INTEGER, FETCHED)
      .sort((a, b) => a.dueMs - b.dueMs || a.id - b.id);
  }

  #stands(row: OutboxRow): boolean {
    return this.#deps.places.channel(row.place) !== null;
  }

  #start(place: Place, due: readonly OutboxRow[]): void {
    const work = this.#drain(place, due).finally(() => {
      this.#busy.delete(place);
      this.wake();
      this.#tellChanged();
    });
    this.#busy.set(place, work);
  }

  /** Never rejects. */
  async #drain(place: Place, due: readonly OutboxRow[]): Promise<void> {
    try {
      await this.#showLost(place);
      for (const batch of batches(due, (row) => this.#shown(row))) {
        if (this.#closing.signal.aborted) return;
        // Sending may be slow: what grew old meanwhile is folded by the next look at the outbox.
        const staleRound = staleRoundOf(this.#deps.show.status());
        if (batch.rows.some((row) => isStale(row, staleRound))) return;
        await this.#deliver(place, batch);
        this.#retryAfter.wake(place);
      }
    } catch (error) {
      this.#rest(place, error);
    }
  }

  /** A post that cannot be put into words must not stop those behind it. */
  #shown(row: OutboxRow): Shown {
    try {
      return shownPost(row, this.#deps.wording);
    } catch (error) {
      this.#counts.failures++;
      this.#deps.log.error(
        { row: row.id, place: row.place, ...describeError(error) },
        'a post cannot be shown: it is left out',
      );
      return NOTHING;
    }
  }

  /** Rejects when the place should rest; the rows are due again then. */
  async #deliver(place: Place, batch: Batch): Promise<void> {
    const { show, sender } = this.#deps;
    const ids = batch.rows.map((row) => row.id);
    if (batch.shown.as === 'nothing') return show.outbox.folded(ids);
    if (batch.rows[0]?.status === 'unknown') {
      const found = await sender.find(place, batch);
      if (found !== null) return this.#markSent(batch, found);
    }
    for (const id of ids) show.outbox.sending(id);
    let messageId: string | null;
    try {
      messageId = await sender.send(place, batch, this.#closing.signal);
    } catch (error) {
      if (isHopeless(error)) {
        this.#counts.failures++;
        this.#deps.log.error(
          { place, rows: ids, ...describeError(error) },
          'Discord will never take this post: it is left out',
        );
        return show.outbox.folded(ids);
      }
      for (const id of ids) show.outbox.failed(id, mayHavePosted(error));
      throw error;
    }
    if (messageId === null) show.outbox.folded(ids);
    else this.#markSent(batch, messageId);
  }

  #markSent({ rows, shown }: Batch, messageId: string): void {
    for (const row of rows) this.#deps.show.outbox.sent(row.id, messageId);
    this.#counts.messages++;
    if (shown.as === 'speech') this.#counts.linesSpoken++;
    if (shown.as === 'floorPicture') this.#counts.pictures++;
  }

  #rest(place: Place, error: unknown): void {
    const { log, clock } = this.#deps;
    const retryInMs = this.#retryAfter.rest(place, error, clock.nowMs());
    this.#counts.failures++;
    const details = { place, retryInMs, ...describeError(error) };
    if (error instanceof NotSetUpError) log.warn(details, error.message);
    else log.error(details, 'a post could not be shown; trying again');
  }

  /** Takes what is too old, or due in quiet hours, out of the outbox and counts it; the rest is returned. */
  #fold(waiting: OutboxRow[], nowMs: number, quiet: boolean): OutboxRow[] {
    const { show, lost, log } = this.#deps;
    const staleRound = staleRoundOf(this.#deps.show.status());
    const folded = waiting.filter((row) => {
      if (this.#busy.has(row.place)) return false;
      return quiet ? isHushed(row, nowMs) : isStale(row, staleRound);
    });
    if (folded.length === 0) return waiting;
    for (const [place, rows] of Map.groupBy(folded, (row) => row.place)) {
      const lines = rows.filter((row) => this.#stands(row) && this.#shown(row).as !== 'nothing');
      if (lines.length > 0) lost.add(place, lines, quiet);
      show.outbox.folded(rows.map((row) => row.id));
      if (quiet) log.debug({ place, posts: rows.length }, 'posts were kept back in quiet hours');
      else log.warn({ place, posts: rows.length }, 'posts were too old to be shown');
    }
    const gone = new Set(folded);
    return waiting.filter((row) => !gone.has(row));
  }

  async #showLost(place: Place): Promise<void> {
    const { lost, sender, wording } = this.#deps;
    const gap = lost.in(place);
    if (!gap) return;
    const card = gap.quiet ? quietHoursCard : signalLostCard;
    await sender.card(place, card(gap.lines, gap.fromMs, gap.toMs, wording), gap.firstRow);
    lost.clear(place);
  }

  #setAlarm(afterMs: number): void {
    this.#alarm.abort();
    if (!Number.isFinite(afterMs)) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#deps.clock.sleep(Math.max(0, afterMs), alarm.signal).then(() => {
      if (!alarm.signal.aborted) this.wake();
    });
  }

  #tellChanged(): void {
    const told = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    told.resolve();
  }
}

/** A body that Discord finds malformed will be malformed the next time too. */
function isHopeless(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 400;
}
