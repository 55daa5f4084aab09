/** Reports side by side, a column each. */
import { FAULT_MEANINGS, FAULTS } from '#lab/lines/faults.ts';
import type { LinesReport } from '#lab/lines/report.ts';
import { textTable } from '#lib/text-table.ts';
import type { PlayedShow, RoundCost } from './play.ts';

export interface Column {
  title: string;
  report: LinesReport;
  shows: readonly Pick<PlayedShow, 'costs' | 'tokens'>[];
}

type Cell = (column: Column) => string;

const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(1)} %`);
/** Chance takes away as often as it adds, and nothing is not printed as -0.00. */
const bits = (figure: number): string => figure.toFixed(2).replace(/^-(?=0\.00$)/, '');

const ROWS: readonly [label: string, cell: Cell][] = [
  ['turns', ({ report }) => String(report.turns)],
  ['clean: said, and none of the faults of a line', ({ report }) => percent(report.clean)],
  ['silent', ({ report }) => percent(report.silent)],
  ['alone in a room', ({ report }) => percent(report.alone)],
  ['in another room than the turn before', ({ report }) => percent(report.walked)],
  ['fumbled', ({ report }) => percent(report.fumbled)],
  ...FAULTS.map((fault): [string, Cell] => [
    FAULT_MEANINGS[fault],
    ({ report }) => percent(report.faults[fault]),
  ]),
  ['words a line', ({ report }) => report.wordsALine.toFixed(1)],
  ['distinct-2', ({ report }) => report.distinct2.toFixed(2)],
  ['speaker found by words alone (chance 25 %)', ({ report }) => percent(report.toldApart)],
  ['answers that take up a word of what was said', ({ report }) => percent(report.takenUp)],
  ['bits that a choice tells of the situation', ({ report }) => bits(report.bits.situation)],
  ['bits that a choice tells of the trader', ({ report }) => bits(report.bits.persona)],
  ['milliseconds a round, median', (column) => medianOf(column, ({ milliseconds }) => milliseconds)],
  [
    'of it outside the passes over the weights, median',
    (column) =>
      medianOf(column, ({ milliseconds, passMilliseconds }) =>
        passMilliseconds === null ? null : milliseconds - passMilliseconds,
      ),
  ],
  ['milliseconds for each token drawn, all else shared out among them', perToken],
  ['tokens a turn: read, of the form, drawn', tokensATurn],
];

function medianOf({ shows }: Column, figure: (cost: RoundCost) => number | null): string {
  const figures = shows.flatMap(({ costs }) => costs.map(figure)).filter((each) => each !== null);
  return figures.length === 0 ? '-' : middle(figures).toFixed(0);
}

function middle(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}

function tokensATurn({ shows, report }: Column): string {
  const kinds = ['evaluated', 'forced', 'sampled'] as const;
  const sums = kinds.map((kind) => shows.reduce((sum, { tokens }) => sum + tokens[kind], 0));
  if (sums.every((sum) => sum === 0)) return '-';
  return sums.map((sum) => (sum / Math.max(1, report.turns)).toFixed(0)).join(' ');
}

/** A round is longer, too, where more is said in it. */
function perToken({ shows }: Column): string {
  const drawn = shows.reduce((sum, { tokens }) => sum + tokens.sampled, 0);
  const milliseconds = shows.flatMap(({ costs }) => costs).reduce((sum, cost) => sum + cost.milliseconds, 0);
  return drawn === 0 ? '-' : (milliseconds / drawn).toFixed(1);
}

export function linesTable(columns: readonly Column[]): string {
  const rows = [
    ['', ...columns.map(({ title }) => title)],
    ...ROWS.map(([label, cell]) => [label, ...columns.map(cell)]),
    ...tradeRows(columns),
  ];
  return textTable(rows);
}

/** Of the turns in which a trader could deal: `Tech 40 Crypto 30 Bonds 20 Hold 10`, percent. */
function tradeRows(columns: readonly Column[]): string[][] {
  const traders = new Set(columns.flatMap(({ report }) => Object.keys(report.trades)));
  return [...traders].sort().map((trader) => [
    `${trader} trades, percent: Tech Crypto Bonds Hold`,
    ...columns.map(({ report }) => {
      const own = report.trades[trader] ?? {};
      const all = Object.values(own).reduce((sum, count) => sum + count, 0);
      return (['Tech', 'Crypto', 'Bonds', 'Hold'] as const)
        .map((trade) => Math.round((100 * (own[trade] ?? 0)) / Math.max(1, all)))
        .join(' ');
    }),
  ]);
}
