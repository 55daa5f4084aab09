/** Reports as one page for a browser: for each a plot of every headline figure with its interval, then the figures in a table. */
import { bestFirst, figureOf, labelOf } from './order.ts';
import { caveats, number, withInterval } from './text.ts';
import type { Report } from './schema.ts';

/** Measures that are drawn; the table has all of them. */
const DRAWN = ['regret', 'lag-gain', 'contingency', 'speaker-found'] as const;

const BARS = 360;
const VALUES = 190;
/** Pixels that a letter takes at most, so that labels of any length have room. */
const LETTER = 8;
const ROW = 22;
const PAD = 8;

type Row = Report['rows'][number];
type Measure = Report['measures'][number];

/** @param reports with the name that each goes by, newest first */
export function labPage(reports: readonly { name: string; report: Report }[]): string {
  const body =
    reports.length === 0
      ? '<p>The lab has not run here yet: <code>npm run lab -- --help</code> says how.</p>'
      : reports.map(({ name, report }) => section(name, report)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The lab</title>
<style>${STYLE}</style>
</head>
<body>
<h1>The lab</h1>
<p>What each brain is worth in worlds that all of them played alike. A dot is the estimate, its line where it lies with 95 %; the dashed line is what somebody who ignores the matter scores. <code>+null-control</code> is the same brain with other luck: where it differs, luck does. <code>engine-alone</code> is what the engine would choose for a general model that nothing moved.</p>
${body}
</body>
</html>`;
}

const STYLE = `
:root { color-scheme: dark; --ink: #dbdee1; --soft: #949ba4; --line: #3f4147; }
body { background: #1e1f22; color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 900px; padding: 24px; }
h1, h2, h3 { color: #f2f3f5; } h2 { border-top: 1px solid var(--line); margin-top: 40px; padding-top: 24px; }
h3 { font-size: 1rem; margin: 24px 0 4px; } p, figcaption { color: var(--soft); } figure { margin: 0; }
svg { display: block; height: auto; max-width: 100%; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
table { border-collapse: collapse; display: block; font-size: 13px; overflow-x: auto; } td, th { border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; text-align: left; white-space: nowrap; }
code { background: #2b2d31; border-radius: 4px; padding: 1px 5px; }`;

function section(name: string, report: Report): string {
  const { card, plan, rows, measures } = report;
  const drawn = DRAWN.flatMap((id) => measures.filter((measure) => measure.id === id));
  return `<section>
<h2>${escaped(name)}</h2>
<p>${plan.worlds} worlds of ${plan.rounds} rounds, ${escaped(card.split)}; ${played(card.seconds)} of play; ${escaped(card.machine)}. <code>${escaped(card.command)}</code></p>
${caveats(report)
  .map((it) => `<p>${escaped(it)}</p>`)
  .join('\n')}
${drawn.map((measure) => plot(measure, rows)).join('\n')}
<h3>All figures of the brains</h3>
${table(measures, rows)}
</section>`;
}

/** Shorter runs in seconds, longer ones in hours. */
function played(seconds: number): string {
  return seconds < 360 ? `${seconds} seconds` : `${(seconds / 3_600).toFixed(1)} hours`;
}

function plot({ id, title, unit, chance, better }: Measure, rows: readonly Row[]): string {
  const points = bestFirst(rows, { id, better }).flatMap((row) => {
    const { estimate = null, interval = null } = figureOf(row, id) ?? {};
    if (estimate === null) return [];
    return [
      {
        label: labelOf(row),
        trained: row.card.trainedOnTheWorld,
        estimate,
        interval,
      },
    ];
  });
  if (points.length === 0) return '';
  const ends = [
    ...points.flatMap(({ estimate, interval }) => (interval ? [interval.low, interval.high] : [estimate])),
    ...(chance === null ? [] : [chance]),
  ];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const span = most - least || 1;
  const labels = LETTER * Math.max(...points.map(({ label }) => label.length));
  const width = labels + BARS + VALUES;
  const x = (value: number): string =>
    (labels + PAD + ((value - least) / span) * (BARS - 2 * PAD)).toFixed(1);
  const height = points.length * ROW + 2 * PAD;
  const lines = points.map(({ label, estimate, interval }, at) => {
    const y = PAD + at * ROW + ROW / 2;
    const line = interval
      ? `<line x1="${x(interval.low)}" x2="${x(interval.high)}" y1="${y}" y2="${y}" stroke="#56b4e9" stroke-width="2"/>`
      : '';
    return `<text x="0" y="${y + 4}">${escaped(label)}</text>${line}<circle cx="${x(estimate)}" cy="${y}" r="4" fill="#e69f00"/><text x="${labels + BARS + PAD}" y="${y + 4}">${withInterval({ estimate, interval })}</text>`;
  });
  const guide =
    chance === null
      ? ''
      : `<line x1="${x(chance)}" x2="${x(chance)}" y1="0" y2="${height}" stroke="#949ba4" stroke-dasharray="3 4"/>`;
  return `<figure>
<h3>${escaped(title)}</h3>
<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escaped(title)}" data-measure="${escaped(id)}">${guide}${lines.join('')}</svg>
<figcaption>${escaped(unit)}; best first${points.some(({ trained }) => trained) ? ', what was trained on this world outside the rank' : ''}</figcaption>
</figure>`;
}

function table(measures: readonly Measure[], rows: readonly Row[]): string {
  const brains = rows.filter(({ card }) => card.kind === 'brain');
  const head = ['measure', 'chance', ...brains.map(labelOf)];
  const lines = measures.map(({ id, title, chance }) => [
    title,
    chance === null ? '' : number(chance),
    ...brains.map(({ figures }) => {
      const figure = figures.find(({ measure }) => measure === id);
      return figure ? withInterval(figure) : '-';
    }),
  ]);
  const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${row(head, 'th')}${lines.map((cells) => row(cells, 'td')).join('')}</table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
