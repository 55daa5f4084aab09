/** Who decides for the traders of a world: a baseline, or a brain behind an arm. */
import type { Content, Persona, Regime } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { ShowState } from '#core/state.ts';
import type { Fumble, Instrument } from '#core/vocabulary.ts';
import type { Answer } from '#show/ports/brain.ts';
import type { Exposure } from '../worlds/truth.ts';

/** What the lab knows and the floor does not. Only oracles read it. */
export interface Truth {
  regime: Regime;
  /** What the next round will do to each price, in basis points. */
  nextBps: () => Record<Instrument, number>;
  /** The trader's book right now, in multiples of its equity. */
  exposure: Exposure;
}

export interface Ask {
  /** Names the turn: `ROUND:TRADER`. */
  id: string;
  /** Names the world: what a brain remembers of one must not reach another. */
  floor: string;
  observation: Observation;
  persona: Persona;
  /** The state that the observation was taken from: an arm may show more of it, or less. */
  state: ShowState;
  content: Content;
  truth: Truth;
  /** Asked out of the show: nothing comes of it, and nothing is remembered of it. */
  aside?: true;
  /** Names other luck than the turn's own. */
  luck?: string;
}

export type Reply =
  | { decision: Decision; fumble: null; tokens: Answer['tokens']; ms: number }
  | { decision: null; fumble: Fumble; tokens: null; ms: number };

export interface Player {
  /** For reports: `hold`, `scripted`, `llama NAME`. */
  readonly label: string;
  /** At once, or in time. Never rejects but for a fault of the program. */
  answer(ask: Ask, signal: AbortSignal): Reply | Promise<Reply>;
  /** Worlds that it can think for at once. */
  readonly worldsAtOnce: number;
}

/** A reply that took no time. */
export function atOnce(decision: Decision): Reply {
  return { decision, fumble: null, tokens: null, ms: 0 };
}
