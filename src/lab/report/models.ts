/** How the models of a report were asked, as a person reads it. */
import type { ModelCard } from './card.ts';
import type { Report } from './schema.ts';

/** A line for each model, and for each way in which its rows were asked; none in reports of before that was told. */
export function modelLines({ card, rows }: Report): string[] {
  const rowsByLine = new Map<string, string[]>();
  for (const { card: row } of rows) {
    const line = row.model && lineOf(row.model, card.atOnce);
    if (line === null) continue;
    rowsByLine.set(line, [...(rowsByLine.get(line) ?? []), row.name]);
  }
  if (rowsByLine.size < 2) return [...rowsByLine.keys()];
  return [...rowsByLine].map(([line, names]) => `${names.join(', ')}: ${line}`);
}

function lineOf(
  { file, promptStyle, sampler, threads, llamaCpp }: ModelCard,
  worldsAtOnce: number,
): string | null {
  if (!sampler) return null;
  return [
    file,
    ...(promptStyle === undefined ? [] : [promptStyle]),
    ...samplerWords(sampler),
    ...(threads === undefined ? [] : [`${counted(threads, 'thread')} at most`]),
    `${counted(worldsAtOnce, 'world')} at once`,
    ...(llamaCpp === undefined ? [] : [`llama.cpp ${llamaCpp}`]),
  ].join(', ');
}

function samplerWords(sampler: NonNullable<ModelCard['sampler']>): string[] {
  const { temperature, choiceTemperature = temperature, topP, topK, minP, repeatPenalty } = sampler;
  const set = (name: string, value: number | null): string[] => (value === null ? [] : [`${name} ${value}`]);
  return [
    `temperature ${temperature}${choiceTemperature === temperature ? '' : ` (choices ${choiceTemperature})`}`,
    ...set('top-p', topP),
    ...set('top-k', topK),
    ...set('min-p', minP),
    ...set('repeat penalty', repeatPenalty),
  ];
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The project's own licence, and that of each model that played. */
export function licencesOf(rows: readonly { card: Report['rows'][number]['card'] }[]): string {
  const models = rows.flatMap(({ card: { model } }) =>
    model ? [`${model.file}: ${model.licence ?? 'not known to the catalog'}`] : [],
  );
  return ['MIT', ...new Set(models)].join('; ');
}
