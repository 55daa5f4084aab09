/**
 * Drains the show's outbox: in order within a place, in parallel across places, and never before a post is due. The simulation
 * never notices that Discord is slow or away: a place that fails is tried again ever more slowly and holds up no other, and
 * posts that are two rounds old by then are folded into one card.
 */
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Outbox, Place, WaitingRow } from '#show/ports/outbox.ts';
import type { Show } from '#show/show.ts';
import { abortable } from '#lib/abortable.ts';
import { describeError } from '#lib/redact.ts';
import { ToldOnce } from '#lib/told-once.ts';
import { quietHours, quietUntilMs } from '#show/schedule/quiet-hours.ts';
import type { Places } from '../channels/places.ts';
import { firstRowAfterBell } from './bell-order.ts';
import { Delivery, type DeliveryDeps, type PublisherCounts } from './delivery.ts';
import type { Ending } from './ending.ts';
import { hushedRows, staleRoundOf, staleRows } from './lateness.ts';
import { RetryAfter } from './retry-after.ts';
import { NotSetUpError } from './sender.ts';
import type { Typing } from './typing.ts';

/** The wait after the outbox itself could not be read. */
const REREAD_MS = 1_000;
/** The trouble of reading what is to be shown, among those of the places. */
const OUTBOX = 'the outbox';
const CLOSING_LIMIT_MS = 3_000;
/** For storing that what was given up may have arrived. */
const GIVING_UP_LIMIT_MS = 1_000;
/** A show without a pace plays rounds in no time: its waiting posts are checked for age once in this many rounds. */
const UNPACED_ROUNDS = 100;

export interface PublisherDeps extends DeliveryDeps {
  show: Show;
  places: Places;
  typing: Typing;
  clock: Clock;
  log: Log;
}

