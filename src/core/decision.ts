/** What a brain returns for a turn: the schema that sampling enforces and zod parses again. */
import { z } from 'zod';
import { SIZES, TRADES, type Size, type Trade } from './vocabulary.ts';

/** The most characters (Unicode code points, as JSON Schema counts them); the sampler enforces the same limits. */
export const THOUGHT_MAX = 160;
export const SPEECH_MAX = 140;

export const DECISION_KEYS = ['thought', 'trade', 'size', 'speech', 'location'] as const;
export type DecisionKey = (typeof DECISION_KEYS)[number];

export interface Decision {
  /** Private: reaches no other trader. First, so that what follows comes from it. */
  thought: string;
  trade: Trade;
  size: Size;
  /** The public line; may be empty: silence. */
  speech: string;
  /** A room's display name, as the observation lists them. */
  location: string;
}

/** The decision's schema for an office with these room names. Strict: an unknown key is an error. */
export function decisionSchema(roomNames: readonly string[]) {
  return z.strictObject({
    thought: atMost(THOUGHT_MAX),
    trade: z.enum(TRADES),
    size: z.enum(SIZES),
    speech: atMost(SPEECH_MAX),
    location: z.enum(roomNames as [string, ...string[]]),
  });
}

const atMost = (most: number) =>
  z
    .string()
    .refine((text) => text.length <= most || Array.from(text).length <= most, `at most ${most} characters`);

/** The decision of a turn that a brain fumbled: Hold, silence, stay. */
export function fumbledDecision(roomName: string): Decision {
  return { thought: '', trade: 'Hold', size: 'Small', speech: '', location: roomName };
}
