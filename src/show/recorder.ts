/**
 * The one door to a show's transactions: an action is applied, stored with its events and posts, and only then announced. What
 * belongs together is one transaction, and memory changes only after it is stored.
 */
import type { Action } from '#core/actions/action.ts';
import { apply } from '#core/apply.ts';
import { adoptContent } from '#core/founding.ts';
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import type { Rules, ShowState } from '#core/state.ts';
import { contentHash, stateHash } from './hash.ts';
import type { Answer } from './ports/brain.ts';
import type { ChipStore } from './ports/chips.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { Planned, Post } from './ports/outbox.ts';
import type { AuditRecord, ShowStore } from './ports/store.ts';
import { plan } from './programme.ts';
import { restore } from './restore.ts';

/**
 * What changed: the events of a stored action, a pool whose stakes or status moved, a member who was given chips, one whose
 * data were deleted, an entry in the producers' log, a post that no event brought.
 */
export type ShowNews =
  | { events: readonly ShowEvent[] }
  | { pool: string }
  | { bailedOut: string }
  | { forgotten: string }
  | { audited: AuditRecord['what'] }
  | { posted: Post['kind'] };

export interface RecorderDeps {
  content: Content;
  rules: Rules;
  seed: number;
  store: ShowStore;
  clock: Clock;
  log: Log;
  /** Milliseconds that a round has, for when posts are due. */
  paceMs: () => number;
}

export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #listeners = new Set<(news: ShowNews) => void>();
  #state: ShowState;
  #content: Content;
  /** What waits until the open transaction is stored, in order; null between transactions. */
  #waiting: (() => void)[] | null = null;

  /** Goes on from the store's journal, or founds the show. */
  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#content = deps.content;
    this.#state = restore(deps, deps.store);
  }

  get state(): ShowState {
    return this.#state;
  }

  /** What the show is made of now: a season may bring another cast. */
  get content(): Content {
    return this.#content;
  }

  subscribe(listener: (news: ShowNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * One transaction: it is stored as a whole and then announced, or the state and the database are as before. Within another
   * transaction it is a part of that one: if it throws, only its own work is undone, and nothing is announced before all is stored.
   */
  commit<T>(work: () => T): T {
    return this.#through(() => this.#deps.store.atomically(work));
  }

  /** `transaction` runs the work as a transaction of its own, or as a part of the one that is open. */
  #through<T>(transaction: () => T): T {
    const outermost = this.#waiting === null;
    const waiting = (this.#waiting ??= []);
    const before = { state: this.#state, content: this.#content, waiting: waiting.length };
    let value: T;
    try {
      value = transaction();
    } catch (error) {
      this.#state = before.state;
      this.#content = before.content;
      waiting.splice(before.waiting);
      throw error;
    } finally {
      if (outermost) this.#waiting = null;
    }
    if (outermost) for (const act of waiting) act();
    return value;
  }

  /** Runs when the open transaction is stored, and never if it fails; at once when none is open. */
  onceStored(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  /** The same chips, whose transactions go through this door. */
  guarding(chips: ChipStore): ChipStore {
    return {
      ...chips,
      transact: (work) =>
        this.#waiting === null
          ? this.commit(() => chips.transact(work))
          : this.#through(() => chips.transact(work)),
    };
  }

  /** Applies an action and stores it with its events and posts. Only within `commit`. */
  act(action: Action, answer: Answer | null = null): ShowEvent[] {
    if (this.#waiting === null) throw new Error(`${action.type} is stored within a transaction`);
    const { store, clock, paceMs } = this.#deps;
    const { state, events } = apply(this.#state, action, this.#content);
    store.record({
      action,
      state,
      hash: action.type === 'closeRound' ? stateHash(state) : null,
      events,
      planned: plan(action, state, events, paceMs(), this.#content.cast),
      answer,
      atMs: clock.nowMs(),
    });
    this.#state = state;
    this.tell({ events });
    return events;
  }

  /** The show goes on with other content, between two rounds: a new recording begins here. Only within `commit`. */
  recast(content: Content): void {
    if (this.#waiting === null) throw new Error('content changes within a transaction');
    const state = adoptContent(this.#state, content);
    this.#deps.store.found(state, contentHash(content), this.#deps.clock.nowMs());
    this.#state = state;
    this.#content = content;
  }

  /** A post that does not come from an action. */
  post(planned: Planned): void {
    this.#deps.store.post([planned], this.#state.round, this.#deps.clock.nowMs());
  }

  /** Tells everybody who subscribed, as soon as it is stored. */
  tell(news: ShowNews): void {
    this.onceStored(() => {
      for (const listener of this.#listeners) listener(news);
    });
  }
}
