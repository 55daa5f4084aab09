/** Stories side by side, a column each, with what is asked of them. */
import { wilson, type Share } from '#lab/story/share.ts';
import type { StoryReport } from '#lab/story/report.ts';
import { PUBLIC_KINDS, type PublicKind } from '#lab/story/transcript.ts';
import { textTable } from '#lib/text-table.ts';

export interface Column {
  title: string;
  report: StoryReport;
  /** Of one round, the mean. */
  milliseconds: number;
}
type Cell = (column: Column) => string;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const shareText = ({ hits, of }: Share): string => (of === 0 ? '-' : `${percent(hits / of)} of ${of}`);
const sureText = (share: Share): string => {
  const { from, to } = wilson(share);
  return share.of === 0
    ? '-'
    : `${shareText(share)} (${(100 * from).toFixed(0)} to ${(100 * to).toFixed(0)})`;
};
const KINDS: Record<PublicKind, string> = {
  marginCall: 'margin calls',
  bankruptcy: 'bankruptcies',
  comeback: 'comebacks',
  chaos: 'chaos',
  lead: 'changes of the lead',
};

const ROWS: readonly [label: string, bar: string, cell: Cell][] = [
  [
    'public events that another trader names in two rounds',
    '>= 60 %',
    ({ report }) => sureText(report.named),
  ],
  ...PUBLIC_KINDS.map((kind): [string, string, Cell] => [
    `  ${KINDS[kind]}`,
    '',
    ({ report }) => shareText(report.namedByKind[kind]),
  ]),
  [
    'lines that name one that never was',
    '0',
    ({ report }) => `${report.falseLines.hits} of ${report.falseLines.of}`,
  ],
  ['lines with a memory older than three rounds', '>= 8 %', ({ report }) => shareText(report.withMemory)],
  ['turns in silence', '<= 30 %', ({ report }) => shareText(report.silent)],
  ['rounds without a line', '<= 3 %', ({ report }) => shareText(report.roundsWithoutLine)],
  ['lines said within 24 rounds before, names masked', '< 2 %', ({ report }) => shareText(report.repeated)],
  ['most of 100 lines with one opener of three words', '<= 3', ({ report }) => String(report.mostOfAnOpener)],
  ['distinct-2 of 1,000 lines', '>= 0.45', ({ report }) => report.distinct2.toFixed(3)],
  ['deals with an order of under 0.2 % of equity', '0', ({ report }) => shareText(report.dust)],
  [
    'turns in one room with another: nothing between them',
    '',
    ({ report }) => shareText(report.together.unbound),
  ],
  ['  a feud, and it shuns', 'less', ({ report }) => shareText(report.together.feudShun)],
  ['  a feud, and it seeks', 'more', ({ report }) => shareText(report.together.feudSeek)],
  ['  an alliance', 'more', ({ report }) => shareText(report.together.alliance)],
  ['bankruptcies in 12 episodes', '1 to 3', ({ report }) => report.bankruptcies.toFixed(1)],
  ['milliseconds a round', '', ({ milliseconds }) => milliseconds.toFixed(0)],
];
/** How often each of the shipped personas is to deal. */
const DEALS: Record<string, string> = {
  mike: '>= 55 %',
  alex: '>= 40 %',
  alice: '>= 35 %',
  sarah: '>= 20 %',
};
const FEES: Record<string, string> = { alice: '<= 3 %', sarah: '<= 3 %' };

export function storyTable(columns: readonly Column[]): string {
  const rows = [
    ['', 'bar', ...columns.map(({ title }) => title)],
    ...ROWS.map(([label, bar, cell]) => [label, bar, ...columns.map(cell)]),
    ...Object.keys(columns[0]?.report.traders ?? {}).flatMap((id) => traderRows(id, columns)),
  ];
  return textTable(rows);
}

function traderRows(id: string, columns: readonly Column[]): string[][] {
  const cells = (cell: (report: StoryReport['traders'][string]) => string): string[] =>
    columns.map(({ report }) => {
      const trader = report.traders[id];
      return trader ? cell(trader) : '-';
    });
  return [
    [`${id} deals, of rounds in which it may`, DEALS[id] ?? '', ...cells(({ dealt }) => shareText(dealt))],
    ['  Small, Half, AllIn', '', ...cells(({ sizes }) => `${sizes.Small} ${sizes.Half} ${sizes.AllIn}`)],
    [
      '  fees of an episode, mean and most, of equity',
      FEES[id] ?? '',
      ...cells(({ fees }) => `${percent(fees.mean)} ${percent(fees.most)}`),
    ],
  ];
}
