/** Sampler settings that are tried against each other: `temperature=0.6 minP=0.1`, and `shipped` for those of the model's row. */
import { samplerSchema } from '#brain/catalog.ts';

const SHIPPED = 'shipped';

/** In place of those of the model's row; null leaves a setting out. */
export type SamplerChanges = Readonly<Record<string, number | null>>;

export interface TriedSampler {
  /** As it was asked for; empty for the shipped one. */
  title: string;
  changes: SamplerChanges;
}

/** What is wrong comes back as words. */
export function triedSampler(asked: string): TriedSampler | string {
  if (asked === SHIPPED) return { title: '', changes: {} };
  const pairs = asked.split(/\s+/).map((pair): [string, number | null] => {
    const [name = '', value = ''] = pair.split('=');
    return [name, value === 'none' ? null : value === '' ? Number.NaN : Number(value)];
  });
  const changes = Object.fromEntries(pairs);
  const unknown = Object.keys(changes).find((name) => !(name in samplerSchema.shape));
  if (unknown !== undefined) return `"${asked}": ${unknown} is no setting`;
  const issue = samplerSchema.partial().safeParse(changes).error?.issues[0];
  if (issue === undefined) return { title: asked, changes };
  return `"${asked}": ${[...issue.path, issue.message].join(': ')}`;
}
