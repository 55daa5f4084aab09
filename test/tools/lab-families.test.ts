import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Family } from '#lab/families/measure.ts';
import { readReport } from '#lab/report/report-file.ts';
import { terminalTable } from '#lab/report/text.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { besidePlay, examOf } from '#tools/lab/rows.ts';
import { content } from '#test/support/floor.ts';
import { launch, type Launched } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { never, scripted } from '../lab/stage.ts';

const SMALL = [
  '--worlds',
  '2',
  '--rounds',
  '6',
  '--arms',
  'full',
  '--exam',
  '2',
  '--no-baselines',
  '--no-plots',
];

async function done(t: TestContext, ...words: string[]): Promise<Launched & { code: number | null }> {
  const it = launch(t, 'src/tools/lab.ts', words, {});
  const { code } = await it.ended;
  return Object.assign(it, { code });
}

test('a run judges and shows the families that are asked for, and is repeated and gone on with under the same ones alone', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const run = await done(t, ...SMALL, '--families', 'B,a,b', '--out', out);
  assert.equal(run.code, 0, run.err);
  const file = path.join(out, 'report.json');
  const report = readReport(file);
  assert.deepEqual(report.card.families, ['A', 'B']);
  const families = new Set(report.measures.map(({ family }) => family));
  assert.deepEqual([...families], ['A', 'B', 'appendix']);
  const ids = report.measures.map(({ id }) => id);
  for (const { figures } of report.rows)
    assert.deepEqual(
      figures.map(({ measure }) => measure),
      ids,
    );
  for (const { differences } of report.comparisons)
    assert.deepEqual(
      differences.map(({ measure }) => measure),
      ids,
    );
  assert.equal(report.card.examEvery, 0, 'nothing needs asking again');
  const traces = new TraceFolder(path.join(out, 'scripted'));
  assert.ok(traces.read(report.plan.firstSeed).turns.every(({ probes, testimony }) => !probes && !testimony));
  const text = readFileSync(path.join(out, 'report.md'), 'utf8');
  assert.match(text, /^## B\. Adapting/mu);
  assert.doesNotMatch(text, /^## [CD]\. /mu);
  assert.match(run.out, /^Of the families of measures, A, B alone were asked for\.$/mu);

  const repeated = await done(t, 'repeat', file);
  assert.equal(repeated.code, 0, repeated.out + repeated.err);
  const other = await done(t, ...SMALL, '--out', out);
  assert.equal(other.code, 2);
  assert.match(other.err, /holds a run with other worlds or settings; name another folder/u);

  const [elsewhere, whole] = [path.join(out, 'c'), path.join(out, 'all')];
  assert.equal((await done(t, ...SMALL, '--families', 'c', '--out', elsewhere)).code, 0);
  assert.equal((await done(t, ...SMALL, '--families', 'a,b,c,d', '--out', whole)).code, 0);
  assert.equal(readReport(path.join(whole, 'report.json')).card.families, undefined, 'all are the usual');
  const apart = await done(t, 'compare', file, path.join(elsewhere, 'report.json'));
  assert.equal(apart.code, 2);
  assert.match(apart.err, /judge no family of measures in common, so there is nothing to compare; /u);
  const shared = await done(t, 'compare', file, path.join(whole, 'report.json'));
  assert.equal(shared.code, 0, shared.err);
  assert.match(shared.out, /^regret /mu);
  assert.doesNotMatch(shared.out, /^(contingency|cause-news|luck-alone) /mu);
});

test('what a family that is left out alone needs is not asked', async () => {
  const asked = async (...families: Family[]): Promise<Set<string>> => {
    const worlds = await runRow({
      plan: worldPlan(content, { worlds: 2, rounds: 6 }),
      content,
      player: scripted(),
      ...besidePlay({ arm: 'full', examined: true }, examOf(1, families.length === 0 ? undefined : families)),
      folder: null,
      signal: never,
    });
    const turns = (worlds ?? []).flatMap((world) => world.turns);
    return new Set(
      turns.flatMap(({ probes = [], testimony = [] }) => [
        ...probes.map(({ what }) => what),
        ...testimony.map(() => 'quiz'),
      ]),
    );
  };
  const [ofC, ofD] = [new Set(['advice', 'placebo', 'quiz']), new Set(['luck', 'without'])];
  assert.deepEqual(await asked(), ofC.union(ofD));
  assert.deepEqual(await asked('C'), ofC);
  assert.deepEqual(await asked('A', 'D'), ofD);
  assert.deepEqual(await asked('A', 'B'), new Set());
});

test('rows of a report without regret are ordered by what there is', () => {
  const shipped = readReport(
    path.resolve(import.meta.dirname, '../../data/lab/controls/scripted-34x24.json'),
  );
  assert.match(terminalTable(shipped), /^row +regret \[95 %\] +lag \[95 %\]/u);
  const ofTalk = {
    ...shipped,
    card: { ...shipped.card, families: ['C' as const] },
    measures: shipped.measures.filter(({ family }) => family === 'C'),
  };
  const [head, first] = terminalTable(ofTalk).split('\n');
  assert.match(head ?? '', /^row +contingency \[95 %\]\s*$/u);
  assert.match(first ?? '', /^scripted/u, 'who talks stands before policies, which do not');
});
