/** The lab's plots as a file: what `npm run paint -- --plots FILE` draws. Pure: the caller reads the file. */
import { z } from 'zod';
import { InputError } from '#lib/input-error.ts';
import type { BenchmarkCard } from '#show/ports/card-views.ts';

const title = z.string().trim().min(1).max(60);
const number = z.number();

const plotSchema = z.discriminatedUnion('as', [
  z.strictObject({
    as: z.literal('bars'),
    valueTitle: title,
    rows: z
      .array(
        z.strictObject({
          name: title,
          value: number,
          low: number.nullable().default(null),
          high: number.nullable().default(null),
          control: z.boolean().default(false),
        }),
      )
      .min(1),
  }),
  z.strictObject({
    as: z.literal('lines'),
    xTitle: title,
    yTitle: title,
    shape: z.enum(['line', 'steps']).default('line'),
    series: z
      .array(z.strictObject({ name: title, points: z.array(z.strictObject({ x: number, y: number })) }))
      .min(1),
  }),
]);

const fileSchema = z
  .array(
    z.strictObject({
      title,
      subtitle: z.string().max(60).default(''),
      unit: z.string().max(20).default(''),
      plot: plotSchema,
    }),
  )
  .min(1);

/** The plots of a JSON text. Throws one line that says what is wrong with it and where. */
export function readPlots(text: string, file: string): BenchmarkCard[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: is not JSON`, { cause: error });
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data.map((plot) => ({ kind: 'benchmark', ...plot }));
  throw new InputError(`${file}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
}
