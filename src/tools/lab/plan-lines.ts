/** Before a run: how much there is to do, and what it can show. */
import { fileURLToPath } from 'node:url';
import { roughMemoryBytes } from '#brain/memory.ts';
import { measuresOf } from '#lab/families/all.ts';
import { FAMILIES, type Family } from '#lab/families/measure.ts';
import { readReport } from '#lab/report/report-file.ts';
import { detectable } from '#lab/report/power.ts';
import { number } from '#lab/report/text.ts';
import type { WorldPlan } from '#lab/worlds/world.ts';
import { asksEach, askMs, MEASURED_WORLDS, type RowAhead } from './pace.ts';
import { duration } from './progress.ts';
import type { Exam } from './rows.ts';

export interface Load {
  rows: number;
  turns: number;
  /** Of the exam, beside the turns. */
  asks: number;
  ms: number;
  modelRows: number;
  /** Turns and asks. */
  modelAsks: number;
  modelBytes: number;
  threads: number;
  atOnce: number;
}

export interface LoadOptions {
  traders: number;
  exam: Exam;
  threads: number;
  /** Worlds that a model plays at once. */
  atOnce: number;
}

export function loadOf(
  plan: WorldPlan,
  rows: readonly RowAhead[],
  { traders, exam, threads, atOnce }: LoadOptions,
): Load {
  const turns = plan.worlds * plan.rounds * traders;
  const models = rows.filter(({ isModel }) => isModel);
  const asksOf = (some: readonly RowAhead[]): number =>
    some.reduce((sum, row) => sum + turns * asksEach(row, exam), 0);
  return {
    rows: rows.length,
    turns: turns * rows.length,
    asks: Math.round(asksOf(rows)),
    ms: rows.reduce((sum, row) => sum + turns * (1 + asksEach(row, exam)) * askMs(row, threads), 0),
    modelRows: models.length,
    modelAsks: Math.round(turns * models.length + asksOf(models)),
    modelBytes: Math.max(0, ...models.map(({ fileBytes }) => fileBytes)),
    threads,
    atOnce,
  };
}

export function planLines(plan: WorldPlan, load: Load): string[] {
  const { rows, turns, asks, ms, modelRows } = load;
  return [
    [
      `plan: ${rows} rows x ${plan.worlds} worlds x ${plan.rounds} rounds = ${turns} turns`,
      ...(asks === 0 ? [] : [` and about ${asks} asks of the exam`]),
      `, about ${duration(ms)}`,
      ...(modelRows === 0 ? [] : [ofModel(load)]),
    ].join(''),
    modelRows === 0 ? 'memory: below 0.3 GB' : memoryLine(load),
    `worlds: seeds ${plan.firstSeed} to ${plan.firstSeed + plan.worlds - 1} of data ${plan.contentHash.slice(0, 12)}`,
  ];
}

/** Whoever reads hours must know what they rest on. */
function ofModel({ modelAsks, modelBytes, threads, atOnce }: Load): string {
  const seconds = askMs({ isModel: true, fileBytes: modelBytes }, 1) / 1_000;
  const slower =
    atOnce < MEASURED_WORLDS ? `; with fewer than ${MEASURED_WORLDS} worlds at once it is more` : '';
  return ` (an estimate by the size of the file: ${modelAsks} turns and asks by a model of ${megabytes(modelBytes)}, some ${number(seconds)} s of a thread each, ${threads} ${threads === 1 ? 'thread' : 'threads'}${slower})`;
}

/** Of the file, what one more world takes at most: 17 MB a trader with SmolLM2-135M, of 98 MB. */
const WORLD_SHARE = 0.7;

function memoryLine({ modelBytes, atOnce }: Load): string {
  const each = modelBytes * WORLD_SHARE;
  const all = roughMemoryBytes(modelBytes) + (atOnce - 1) * each;
  return `memory: about ${(all / 1e9).toFixed(1)} GB with ${atOnce} ${atOnce === 1 ? 'world' : 'worlds'} at once (--at-once: more are quicker, and take up to ${megabytes(each)} each)`;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** How small a difference the plan can show, by a run that ships with the project: a small model's luck varies far more than the script's. */
export function powerLine(
  { worlds, rounds }: Pick<WorldPlan, 'worlds' | 'rounds'>,
  { modelRows }: Pick<Load, 'modelRows'>,
  families: readonly Family[] = FAMILIES,
): string {
  const [file, whose] = modelRows > 0 ? PAST_OF_MODEL : PAST_OF_SCRIPT;
  const past = readReport(fileURLToPath(file));
  const judged = new Set(measuresOf(families).map(({ id }) => id));
  const among = (ids: readonly string[]): string[] => ids.filter((id) => judged.has(id));
  const measures = among(POWER_MEASURES).length > 0 ? among(POWER_MEASURES) : among(ELSE);
  const seen = (against: string | null, between: string): string[] => {
    const parts = detectable(past, { measures, worlds, against });
    const told = parts.map(({ measure, unit, difference }) => `${measure} ${number(difference)} ${unit}`);
    return told.length === 0 ? [] : [`of ${told.join(', ')} ${between}`];
  };
  const all = [...seen(null, `between two arms (by ${whose} null control)`), ...seen(FAR, `from ${FAR}`)];
  return all.length === 0
    ? 'power: the runs that ship tell nothing of these families'
    : `power: with 80 % it shows a difference ${all.join(', and ')}; each measure by itself, before correction${rounds === past.plan.rounds ? '' : `; of worlds of ${past.plan.rounds} rounds, as those were, not of ${rounds}`}`;
}
/** A policy that has little of its luck in common with a brain. */
const FAR = 'momentum';
const LAB = new URL('../../../data/lab/', import.meta.url);
const PAST_OF_SCRIPT = [new URL('controls/scripted-34x24.json', LAB), "the scripted brain's"] as const;
const PAST_OF_MODEL = [new URL('controls/smollm2-135m-12x24.json', LAB), "SmolLM2-135M's"] as const;
const POWER_MEASURES = ['regret', 'lag-gain', 'contingency'];
/** Of the families that have none of those. */
const ELSE = ['speaker-found', 'named-reason-beyond-chance'];
