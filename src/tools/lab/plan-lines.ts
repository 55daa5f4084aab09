/** Before a run: how much there is to do, and what it can show. */
import { fileURLToPath } from 'node:url';
import { roughMemoryBytes } from '#brain/memory.ts';
import { measuresOf } from '#lab/families/all.ts';
import { FAMILIES, type Family } from '#lab/families/measure.ts';
import { readReport } from '#lab/report/report-file.ts';
import { detectable } from '#lab/report/power.ts';
import { number } from '#lab/report/text.ts';
import type { WorldPlan } from '#lab/worlds/world.ts';
import { duration, PACE } from './progress.ts';

const SECOND = 1_000;

export interface Load {
  rows: number;
  turns: number;
  modelRows: number;
  modelTurns: number;
  modelBytes: number;
}

export function loadOf(
  plan: WorldPlan,
  traders: number,
  rows: readonly { isModel: boolean; fileBytes: number }[],
): Load {
  const turns = plan.worlds * plan.rounds * traders;
  const models = rows.filter(({ isModel }) => isModel);
  return {
    rows: rows.length,
    turns: turns * rows.length,
    modelRows: models.length,
    modelTurns: turns * models.length,
    modelBytes: Math.max(0, ...models.map(({ fileBytes }) => roughMemoryBytes(fileBytes))),
  };
}

export function planLines(plan: WorldPlan, load: Load): string[] {
  const { rows, turns, modelRows, modelTurns, modelBytes } = load;
  const seconds = (turns - modelTurns) / PACE.headless + modelTurns / PACE.model;
  return [
    `plan: ${rows} rows x ${plan.worlds} worlds x ${plan.rounds} rounds = ${turns} turns, about ${duration(seconds * SECOND)}` +
      (modelRows === 0 ? '' : ` (${modelTurns} of them by a model, counted at ${PACE.model} a second)`),
    modelRows === 0 ? 'memory: below 0.3 GB' : `memory: about ${(modelBytes / 1e9).toFixed(1)} GB`,
    `worlds: seeds ${plan.firstSeed} to ${plan.firstSeed + plan.worlds - 1} of data ${plan.contentHash.slice(0, 12)}`,
  ];
}

/** How small a difference the plan can show, by a run that ships with the project: a small model's luck varies far more than the script's. */
export function powerLine(
  { worlds }: WorldPlan,
  { modelRows }: Load,
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
    : `power: with 80 % it shows a difference ${all.join(', and ')}; each measure by itself, before correction`;
}
/** A policy that has little of its luck in common with a brain. */
const FAR = 'momentum';
const LAB = new URL('../../../data/lab/', import.meta.url);
const PAST_OF_SCRIPT = [new URL('controls/scripted-34x24.json', LAB), "the scripted brain's"] as const;
const PAST_OF_MODEL = [new URL('controls/smollm2-135m-12x24.json', LAB), "SmolLM2-135M's"] as const;
const POWER_MEASURES = ['regret', 'lag-gain', 'contingency'];
/** Of the families that have none of those. */
const ELSE = ['speaker-found', 'named-reason-beyond-chance'];
