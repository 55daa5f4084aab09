/** What must be known of a row to play it again: who decided, in which arm, by which luck. */
import { z } from 'zod';

export const rowCardSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['baseline', 'brain']),
  player: z.string().describe('scripted, a baseline, or the name of a model file'),
  arm: z.string(),
  seed: z.number().int().describe('of the own luck of whoever decides; worlds have their own'),
  isControl: z.boolean().describe('the same brain with other luck'),
  examined: z.boolean().describe('whether turns of it were asked again, out of the show'),
  trainedOnTheWorld: z.boolean().describe('outside the rank'),
  model: z.strictObject({ file: z.string(), fileBytes: z.number().int(), sha256: z.string() }).nullable(),
});
export type RowCard = z.infer<typeof rowCardSchema>;
