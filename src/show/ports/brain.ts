/** Who thinks, as the show asks it. Everything that waits takes an AbortSignal. */
import type { Decision, DecisionKey } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { Fumble, TraderId } from '#core/vocabulary.ts';

/** One turn to think. `id` names the operation, so that an answer that comes too late is recognised and dropped. */
export interface Turn {
  id: string;
  observation: Observation;
  /** Which floor the turn is on, where a brain plays on several at once: what it remembers of one must not reach another. */
  floor?: string | undefined;
  /** Asked out of the show: nothing is remembered of it. */
  aside?: true | undefined;
}

export interface Answer {
  decision: Decision;
  /** What the brain wrote, unparsed: stored with the turn. */
  raw: string;
  tokens: { evaluated: number; forced: number; sampled: number } | null;
  ms: number;
}

/** A turn that a brain failed. Anything else that a brain throws counts as `engine_error`. */
export class FumbleError extends Error {
  readonly code: Fumble;
  constructor(code: Fumble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FumbleError';
    this.code = code;
  }
}

/**
 * Whoever thinks for the traders. Turns in different rooms are asked for at the same time; a brain batches whatever is in
 * flight. Speakers of one room come one after another.
 */
export interface Brain {
  /** For people and reports: "scripted", "llama Llama-3.2-1B-Instruct-Q4_K_M.gguf". */
  readonly label: string;
  /** Of a brain that may stop: why it cannot think now, in one line; null or absent while it can. */
  readonly stoppedBy?: string | null;
  /** Of a brain that was told of several casts: whom of them it cannot play. Absent where it plays everybody. */
  readonly leftOut?: ReadonlySet<TraderId>;
  think(turn: Turn, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Another brain for comparison. It decides at once: an episode is played again while its bell rings. */
export interface Twin {
  /** Never throws for a trader of the cast. `seed`: of the season, so that whoever knows it meets the same twin. */
  decide(observation: Observation, seed: number): Decision;
}

/** The order in which the answer's keys are generated; the lab varies it. */
export type KeyOrder = readonly DecisionKey[];

/** Exchanges the model that thinks, while the show runs. */
export interface ModelDesk {
  /** Models known by name. */
  known(): { id: string; title: string }[];
  /** Whether several shows think with the model: then none of their producers may change it for the others. */
  isShared(): boolean;
  /** Loads the model, downloading it first if need be, then frees the former one. Rejects with an error of one line. */
  change(name: string): Promise<void>;
}
