/** Core alone: the shipped content, a new show, and rounds played by any function that decides. */
import { apply } from '#core/apply.ts';
import { foundShow } from '#core/founding.ts';
import type { Action } from '#core/actions/action.ts';
import type { Content } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { ShowEvent } from '#core/events.ts';
import { observe } from '#core/observe.ts';
import type { Observation } from '#core/observation.ts';
import { Prng } from '#core/chance/prng.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { DEFAULT_RULES, type Rules, type ShowState } from '#core/state.ts';
import { SIZES, TRADES } from '#core/vocabulary.ts';
import { loadContent } from '#app/content.ts';

export const content: Content = loadContent();

export type Decide = (observation: Observation) => Decision;

export const holdAndStay: Decide = (seen) => ({
  thought: 'Nothing to do.',
  trade: 'Hold',
  size: 'Small',
  speech: '',
  location: seen.roomName,
});

/** Any decision that looks legal, drawn from a seed: for properties that must hold whatever the traders do. */
export function anything(seed: number): Decide {
  const prng = new Prng(Prng.seed(seed));
  return (seen) => ({
    thought: `secret-${seen.trader}-${seen.round}`,
    trade: prng.pick(TRADES),
    size: prng.pick(SIZES),
    speech: prng.chance(7_000)
      ? `line-${seen.trader}-${seen.round} for ${prng.pick(['Alice', 'Sarah', 'Alex', 'Mike'])}`
      : '',
    location: prng.pick(seen.rooms).name,
  });
}

/** A show under way. `act` applies and remembers; `play` runs whole rounds. */
export class Floor {
  state: ShowState;
  readonly founding: ShowState;
  readonly content: Content;
  readonly actions: Action[] = [];
  readonly events: ShowEvent[] = [];

  constructor({
    seed = 1,
    rules = {},
    ...staged
  }: { seed?: number; rules?: Partial<Rules>; content?: Content } = {}) {
    this.content = staged.content ?? content;
    this.founding = foundShow(seed, { ...DEFAULT_RULES, ...rules }, this.content);
    this.state = this.founding;
  }

  act(action: Action): ShowEvent[] {
    const { state, events } = apply(this.state, action, this.content);
    this.state = state;
    this.actions.push(action);
    this.events.push(...events);
    return events;
  }

  play(rounds: number, decide: Decide, eachTurn?: (seen: Observation) => void): ShowEvent[] {
    const from = this.events.length;
    for (let i = 0; i < rounds; i++) {
      this.act({ type: 'openRound' });
      for (let speaker = nextSpeakers(this.state)[0]; speaker; speaker = nextSpeakers(this.state)[0]) {
        const seen = observe(this.state, speaker, this.content);
        eachTurn?.(seen);
        this.act({ type: 'takeTurn', trader: speaker, decision: decide(seen), fumble: null });
      }
      this.act({ type: 'closeRound' });
    }
    return this.events.slice(from);
  }

  eventsOf<T extends ShowEvent['type']>(type: T): Extract<ShowEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<ShowEvent, { type: T }> => event.type === type);
  }
}
