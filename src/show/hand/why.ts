/**
 * Why a trader did what it did: the same brain is asked again for the last turn in which it chose a trade, with one thing taken away
 * at a time: of a hold there is little to say. It is asked aside, so nothing of it is remembered, and behind the show's own turns.
 */
import type { Content } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { debutOf } from '#core/story/first-scene.ts';
import { has, THINGS, without, type Thing } from '#core/without.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { abortable } from '#lib/abortable.ts';
import { SerialQueue } from '#lib/serial-queue.ts';
import type { Brain } from '../ports/brain.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShowStore, TurnRecord } from '../ports/store.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type Result, type WhyRefusal } from '../results.ts';
import type { RightOfWay } from './right-of-way.ts';
import { thinkInTime } from '../thinking.ts';
import { turnSeen } from '../views/turn-seen.ts';

/** Members who may wait for an answer at the same time. */
const WAITING_MAX = 4;
/** From the question on, whoever else is asked before: Discord waits for an answer for a quarter of an hour. */
const PATIENCE_MS = 10 * 60_000;
/** How long asking takes is told from so many. */
const LAST_TURNS = 5;
/** A trade is looked for in so many turns, about an episode: what is older is no answer to why it does what it does. */
const LOOKED_BACK_TURNS = 24;

/** What another decision differs in first: the trade, its size, or only what is said, thought and where it goes. */
export type Difference = 'trade' | 'size' | 'words' | 'nothing';

export interface Arm {
  thing: Thing;
  /** Null: there was nothing of that kind to take away, or no answer came. */
  decision: Decision | null;
  difference: Difference;
  /** There was nothing of that kind. */
  absent: boolean;
}

export interface Reasons {
  turn: TurnRecord;
  /** In every turn since. */
  heldSince: boolean;
  /** What the brain does when it is asked once more with everything; null: no answer came. */
  again: Decision | null;
  arms: Arm[];
}

interface Asked extends Pick<Reasons, 'turn' | 'heldSince'> {
  observation: Observation;
}

export interface WhyDeps {
  recorder: Recorder;
  store: ShowStore;
  brain: Brain;
  rightOfWay: RightOfWay;
  clock: Clock;
  turnLimitMs: number;
}

export class Why {
  readonly #deps: WhyDeps;
  readonly #asking = new SerialQueue();
  #waiting = 0;

  constructor(deps: WhyDeps) {
    this.#deps = deps;
  }

  /** `begun` is told how long it is going to take, in milliseconds, before the brain is asked. Changes nothing in the show. */
  async ask(
    trader: TraderId,
    begun: (aboutMs: number) => Promise<void>,
  ): Promise<Result<Reasons, WhyRefusal>> {
    const { recorder, store } = this.#deps;
    const { content } = recorder;
    if (!recorder.state.traders[trader]) return refused('unknown_trader');
    const turns = store.turns(trader, LOOKED_BACK_TURNS);
    const asked = askable(turns, store, content);
    if (!asked) return refused('no_turn_yet');
    if (this.#waiting >= WAITING_MAX) return refused('too_many_ask');
    this.#waiting += 1;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const asks = 1 + THINGS.filter((thing) => has(asked.observation, thing)).length;
      const recent = turns.slice(0, LAST_TURNS);
      const eachMs = recent.reduce((sum, { ms }) => sum + ms, 0) / recent.length;
      await begun(Math.round(eachMs * asks * this.#waiting));
      const reasons = this.#asking.run(() => this.#reasons(asked, signal));
      return accepted(await abortable(reasons, signal));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return refused('no_time');
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #reasons({ turn, heldSince, observation: seen }: Asked, signal: AbortSignal): Promise<Reasons> {
    const again = await this.#decide(turn, seen, signal);
    const arms: Arm[] = [];
    for (const thing of THINGS) {
      const absent = !has(seen, thing);
      const decision = absent ? null : await this.#decide(turn, without(seen, thing), signal);
      arms.push({ thing, absent, decision, difference: differenceOf(again, decision) });
    }
    return { turn, heldSince, again, arms };
  }

  /** With the luck of the turn itself, but a line is drawn once. Null when no answer came in time. */
  async #decide(
    { round, trader }: TurnRecord,
    observation: Observation,
    signal: AbortSignal,
  ): Promise<Decision | null> {
    const { brain, rightOfWay, clock, turnLimitMs } = this.#deps;
    const turn = { id: `${round}:${trader}`, observation, aside: true as const };
    const thought = await rightOfWay.aside(
      trader,
      (stop) => thinkInTime(brain, turn, turnLimitMs, clock, stop),
      signal,
    );
    signal.throwIfAborted();
    return thought.ok ? thought.answer.decision : null;
  }
}

/** The newest of these turns in which a trade was chosen; the last one, a hold, where there is none that can still be asked about. */
function askable(
  turns: readonly TurnRecord[],
  store: Pick<ShowStore, 'recordingFrom'>,
  content: Content,
): Asked | null {
  const [last] = turns;
  const chosen = turns.find(({ decision }) => decision.trade !== 'Hold');
  for (const turn of [chosen, last]) {
    const seen = turn && turnSeen(store, content, turn.trader, turn.round);
    if (!seen) continue;
    const heldSince = turn !== last;
    // No brain chose what is done in the first scene.
    if (heldSince && debutOf(seen.state, content, turn.trader)) continue;
    return { turn, heldSince, observation: seen.observation };
  }
  return null;
}

function differenceOf(before: Decision | null, after: Decision | null): Difference {
  if (!before || !after) return 'nothing';
  if (before.trade !== after.trade) return 'trade';
  if (before.trade !== 'Hold' && before.size !== after.size) return 'size';
  const same =
    before.speech === after.speech && before.thought === after.thought && before.location === after.location;
  return same ? 'nothing' : 'words';
}
