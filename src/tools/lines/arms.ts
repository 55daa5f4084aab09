/** What is left out, so that each part keeps proving its worth. */
import type { LineSettings } from '#brain/lines/settings.ts';

export const ARMS = {
  shipped: { title: 'as shipped', lines: {} },
  'no-examples': { title: 'no worked turns', lines: { examples: false } },
  'no-guard': { title: 'no guard', lines: { guard: false } },
  'no-calibration': { title: 'no calibration', lines: { calibration: false } },
  'no-voice': { title: 'no voice', lines: { voice: false } },
  bare: {
    title: 'none of it',
    lines: { examples: false, guard: false, calibration: false, voice: false },
  },
  'plain-cast': { title: 'personas of a description alone', lines: {}, plainCast: true },
} as const satisfies Record<
  string,
  {
    title: string;
    lines: Partial<LineSettings>;
    /** Without worked turns and phrase banks. */ plainCast?: true;
  }
>;
export type Arm = keyof typeof ARMS;

export const isArm = (name: string): name is Arm => Object.hasOwn(ARMS, name);
