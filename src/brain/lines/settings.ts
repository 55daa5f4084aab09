/** What a brain does for its lines and choices beyond asking. The bench leaves parts out to weigh them. */
export interface LineSettings {
  /** Shows a persona's worked turns before its own. */
  examples: boolean;
  /** Keeps copies, repetitions and debris out of strings, and lets them end only where a sentence ends. */
  guard: boolean;
  /** Takes a model's habits from its choices, and puts the persona's leaning in their place. */
  calibration: boolean;
  /** Makes words of the persona's own, and of what was just said to it, likelier in its lines. Needs the guard. */
  voice: boolean;
  /**
   * Begins a line with what happened where the script would speak of it; lets none name what never did, and none begin as too many
   * of late did. All but the first needs the guard.
   */
  memory: boolean;
  /**
   * Begins a thought with what moved most, in the words of the persona's own bank, and lets choices follow what is unusual in a turn.
   * A small model hardly looks at prices by itself, and stays where it is.
   */
  look: boolean;
  /** Holds the answer to the schema while it is sampled. Without, what is no decision is a fumble; needs all others but the examples to be off. */
  grammar: boolean;
}

export const ALL_LINES: LineSettings = {
  examples: true,
  guard: true,
  calibration: true,
  voice: true,
  memory: true,
  look: true,
  grammar: true,
};

/** None of it, under the schema. */
export const NO_LINES: LineSettings = {
  examples: false,
  guard: false,
  calibration: false,
  voice: false,
  memory: false,
  look: false,
  grammar: true,
};

/**
 * A model that was trained for this show alone has no use for examples, and a guard that breaks off the remarks that it has learned
 * whole gives fewer clean lines (`npm run lines`).
 */
export const COMPACT_LINES: LineSettings = { ...NO_LINES };
