/**
 * The one way in which a show changes: an action is applied, stored with all that came of it, and only then told. What
 * belongs together is one transaction.
 */
import type { Action } from '#core/actions/action.ts';
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import type { Rules, ShowState } from '#core/state.ts';
import { stateHash } from './hash.ts';
import type { Answer } from './ports/brain.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { Planned } from './ports/outbox.ts';
import type { ShowStore } from './ports/store.ts';
import { plan } from './programme.ts';
import { restore } from './restore.ts';

/**
 * What changed: the events of a stored action, a pool whose stakes or status moved, a member who was given chips, one whose
 * data were deleted.
 */
export type ShowNews =
  | { events: readonly ShowEvent[] }
  | { pool: string }
  | { bailedOut: string }
  | { forgotten: string };

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
  /** News of the transaction that is open, told when it is stored; null between transactions. */
  #untold: ShowNews[] | null = null;

  /** Goes on from the store's journal, or founds the show. */
  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#state = restore(deps, deps.store);
  }

  get state(): ShowState {
    return this.#state;
  }

  subscribe(listener: (news: ShowNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One transaction: stored whole, then told; or the state and the database are as before. */
  commit<T>(work: () => T): T {
    const before = this.#state;
    const untold: ShowNews[] = [];
    this.#untold = untold;
    let value: T;
    try {
      value = this.#deps.store.atomically(work);
    } catch (error) {
      this.#state = before;
      throw error;
    } finally {
      this.#untold = null;
    }
    for (const news of untold) this.#announce(news);
    return value;
  }

  /** Applies an action and stores it with its events and posts. Only within `commit`. */
  act(action: Action, answer: Answer | null = null): ShowEvent[] {
    const { content, store, clock, paceMs } = this.#deps;
    const { state, events } = apply(this.#state, action, content);
    store.record({
      action,
      state,
      hash: action.type === 'closeRound' ? stateHash(state) : null,
      events,
      planned: plan(action, state, events, paceMs()),
      answer,
      atMs: clock.nowMs(),
    });
    this.#state = state;
    this.tell({ events });
    return events;
  }

  /** A post that comes of no action. */
  post(planned: Planned): void {
    this.#deps.store.post([planned], this.#state.round, this.#deps.clock.nowMs());
  }

  /** At once, or with the transaction that is open. */
  tell(news: ShowNews): void {
    if (this.#untold) this.#untold.push(news);
    else this.#announce(news);
  }

  #announce(news: ShowNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
