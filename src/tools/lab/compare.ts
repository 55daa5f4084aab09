/** `npm run lab -- compare A.json B.json`: what two reports differ in, world by world. */
import { isAskedAlike, measuresOf } from '#lab/families/all.ts';
import { compared } from '#lab/report/judge.ts';
import { COMPARISON_HEAD, comparisonRows, controlLine, withInterval } from '#lab/report/text.ts';
import { InputError } from '#lib/input-error.ts';
import { textTable } from '#lib/text-table.ts';
import { askedRow } from './traces.ts';

/** The text of the comparison. Throws InputError for reports of other worlds. */
export function compareReports(files: readonly string[]): string {
  const [first, second, ...more] = files;
  if (first === undefined || second === undefined || more.length > 0)
    throw new InputError('compare takes two reports: npm run lab -- compare A.json B.json');
  const [one, other] = [askedRow(first), askedRow(second)];
  const of = ({ plan }: typeof one.report): string =>
    JSON.stringify([plan.firstSeed, plan.rounds, plan.contentHash]);
  if (of(one.report) !== of(other.report))
    throw new InputError(
      `${first} and ${second}: were played in other worlds, so no pair can be made; run both with the same seeds, rounds and data`,
    );
  const seeds = new Set(one.row.worlds.map(({ seed }) => seed));
  const shared = new Set(other.row.worlds.map(({ seed }) => seed).filter((seed) => seeds.has(seed)));
  const within = (it: typeof one) => ({
    name: it.name,
    row: { ...it.row, worlds: it.row.worlds.filter(({ seed }) => shared.has(seed)) },
  });
  const judged = new Set(measuresOf(one.report.card.families));
  const both = measuresOf(other.report.card.families).filter((measure) => judged.has(measure));
  if (both.every(({ family }) => family === 'appendix'))
    throw new InputError(
      `${first} and ${second}: judge no family of measures in common, so there is nothing to compare; run one with the --families of the other`,
    );
  const measures = both.filter((measure) => isAskedAlike(measure, one.report.card, other.report.card));
  const left = both.filter((measure) => !measures.includes(measure)).map(({ id }) => id);
  const comparison = compared(within(one), within(other), undefined, measures);
  const controls = [one, other].flatMap(({ report }) =>
    report.comparisons.filter(({ other: name }) =>
      report.rows.some(({ card }) => card.isControl && card.name === name),
    ),
  );
  // A difference is read beside what luck alone made of the same measure.
  const rows = comparisonRows(comparison).map((row) => [
    ...row,
    ...controls.map(({ differences }) => {
      const luck = differences.find(({ measure }) => measure === row[0]);
      return withInterval({ estimate: luck?.difference ?? null, interval: luck?.interval ?? null });
    }),
  ]);
  return [
    `${comparison.one} less ${comparison.other}, ${shared.size} worlds; intervals and p: worlds and traders drawn anew`,
    textTable([[...COMPARISON_HEAD, ...controls.map(() => 'of a null control')], ...rows]),
    ...controls.map(controlLine),
    ...(left.length === 0
      ? []
      : [`Their turns were not asked again alike, so these are left out: ${left.join(', ')}.`]),
    'A difference no larger than that of a null control is no difference.',
  ].join('\n');
}
