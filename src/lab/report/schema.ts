/** The report as JSON: its schema is published as data/lab/report.schema.json. */
import { z } from 'zod';
import { FAMILIES } from '../families/measure.ts';
import { rowCardSchema } from './card.ts';

const interval = z
  .strictObject({ low: z.number(), high: z.number() })
  .describe('95 %: the estimate, give or take its error times t, within the range of the measure');

const differenceInterval = z
  .strictObject({ low: z.number(), high: z.number() })
  .describe('95 %, of this measure alone: the difference, give or take its error times t');

export const figureSchema = z.strictObject({
  measure: z.string(),
  n: z.number().describe('observations that it rests on'),
  estimate: z.number().nullable(),
  interval: interval.nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

export const comparisonSchema = z.strictObject({
  one: z.string(),
  other: z.string(),
  worlds: z.number().int().describe('that both played; those with anything to measure are drawn anew'),
  traders: z.number().int().describe('of the cast; those with anything to measure are drawn anew'),
  differences: z.array(
    z.strictObject({
      measure: z.string(),
      difference: z.number().nullable().describe('one less other, in the same worlds'),
      interval: differenceInterval.nullable(),
      error: z.number().nullable().describe('standard error: two-way cluster bootstrap by world and trader'),
      ofTraders: z.number().nullable().describe('share of its square that lies between traders, 0 to 1'),
      p: z
        .number()
        .nullable()
        .describe(
          'two-sided, by the same error: t of traders and of worlds, weighed by their shares (Cochran)',
        ),
      pOfCast: z
        .number()
        .nullable()
        .optional()
        .describe('two-sided, of these very traders: worlds alone drawn anew'),
      pOfCastHolm: z
        .number()
        .nullable()
        .optional()
        .describe('that, corrected for all measures of this comparison (Holm)'),
      pHolm: z.number().nullable().describe('corrected for all measures of this comparison (Holm)'),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const measureSchema = z.strictObject({
  id: z.string(),
  family: z.enum([...FAMILIES, 'appendix']),
  title: z.string(),
  formula: z.string(),
  source: z.string(),
  unit: z.string(),
  range: z.tuple([z.number(), z.number()]),
  better: z.enum(['high', 'low']).nullable(),
  chance: z.number().nullable(),
});

/** Another number whenever figures or intervals are worked out otherwise. Reports of the two before can be read. */
export const REPORT_FORMAT = 'open-outcry-lab-4';
const FORMATS = ['open-outcry-lab-2', 'open-outcry-lab-3', REPORT_FORMAT] as const;

export const reportSchema = z.strictObject({
  format: z.enum(FORMATS),
  card: z.strictObject({
    command: z.string(),
    project: z.string().describe('version of this project'),
    node: z.string(),
    engine: z.string().describe('version of node-llama-cpp'),
    machine: z.string(),
    licence: z.string().describe('of the project; and of each model that played, as its row tells'),
    seconds: z
      .number()
      .describe('of play: the time of all worlds, those that were played at once counted once'),
    examEvery: z.number().int().describe('of so many turns of an examined row, one was asked again; 0: none'),
    quiz: z.boolean().optional().describe('whether such a turn was asked who knows what'),
    memory: z
      .boolean()
      .optional()
      .describe('whether such a turn was asked without what the floor remembers, too'),
    families: z
      .array(z.enum(FAMILIES))
      .min(1)
      .optional()
      .describe('whose measures were judged, beside the appendix, and what they need asked; absent: all'),
    atOnce: z.number().int(),
    split: z.string().describe('which content was played: shipped, or held-out'),
  }),
  plan: z.strictObject({
    firstSeed: z.number().int(),
    worlds: z.number().int(),
    rounds: z.number().int(),
    contentHash: z.string(),
  }),
  measures: z.array(measureSchema),
  rows: z.array(
    z.strictObject({
      card: rowCardSchema,
      turns: z.number().int(),
      hash: z.string().describe('of the hashes of its worlds: what `repeat` must meet'),
      programs: z
        .array(z.string())
        .optional()
        .describe(
          'hashes of the code that played its worlds: more than one where a run went on with another version',
        ),
      figures: z.array(figureSchema),
    }),
  ),
  comparisons: z.array(comparisonSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** JSON Schema, draft 2020-12. */
export function reportJsonSchema(): unknown {
  return z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
}
