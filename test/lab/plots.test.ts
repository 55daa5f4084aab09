/** What is drawn of a report: every title whole, every label in its place, and no interval where there is none. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { labPage } from '#lab/report/page.ts';
import { plotsOf } from '#lab/report/plots.ts';
import { reportSchema } from '#lab/report/schema.ts';

const shipped = new URL('../../data/lab/scripted-100x24.json', import.meta.url);
const report = reportSchema.parse(JSON.parse(readFileSync(shipped, 'utf8')));

test('a title of a picture is a whole phrase that there is room for', () => {
  const plots = plotsOf(report);
  assert.deepEqual(
    plots.map(({ id }) => id),
    ['regret', 'lag', 'lag-gain', 'contingency', 'speaker-found'],
  );
  for (const { card } of plots) assert.match(card.title, /^[A-Z].{10,58}[a-z]$/u);
});

test('a figure without an interval is drawn as a dot alone, and a long name does not reach the bars', () => {
  const [name, LONG] = ['hold', 'A-Model-Of-Some-Size-Instruct.Q4_K_M+no-worked-turns'];
  const changed = structuredClone(report);
  for (const row of changed.rows)
    if (row.card.name === name) {
      row.card.name = LONG;
      for (const figure of row.figures) figure.interval = null;
    }
  const plot = labPage([{ name: 'one', report: changed }]).match(/<svg[^]*?<\/svg>/u)?.[0] ?? '';
  const of = plot.slice(plot.indexOf(LONG)).split('<text x="0"')[0] ?? '';
  assert.match(of, /<circle [^>]*\/><text [^>]*>77\.4 \(no interval\)<\/text>/u);
  assert.doesNotMatch(of, /<line|\[/u);
  const dot = Number(/<circle cx="([\d.]+)"/u.exec(of)?.[1]);
  assert.ok(dot > LONG.length * 7, `${dot}`);
});
