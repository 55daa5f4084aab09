/** What is left out, or put in where a model goes without, so that each part keeps proving its worth. */
import { NO_LINES, type LineSettings } from '#brain/lines/settings.ts';
import type { WordingName } from '#brain/prompts/wordings.ts';

export interface PlayedArm {
  title: string;
  lines: Partial<LineSettings>;
  /** Without worked turns and phrase banks. */
  plainCast?: true;
  /** Without a coach, where the show gives one. */
  alone?: true;
  /** Asked in the words of the show that gave the idea. */
  seedPrompt?: true;
  /** The house rules in other words. */
  wording?: WordingName;
}

export const ARMS = {
  shipped: { title: 'as shipped', lines: {} },
  'no-examples': { title: 'no worked turns', lines: { examples: false } },
  'no-guard': { title: 'no guard', lines: { guard: false } },
  'no-calibration': { title: 'no calibration', lines: { calibration: false } },
  'no-voice': { title: 'no voice', lines: { voice: false } },
  'no-memory': { title: 'no memory', lines: { memory: false } },
  'no-look': { title: 'no look', lines: { look: false } },
  bare: { title: 'none of it', lines: NO_LINES },
  'lists-backwards': { title: 'lists of choices backwards', lines: {}, wording: 'backwards' },
  'no-coach': { title: 'without the script that lends it lines', lines: {}, alone: true },
  'with-guard': { title: 'with the guard', lines: { guard: true } },
  'with-calibration': { title: 'with calibration', lines: { calibration: true } },
  'plain-cast': { title: 'personas of a description alone', lines: {}, plainCast: true },
  seed: { title: "the seed's prompt", lines: { examples: false }, seedPrompt: true },
} as const satisfies Record<string, PlayedArm>;
export type Arm = keyof typeof ARMS;

export const isArm = (name: string): name is Arm => Object.hasOwn(ARMS, name);
