/** A report as text: a table for the terminal, and Markdown. */
import { textTable } from '#lib/text-table.ts';
import { FAMILIES } from '../families/measure.ts';
import { QUICK_WORLDS } from '../worlds/world.ts';
import { modelLines } from './models.ts';
import { bestFirst, figureOf } from './order.ts';
import type { Figure, Report } from './schema.ts';

export const FAMILY_TITLES: Record<Report['measures'][number]['family'], string> = {
  A: 'A. Following instructions, in persona',
  B: 'B. Adapting to the regime',
  C: 'C. Talking to whom it stands next to',
  D: 'D. Why: what changes the decision, and does the thought say so?',
  appendix: 'Appendix: gain (luck for the most part, and no rank)',
};

/** On lag and regret, the order in which yardsticks are expected is known. */
const HEADLINES = ['regret', 'lag', 'lag-gain', 'regime-bits'];
/** What stands for the other families where that one is left out. */
const ELSE = ['speaker-found', 'contingency', 'named-reason-beyond-chance'];

/** Measures for a table of all rows; the first of them orders it. */
function headlinesOf({ measures }: Report): Report['measures'] {
  const judged = (ids: readonly string[]) => ids.flatMap((id) => measures.filter((it) => it.id === id));
  const [those, rest] = [judged(HEADLINES), judged(ELSE)];
  return those.length > 0 ? those : rest;
}

/** Rows, best first, with their headline figures. */
function ranked(report: Report): { by: string; ids: string[]; rows: { row: Row; cells: string[] }[] } {
  const headlines = headlinesOf(report);
  const [lead = { id: 'regret', better: 'low' }] = headlines;
  const rows = bestFirst(report.rows, lead).map((row) => ({
    row,
    cells: headlines.map(({ id }) => withInterval(figureOf(row, id) ?? { estimate: null, interval: null })),
  }));
  return { by: lead.id, ids: headlines.map(({ id }) => id), rows };
}

