/** What a brain does for its lines beyond asking. All of it is on in a show; the bench leaves parts out to weigh them. */
export interface LineSettings {
  /** Shows a persona's worked turns before its own. */
  examples: boolean;
  /** Keeps copies, repetitions and debris out of strings, and lets them end only where a sentence ends. */
  guard: boolean;
}

export const ALL_LINES: LineSettings = { examples: true, guard: true };
