/** What is left out, so that each part keeps proving its worth. */
import type { LineSettings } from '#brain/lines/settings.ts';

export const ARMS = {
  shipped: { title: 'as shipped', lines: {} },
  'no-examples': { title: 'no worked turns', lines: { examples: false } },
  'no-guard': { title: 'no guard', lines: { guard: false } },
  bare: { title: 'neither', lines: { examples: false, guard: false } },
} as const satisfies Record<string, { title: string; lines: Partial<LineSettings> }>;
export type Arm = keyof typeof ARMS;

export const isArm = (name: string): name is Arm => Object.hasOwn(ARMS, name);