export function number(value: number | null): string {
  if (value === null) return '-';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

export function withInterval({ estimate, interval }: Pick<Figure, 'estimate' | 'interval'>): string {
  if (estimate === null) return '-';
  return interval === null
    ? `${number(estimate)} (no interval)`
    : `${number(estimate)} [${number(interval.low)}, ${number(interval.high)}]`;
}

type Row = Report['rows'][number];

function nameOf({ card }: Row): string {
  return card.trainedOnTheWorld ? `${card.name} (trained on the world, outside the rank)` : card.name;
}

/** A published row takes so many, by the method. */
const PUBLISHED_WORLDS = 100;
/** So many turns of a row takes what is told of following instructions. */
const PUBLISHED_TURNS = 3_000;

/** What a reader must know before any figure. */
export function caveats({ card: { families }, plan, rows, comparisons }: Report): string[] {
  const { worlds } = plan;
  const hasControl = rows.some(({ card }) => card.isControl);
  const turns = rows.find(({ card }) => card.kind === 'brain')?.turns ?? PUBLISHED_TURNS;
  return [
    ...(families ? [`Of the families of measures, ${families.join(', ')} alone were asked for.`] : []),
    ...(worlds < QUICK_WORLDS
      ? [`${worlds} worlds are fewer than the ${QUICK_WORLDS} of a quick look.`]
      : worlds < PUBLISHED_WORLDS
        ? [`${worlds} worlds are a quick look: a published row takes ${PUBLISHED_WORLDS}.`]
        : []),
    ...(turns < PUBLISHED_TURNS && families?.includes('A') !== false
      ? [`${turns} turns of a row are fewer than the ${PUBLISHED_TURNS} that family A takes.`]
      : []),
    ...(comparisons.length > 0 && !hasControl
      ? ['No null control was played, so nothing here says how far the same brain differs from itself.']
      : []),
  ];
}

/** Rows by regret, best first: lag, regret and what they rest on, with intervals. */
export function terminalTable(report: Report): string {
  const { ids, rows } = ranked(report);
  const table = [
    ['row', ...ids.map((id) => `${id} [95 %]`)],
    ...rows.map(({ row, cells }) => [nameOf(row), ...cells]),
  ];
  const asked = report.rows.find(({ card }) => card.kind === 'brain');
  return [
    textTable(table),
    '',
    ...modelLines(report),
    `licence: ${report.card.licence}`,
    ...caveats(report).map((it) => `\n${it}`),
    ...(asked ? ['', askedTable(report, asked)] : []),
    ...report.comparisons.filter(({ other }) => isControl(report, other)).map((it) => `\n${controlLine(it)}`),
  ].join('\n');
}

function isControl(report: Report, name: string): boolean {
  return report.rows.some(({ card }) => card.name === name && card.isControl);
}

function askedTable(report: Report, row: Report['rows'][number]): string {
  return textTable([
    [row.card.name, '[95 %]', 'chance', 'n'],
    ...report.measures
      .filter(({ family }) => family !== 'appendix')
      .map(({ id, family, title, chance }) => {
        const figure = figureOf(row, id);
        return [
          `${family} ${title}`,
          figure ? withInterval(figure) : '-',
          chance === null ? '' : number(chance),
          String(figure?.n ?? 0),
        ];
      }),
  ]);
}

/**
 * Of the null control: for how many measures the interval of the difference covers zero, and for how many of them these very traders
 * differ, of which luck makes one in twenty. What does not vary tells nothing.
 */
export function controlLine({ other, differences }: Report['comparisons'][number]): string {
  const judged = differences.filter(({ interval, error }) => interval !== null && error !== 0);
  const ofCast = judged.flatMap(({ pOfCast }) => pOfCast ?? []);
  const off = judged.filter(({ interval }) => interval !== null && (interval.low > 0 || interval.high < 0));
  const rest = off.length === 0 ? '' : `; not ${off.map(({ measure }) => measure).join(', ')}`;
  return [
    `null control (${other}): the interval of the difference covers zero for ${judged.length - off.length} of ${judged.length} measures that vary${rest}`,
    ...(ofCast.length === 0
      ? []
      : [
          `by worlds alone, these very traders differ at 5 % in ${ofCast.filter((p) => p < 0.05).length} of ${ofCast.length} (one in twenty by luck)`,
        ]),
  ].join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

export function markdown(report: Report, plots: readonly { title: string; file: string }[]): string {
  const { card, plan } = report;
  const { by, ids, rows: ranks } = ranked(report);
  const brains = report.rows.filter((row) => row.card.kind === 'brain');
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
  return [
    '# Lab report',
    `\`${card.command}\``,
    `${plan.worlds} worlds (seeds ${plan.firstSeed} to ${plan.firstSeed + plan.worlds - 1}) of ${plan.rounds} rounds, data ${plan.contentHash.slice(0, 12)} (${card.split}). Intervals: 95 %, worlds and traders drawn anew. Open Outcry ${card.project}, ${card.engine}, Node ${card.node}, ${card.machine}; ${(card.seconds / 3_600).toFixed(2)} h of play. Licence: ${card.licence}.`,
    ...modelLines(report),
    ...caveats(report),
    `## Rows, by ${by}`,
    table(
      ['row', 'turns', ...ids],
      ranks.map(({ row, cells }) => [nameOf(row), String(row.turns), ...cells]),
    ),
    ...plots.map(({ title, file }) => `![${title}](${file})`),
    ...([...(card.families ?? FAMILIES), 'appendix'] as const).flatMap((family) => [
      `## ${FAMILY_TITLES[family]}`,
      table(
        ['measure', 'chance', ...brains.map(nameOf)],
        report.measures
          .filter((measure) => measure.family === family)
          .map((measure) => [
            `${measure.title}, ${measure.unit}`,
            measure.chance === null ? '' : number(measure.chance),
            ...brains.map((row) =>
              withInterval(figureOf(row, measure.id) ?? { estimate: null, interval: null }),
            ),
          ]),
      ),
    ]),
    '## Differences in the same worlds',
    ABOUT_DIFFERENCES,
    ...report.comparisons.filter(({ other }) => isControl(report, other)).map(controlLine),
    ...report.comparisons.flatMap((comparison) => [
      `### ${comparison.one} less ${comparison.other}`,
      table([...COMPARISON_HEAD], comparisonRows(comparison)),
    ]),
    '## How each is measured',
    ...report.measures.map(
      ({ id, title, formula, source }) => `* **${id}**: ${title}. ${formula}. ${source}.`,
    ),
    '## To repeat a row',
    `\`npm run lab -- repeat report.json\` plays every row again, works out every figure anew and compares it in all six digits that a report holds; a model's rows take \`--model FILE\`, and processors of another kind may differ in the last bit. Worlds at once: ${card.atOnce}; ${card.examEvery === 0 ? 'no turn was asked again' : `every ${card.examEvery} turns one was asked again`}.`,
    table(
      ['row', 'arm', 'seed', 'sha256 of the model', 'program', 'hash'],
      report.rows.map(({ card: { name, arm, seed, model }, programs = [], hash }) => [
        name,
        arm,
        String(seed),
        model?.sha256 ?? '-',
        programs.join(' ') || '-',
        hash,
      ]),
    ),
  ].join('\n\n');
}

const ABOUT_DIFFERENCES = [
  'Intervals and p-values come from one two-way cluster bootstrap, worlds and traders drawn anew, so that they agree: an interval is the difference give or take t standard errors; p is two-sided and below 0.05 just where the interval leaves out zero. Both are of each measure alone: of twenty measures that do not differ, one may be called real. p (Holm) is corrected for all measures of a comparison, and what is claimed of several at once is judged by it.',
  'p of this cast asks less: whether these very traders differ, worlds alone drawn anew (jackknife, t). It sees far smaller differences, and says nothing of other traders; of several at once it is judged corrected, too.',
  't weighs the few degrees of freedom of the traders and the many of the worlds by their shares of the variance (Cochran 1964): what one trader makes of it by luck, no number of worlds makes sure. "-": nothing to measure.',
  'Intervals of rows, above, are of the same error and t, cut to what the measure can be.',
].join(' ');

export const COMPARISON_HEAD = [
  'measure',
  'difference [95 %]',
  'p',
  'p (Holm)',
  'p of this cast',
  'p of this cast (Holm)',
] as const;

export function comparisonRows({ differences }: Report['comparisons'][number]): string[][] {
  return differences
    .filter(({ difference }) => difference !== null)
    .map(({ measure, difference, interval, p, pHolm, pOfCast = null, pOfCastHolm = null }) => [
      measure,
      withInterval({ estimate: difference, interval }),
      number(p),
      number(pHolm),
      number(pOfCast),
      number(pOfCastHolm),
    ]);
}
