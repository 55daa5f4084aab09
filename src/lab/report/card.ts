/** What must be known of a row to play it again: who decided, in which arm, by which luck. */
import { z } from 'zod';

const sampler = z.strictObject({
  temperature: z.number(),
  choiceTemperature: z.number().optional().describe('of trade, size and location; absent: as temperature'),
  topP: z.number().nullable(),
  topK: z.number().int().nullable(),
  minP: z.number().nullable(),
  repeatPenalty: z.number().nullable(),
});

const model = z.strictObject({
  file: z.string(),
  fileBytes: z.number().int(),
  sha256: z.string(),
  // Reports of before these were told lack them.
  licence: z
    .string()
    .nullable()
    .optional()
    .describe('of the model, as the catalog of this project has it; null: the catalog does not know it'),
  promptStyle: z
    .enum(['chat template', 'plain script', 'compact'])
    .optional()
    .describe('compact: the short format that the pocket model is trained on'),
  asked: z
    .string()
    .optional()
    .describe('hash of the words in which it is asked: house rules, personas, worked turns, turns'),
  sampler: sampler.optional().describe('of its words; null leaves a setting to the engine'),
  threads: z.number().int().optional().describe('that calculated, at most'),
  llamaCpp: z.string().optional().describe('release of llama.cpp that the engine was built from'),
});
export type ModelCard = z.infer<typeof model>;

export const rowCardSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['baseline', 'brain']),
  player: z.string().describe('scripted, a baseline, or the name of a model file'),
  arm: z.string(),
  seed: z.number().int().describe('of the own luck of whoever decides; worlds have their own'),
  isControl: z.boolean().describe('the same brain with other luck'),
  examined: z.boolean().describe('whether turns of it were asked again, out of the show'),
  trainedOnTheWorld: z.boolean().describe('outside the rank'),
  model: model.nullable(),
});
export type RowCard = z.infer<typeof rowCardSchema>;