export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  readonly #closing = new AbortController();
  readonly #over = new AbortController();
  readonly #ending: Ending = { closing: this.#closing.signal, over: this.#over.signal };
  readonly #busy = new Map<Place, Promise<void>>();
  readonly #retryAfter = new RetryAfter();
  /** The round in which the posts of each place were last checked for age. */
  readonly #goneThrough = new Map<Place, number>();
  /** What the log says of each place that is in trouble. */
  readonly #told = new ToldOnce();
  #alarm = new AbortController();
  #changed = Promise.withResolvers<void>();
  #pumpPlanned = false;
  /** When it last looked; before the first look, later than any time. */
  #lookedMs = Number.POSITIVE_INFINITY;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
    this.#outbox = deps.show.outbox;
    this.#delivery = new Delivery(deps);
  }

  /** To be called when something may be due, so after every stored action. Cheap, and never throws. */
  wake(): void {
    if (this.#pumpPlanned || this.#closing.signal.aborted) return;
    this.#pumpPlanned = true;
    setImmediate(() => {
      this.#pumpPlanned = false;
      this.#pump();
    });
  }

  /** Tries places that failed at once, because the connection is back or the set-up ran. */
  retry(): void {
    this.#retryAfter.wakeAll();
    this.wake();
  }

  /** When members will hear the bell of an episode that is over; null when they have. In quiet hours no bell is heard. */
  bellAtMs(): number | null {
    const nowMs = this.#deps.clock.nowMs();
    const isQuiet = quietUntilMs(quietHours(this.#deps.show.keyValues), nowMs) !== null;
    const bell = isQuiet ? null : this.#bellToCome(nowMs);
    return bell && Math.max(bell.dueMs, nowMs);
  }

  counts(): PublisherCounts {
    return { ...this.#delivery.counts };
  }

  /** Resolves when everything planned for the places that exist is shown; rejects with the signal's reason. */
  async drained(signal: AbortSignal): Promise<void> {
    this.wake();
    for (;;) {
      signal.throwIfAborted();
      if (
        !this.#pumpPlanned &&
        this.#busy.size === 0 &&
        this.#outbox.places().every((place) => !this.#stands(place))
      )
        return;
      await abortable(this.#changed.promise, signal);
    }
  }

  /**
   * Finishes what is being sent and stops. The rest waits for the next start. What Discord has not answered after a while is given
   * up, so that it cannot arrive after the next start has looked whether it did.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#alarm.abort();
    await this.#idle(CLOSING_LIMIT_MS);
    this.#over.abort();
    await this.#idle(GIVING_UP_LIMIT_MS);
  }

  /** Resolves when nothing is being sent, or after the limit. */
  async #idle(limitMs: number): Promise<void> {
    if (this.#busy.size === 0) return;
    const patience = new AbortController();
    const tired = this.#deps.clock.sleep(limitMs, patience.signal);
    await Promise.race([Promise.all(this.#busy.values()), tired]);
    patience.abort();
  }

  #pump(): void {
    if (this.#closing.signal.aborted) return;
    try {
      const nowMs = this.#deps.clock.nowMs();
      this.#heedClock(nowMs);
      const quietEndMs = quietUntilMs(quietHours(this.#deps.show.keyValues), nowMs);
      let wakeAtMs = quietEndMs ?? Number.POSITIVE_INFINITY;
      for (const place of this.#outbox.places()) {
        if (!this.#busy.has(place)) wakeAtMs = Math.min(wakeAtMs, this.#look(place, nowMs, quietEndMs));
      }
      this.#setAlarm(wakeAtMs - nowMs);
      const failures = this.#told.over(OUTBOX);
      if (failures !== null) this.#deps.log.warn({ failures: failures + 1 }, 'the outbox can be read again');
    } catch (error) {
      this.#delivery.counts.failures++;
      this.#tellUnread(error);
      this.#setAlarm(REREAD_MS);
    }
    this.#tellChanged();
  }

  #tellUnread(error: unknown): void {
    const { log, clock } = this.#deps;
    const described = describeError(error);
    // A full disk refuses every second.
    if (this.#told.isNews(OUTBOX, described.error, clock.nowMs()))
      log.error(described, 'the outbox could not be read; trying again');
    else log.debug(described, 'the outbox could still not be read');
  }

  /** Posts keep their order though the clock goes back, while the program runs or between two starts. */
  #heedClock(nowMs: number): void {
    const rows = nowMs < this.#lookedMs ? this.#outbox.clockSetBack(nowMs) : 0;
    this.#lookedMs = nowMs;
    if (rows > 0)
      this.#deps.log.warn(
        { posts: rows },
        'the clock was set back: posts that would wait for it are due now',
      );
  }

  /** Starts what is due in the place. Returns when to look again, in milliseconds; infinity means not by the clock. */
  #look(place: Place, nowMs: number, quietEndMs: number | null): number {
    this.#delivery.markInterrupted(place);
    if (this.#isToBeGoneThrough(place, quietEndMs !== null)) this.#fold(place, nowMs, quietEndMs !== null);
    if (!this.#stands(place)) return Number.POSITIVE_INFINITY;
    const notBeforeMs = Math.max(this.#retryAfter.untilMs(place, nowMs), quietEndMs ?? 0);
    const [next] = this.#outbox.waiting(place, 1);
    if (!next) return Number.POSITIVE_INFINITY;
    if (notBeforeMs > nowMs || next.dueMs > nowMs) return this.#nextMs(next, nowMs, notBeforeMs);
    // One that is shown wakes the other places.
    const endsBefore = firstRowAfterBell(place, this.#bellToCome(nowMs)?.id ?? null);
    if (next.id < endsBefore) this.#start(place, nowMs, endsBefore);
    return Number.POSITIVE_INFINITY;
  }

  /** The closing bell that the tape is yet to tell; null for none. A tape that Discord refuses holds up nothing else. */
  #bellToCome(nowMs: number): ReturnType<Outbox['unheardBell']> {
    const tapeRests = !this.#stands('tape') || this.#retryAfter.untilMs('tape', nowMs) > nowMs;
    return tapeRests ? null : this.#outbox.unheardBell();
  }

  /** When there is next something to do in a place where nothing is due yet: a post, or typing before it. */
  #nextMs(next: WaitingRow, nowMs: number, notBeforeMs: number): number {
    const postMs = Math.max(next.dueMs, notBeforeMs);
    if (notBeforeMs > nowMs || next.kind !== 'spoke') return postMs;
    const { typing } = this.#deps;
    const [row] = this.#outbox.read([next]);
    const typeMs = row ? typing.startsMs(row, this.#delivery.shown(row)) : null;
    if (typeMs !== null && typeMs > nowMs) return typeMs;
    if (typeMs !== null) typing.begin(next);
    return postMs;
  }

  #stands(place: Place): boolean {
    return this.#deps.places.channel(place) !== null;
  }

  #start(place: Place, nowMs: number, endsBefore: number): void {
    const work = this.#drain(place, nowMs, endsBefore).finally(() => {
      this.#busy.delete(place);
      // A drain stops where a post has grown too old.
      this.#goneThrough.delete(place);
      this.wake();
      this.#tellChanged();
    });
    this.#busy.set(place, work);
  }

  /** Never rejects. */
  async #drain(place: Place, nowMs: number, endsBefore: number): Promise<void> {
    try {
      await this.#delivery.drain(place, { nowMs, endsBefore }, this.#ending);
      this.#retryAfter.wake(place);
      this.#tellWell(place);
    } catch (error) {
      if (this.#over.signal.aborted) this.#giveUp(place, error);
      else this.#rest(place, error);
    }
  }

  /** Nothing is wrong: the next start looks whether it arrived. */
  #giveUp(place: Place, error: unknown): void {
    this.#deps.log.info({ place, ...describeError(error) }, 'a post was given up as the show closed');
  }

  #rest(place: Place, error: unknown): void {
    const { log, clock } = this.#deps;
    const retryInMs = this.#retryAfter.rest(place, error, clock.nowMs());
    this.#delivery.counts.failures++;
    const described = describeError(error);
    const details = { place, retryInMs, ...described };
    // Each try fails in the same way while Discord is away.
    if (!this.#told.isNews(place, described.error, clock.nowMs()))
      log.debug(details, 'a post could still not be shown');
    else if (error instanceof NotSetUpError) log.warn(details, error.message);
    else log.error(details, 'a post could not be shown; trying again');
  }

  #tellWell(place: Place): void {
    const { log } = this.#deps;
    const failures = this.#told.over(place);
    if (failures !== null) log.warn({ place, failures: failures + 1 }, 'posts are shown again');
    const tooOld = this.#told.over(tooOldIn(place));
    if (tooOld !== null) log.info({ place }, 'no more posts are too old to be shown');
  }

  /** True once a round: posts grow old by rounds, and a look should cost the same however many wait. */
  #isToBeGoneThrough(place: Place, quiet: boolean): boolean {
    const { state, paceMs } = this.#deps.show;
    const last = this.#goneThrough.get(place);
    const every = paceMs === 0 ? UNPACED_ROUNDS : 1;
    return quiet || last === undefined || state.round - last >= every;
  }

  /** Removes what is too old, or due in quiet hours, from the outbox. The posts that would have been seen count as lost. */
  #fold(place: Place, nowMs: number, quiet: boolean): void {
    const { show, log } = this.#deps;
    this.#goneThrough.set(place, show.state.round);
    const gone = quiet
      ? hushedRows(this.#outbox, place, nowMs)
      : staleRows(this.#outbox, place, staleRoundOf({ round: show.state.round, paceMs: show.paceMs }));
    if (gone.length === 0) return;
    const seen = this.#stands(place)
      ? new Set(
          this.#outbox
            .read(gone)
            .filter((row) => this.#delivery.shown(row).as !== 'nothing')
            .map(({ id }) => id),
        )
      : new Set<number>();
    const [lost, unseen] = [gone.filter(({ id }) => seen.has(id)), gone.filter(({ id }) => !seen.has(id))];
    this.#outbox.folded(idsOf(lost), quiet ? 'quiet' : 'late');
    this.#outbox.folded(idsOf(unseen), 'nothing');
    if (quiet) log.debug({ place, posts: gone.length }, 'posts were kept back in quiet hours');
    else if (this.#told.isNews(tooOldIn(place), 'too old', nowMs))
      log.warn({ place, posts: gone.length }, 'posts were too old to be shown; members are told how many');
    else log.debug({ place, posts: gone.length }, 'more posts were too old to be shown');
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

const tooOldIn = (place: Place): string => `too old in ${place}`;

const idsOf = (rows: readonly WaitingRow[]): number[] => rows.map(({ id }) => id);
