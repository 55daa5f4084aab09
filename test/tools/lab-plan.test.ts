import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readReport } from '#lab/report/report-file.ts';
import { asksEach } from '#tools/lab/pace.ts';
import { loadOf, planLines, powerLine } from '#tools/lab/plan-lines.ts';
import { examOf } from '#tools/lab/rows.ts';
import { launch } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { played, scripted } from '../lab/stage.ts';

const PLAN = { firstSeed: 1, worlds: 100, rounds: 24, contentHash: 'f'.repeat(64) };
const SMOLLM2 = { isModel: true, fileBytes: 98_362_432 };

test('the asks of an exam are counted, and a model’s pace is an estimate by its file that says so', () => {
  const rows = [
    { isModel: false, fileBytes: 0, examined: false },
    { ...SMOLLM2, examined: true },
  ];
  const load = loadOf(PLAN, rows, { traders: 4, exam: examOf(48), threads: 1, atOnce: 12 });
  assert.equal(load.turns, 19_200);
  // It took 8,195 s, by the report in data/lab.
  assert.ok(load.ms > 6_000_000 && load.ms < 11_000_000, `${load.ms}`);
  const [plan, memory] = planLines(PLAN, load);
  assert.match(
    plan ?? '',
    /^plan: 2 rows x 100 worlds x 24 rounds = 19200 turns and about 1660 asks of the exam, about 2\.\d h \(an estimate by the size of the file: 11260 turns and asks by a model of 98 MB, some 0\.\d+ s of a thread each, 1 thread\)$/u,
  );
  assert.match(memory ?? '', /^memory: about 1\.\d GB with 12 worlds at once \(--at-once: /u);
  const two = loadOf(PLAN, rows, { traders: 4, exam: examOf(48), threads: 2, atOnce: 1 });
  assert.ok(two.ms < load.ms);
  assert.match(planLines(PLAN, two)[0] ?? '', /2 threads; with fewer than 12 worlds at once it is more\)$/u);
  assert.ok(two.modelBytes === load.modelBytes);
  const plain = planLines(
    PLAN,
    loadOf(PLAN, rows.slice(0, 1), { traders: 4, exam: examOf(48), threads: 1, atOnce: 1 }),
  );
  assert.equal(plain[0], 'plan: 1 rows x 100 worlds x 24 rounds = 9600 turns, about 5 s');
});

test('as many asks are counted as the script is asked, of the families that are asked for', async () => {
  const worlds = await played(scripted(), {
    worlds: 20,
    exam: { everyTurns: 3, ablations: true, advice: true, quiz: true, memory: true },
  });
  const turns = worlds.flatMap((world) => world.turns);
  const asked = { C: 0, D: 0 };
  for (const { probes = [], testimony = [] } of turns) {
    const ofD = probes.filter(({ what }) => what === 'luck' || what === 'without').length;
    asked.D += ofD;
    asked.C += probes.length - ofD + testimony.length;
  }
  for (const family of ['C', 'D'] as const) {
    const counted = turns.length * asksEach({ examined: true }, examOf(3, [family]));
    assert.ok(Math.abs(asked[family] / counted - 1) < 0.2, `${family}: ${asked[family]}, not ${counted}`);
  }
  assert.equal(asksEach({ examined: true }, examOf(3, ['A', 'B'])), 0);
  assert.equal(asksEach({ examined: false }, examOf(3)), 0);
});

test('what a plan can show is told of the families that are asked for, as far as the runs that ship tell', () => {
  const line = (families?: Parameters<typeof examOf>[1], modelRows = 0): string =>
    powerLine(PLAN, { modelRows }, families);
  assert.match(
    line(),
    /of regret [^;]*, contingency [^;]* between two arms [^;]*, and of regret [^;]* from momentum;/u,
  );
  assert.match(line(['A']), /^power: with 80 % it shows a difference of speaker-found [^,]*; each measure/u);
  assert.equal(line(['D'], 1), 'power: the runs that ship tell nothing of these families');
  assert.doesNotMatch(line(), /of worlds of/u);
  assert.match(
    powerLine({ ...PLAN, rounds: 2 }, { modelRows: 0 }),
    /before correction; of worlds of 24 rounds, as those were, not of 2$/u,
  );
});

test('a model plays worlds at once unless it is told otherwise, and a run goes on with as many as it was begun with', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const file = path.join(out, 'report.json');
  const done = async (...words: string[]): Promise<string> => {
    const it = launch(t, 'src/tools/lab.ts', words, {});
    assert.equal((await it.ended).code, 0, it.out + it.err);
    return it.out;
  };
  const small = ['--worlds', '3', '--rounds', '2', '--arms', 'full', '--exam', '0', '--threads', '1'];
  const alone = ['--no-control', '--no-baselines', '--no-plots', '--out', out];
  const said = await done('--model', 'pocket', ...small, ...alone);
  assert.match(said, /^memory: about [\d.]+ GB with 3 worlds at once /mu);
  assert.equal(readReport(file).card.atOnce, 3, 'no more than there are worlds');
  assert.equal(await done('repeat', file, '--model', 'pocket'), 'pocket: the same\n');

  const kept = path.join(out, 'run.json');
  writeFileSync(kept, readFileSync(kept, 'utf8').replace('"atOnce": 3', '"atOnce": 1'));
  await done('--model', 'pocket', ...small, ...alone);
  assert.equal(readReport(file).card.atOnce, 1, 'as a run that was begun one world at a time');
});
