/** Every measure, by family; what a world gains stands in the appendix, never above. */
import { FORM } from './a/form.ts';
import { SPEAKER } from './a/speaker.ts';
import { BIASES } from './b/biases.ts';
import { REGIMES } from './b/regimes.ts';
import { RUMOUR } from './c/rumour.ts';
import { advice, answersQuiz, knows, SOCIAL } from './c/social.ts';
import { FAITHFUL, OF_MEMORY } from './d/faithful.ts';
import { cellsByTrader, FAMILIES, measure, ratioOf, type Family, type Measure } from './measure.ts';

const BPS = 10_000;

export const gain = measure(
  {
    id: 'gain',
    family: 'appendix',
    title: 'gain of a world',
    formula:
      'equity before the last turn of a world against that before the first, less 1; mean over worlds and traders',
    source: 'luck for the most part: its spread hides a difference of two points in hundreds of worlds',
    unit: 'bps',
    range: [-BPS, 1_000_000],
    better: null,
    chance: null,
  },
  (row) =>
    cellsByTrader(row, (turns) => {
      const [first, last] = [turns[0]?.equityCents ?? 0, turns.at(-1)?.equityCents ?? 0];
      return { n: 1, value: { hits: first === 0 ? 0 : (last / first - 1) * BPS, all: first === 0 ? 0 : 1 } };
    }),
  ratioOf,
);

export const MEASURES: readonly Measure[] = [
  ...FORM,
  ...SPEAKER,
  ...REGIMES,
  ...BIASES,
  ...SOCIAL,
  ...RUMOUR,
  ...FAITHFUL,
  gain,
];

const OF_EXAM: ReadonlySet<Measure> = new Set([advice, knows, answersQuiz, ...FAITHFUL]);

/** How turns were asked again. */
export interface Asked {
  examEvery: number;
  memory?: boolean | undefined;
}

/** Whether a measure goes by the same questions in both: other turns, or more causes to be the largest of, make it another figure. */
export function isAskedAlike(measure: Measure, one: Asked, other: Asked): boolean {
  if (!OF_EXAM.has(measure)) return true;
  if (one.examEvery !== other.examEvery) return false;
  return !OF_MEMORY.has(measure) || (one.memory ?? false) === (other.memory ?? false);
}

/** Those of the families, and the appendix; of all where none are named. */
export function measuresOf(families: readonly Family[] = FAMILIES): Measure[] {
  return MEASURES.filter(({ family }) => family === 'appendix' || families.includes(family));
}
