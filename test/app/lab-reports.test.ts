import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { labReports } from '#app/models/lab-reports.ts';
import { reportSchema } from '#lab/report/schema.ts';
import type { LabCard } from '#show/ports/lab-desk.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { silentLog } from '#test/support/theatre.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../data/lab/scripted-100x24.json');

test('the scripted brain’s card is its row of the report that ships', () => {
  const report = reportSchema.parse(JSON.parse(readFileSync(SHIPPED, 'utf8')));
  const card = labReports(silentLog).latest('scripted');
  const figures = report.rows.find(({ card: row }) => row.name === 'scripted')?.figures ?? [];
  assert.ok(card);
  assert.equal(card.worlds, report.plan.worlds);
  assert.equal(card.command, report.card.command);
  for (const { id, estimate, low } of card.figures) {
    const figure = figures.find(({ measure }) => measure === id);
    assert.deepEqual([estimate, low], [figure?.estimate, figure?.interval?.low]);
  }
  assert.ok(card.apart, 'it is set against the policies');
  assert.deepEqual(card.apart.more, [], 'nobody surely gives away more');
  assert.ok(card.apart.alike > 0, 'and luck alone orders it among most');
  assert.equal(labReports(silentLog).latest('llama nobody.gguf'), null);
});

test('of several runs the latest counts, and a broken one is told and passed over', (t) => {
  const folder = temporaryFolder(t);
  cpSync(SHIPPED, path.join(folder, 'old.json'));
  mkdirSync(path.join(folder, 'runs', 'new'), { recursive: true });
  const own = path.join(folder, 'runs', 'new', 'report.json');
  const report = reportSchema.parse(JSON.parse(readFileSync(SHIPPED, 'utf8')));
  const row = report.rows.find(({ card }) => card.name === 'scripted');
  assert.ok(row);
  Object.assign(row.card, { name: 'tiny', player: 'tiny.gguf', trainedOnTheWorld: true });
  writeFileSync(own, JSON.stringify(report));
  utimesSync(path.join(folder, 'old.json'), 1, 1);
  const told: string[] = [];
  const desk = labReports({ ...silentLog, warn: (_, message) => told.push(message) }, folder);
  const card = desk.latest('llama tiny.gguf, scripted for others');
  assert.equal(card?.name, 'tiny');
  assert.equal(card.apart, null, 'outside the rank');
  assert.equal(desk.latest('scripted')?.name, 'scripted');
  assert.deepEqual(told, []);
  writeFileSync(own, '{}');
  assert.equal(desk.latest('llama tiny.gguf'), null);
  assert.equal(told.length, 1);
});

test('whom a brain is surely worse than is told corrected for all whom it is set against', (t) => {
  const folder = temporaryFolder(t);
  const report = reportSchema.parse(JSON.parse(readFileSync(SHIPPED, 'utf8')));
  const least = (p: number): LabCard['apart'] => {
    let isFirst = true;
    for (const { one, differences } of report.comparisons)
      for (const it of differences)
        if (one === 'scripted' && it.measure === 'regret') {
          Object.assign(it, { p: isFirst ? p : 0.03, difference: 1 });
          isFirst = false;
        }
    writeFileSync(path.join(folder, 'one.json'), JSON.stringify(report));
    return labReports(silentLog, folder).latest('scripted')?.apart ?? null;
  };
  assert.deepEqual(least(0.03)?.less, [], 'one in twenty, of nine');
  assert.equal(least(0.0001)?.less.length, 1);
});
