import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readReport } from '#lab/report/report-file.ts';
import { reportSchema, type Report } from '#lab/report/schema.ts';
import { launch, until, type Launched } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const SMALL = [
  '--worlds',
  '2',
  '--rounds',
  '2',
  '--arms',
  'full',
  '--no-control',
  '--no-baselines',
  '--no-plots',
];

const lab = (t: TestContext, ...words: string[]): Launched => launch(t, 'src/tools/lab.ts', words, {});

test('a run goes on from its own traces, and from nobody else’s', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const first = lab(t, ...SMALL, '--out', out);
  assert.equal((await first.ended).code, 0, first.err);
  const again = lab(t, ...SMALL, '--out', out);
  assert.equal((await again.ended).code, 0, again.err);

  const card = path.join(out, 'scripted', 'card.json');
  const whole = readFileSync(card, 'utf8');
  writeFileSync(
    card,
    whole.replace('"model": null', '"model": {"file":"m.gguf","fileBytes":1,"sha256":"2d76"}'),
  );
  const other = lab(t, ...SMALL, '--out', out);
  assert.equal((await other.ended).code, 2);
  assert.match(
    other.err,
    /scripted: holds a run of another file, arm, seed or sampler, or asked in other words; name another folder with --out/u,
  );
  writeFileSync(card, whole);

  writeFileSync(path.join(out, 'run.json'), '{"plan":');
  const broken = lab(t, ...SMALL, '--out', out);
  assert.equal((await broken.ended).code, 2);
  assert.match(broken.err, /^[^\n]*run\.json: [^\n]*\n$/u);
});

test('Ctrl+C ends a run of the script, too, and a repetition; the traces stay', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const running = lab(t, '--worlds', '500', '--no-plots', '--out', out);
  await until(() => running.out.includes('power: '));
  running.signal('SIGINT');
  assert.equal((await running.ended).code, 130, running.err);
  assert.match(running.err, /^stopped; the same command goes on from the traces in [^\n]*\n$/mu);

  const repeating = lab(t, 'repeat', 'data/lab/scripted-100x24.json');
  await until(() => repeating.out.includes('the same'));
  repeating.signal('SIGINT');
  assert.equal((await repeating.ended).code, 130, repeating.err);
  assert.match(repeating.err, /^stopped before all rows were played again\n$/mu);
});

test('help tells what --exam counts', async (t) => {
  const asked = lab(t, '--help');
  assert.equal((await asked.ended).code, 0);
  assert.match(asked.err, /^--exam N: of so many turns one is asked again; 0: none \(default 12\)$/mu);
});

test('what a run cannot be asked for is told in one line', async (t) => {
  const taken = path.join(temporaryFolder(t), 'notes.txt');
  writeFileSync(taken, 'mine');
  for (const [words, says] of [
    [['--out', taken], /^[^\n]*notes\.txt is no folder and cannot be made one [^\n]*; name another\n$/u],
    [
      ['--brain', 'random'],
      /^random is a baseline, and those play in every run; npm run lab -- --help lists what it takes\n$/u,
    ],
    [
      ['--brain', 'scripted', '--model', 'pocket'],
      /^either --brain or --model plays, not both; npm run lab/u,
    ],
  ] as const) {
    const refused = lab(t, ...SMALL, ...words);
    assert.equal((await refused.ended).code, 2, refused.out);
    assert.match(refused.err, says);
  }
  for (const [words, says] of [
    [
      ['--brain', 'scripted', '--arms', 'full,no-persona'],
      /^arm no-persona changes a model's prompt, and the scripted brain has none; /u,
    ],
    [
      ['--model', 'pocket', '--arms', 'full,no-voice'],
      /^arm no-voice: pocket plays without that anyway; name another arm; /u,
    ],
    [
      ['--model', 'pocket', '--arms', 'neutral-names'],
      /^arm neutral-names: pocket has learned the instruments by their names; name another arm; /u,
    ],
    [
      ['--families', 'a,e'],
      /^--families knows no "e"; allowed: a, b, c, d; npm run lab -- --help [^\n]*\n$/u,
    ],
    [['--families', 'a,,b'], /^--families knows no ""; allowed: a, b, c, d; /u],
  ] as const) {
    const early = lab(t, ...words);
    assert.equal((await early.ended).code, 2);
    assert.match(early.err, says);
    assert.equal(early.out, '', 'before anything is played');
  }
});

test('a report is met by playing it again, and one with an edited figure, difference or turn is refused by name', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const arms = [
    '--worlds',
    '2',
    '--rounds',
    '3',
    '--arms',
    'full,deaf',
    '--no-control',
    '--no-baselines',
    '--exam-all',
  ];
  const run = lab(t, ...arms, '--no-plots', '--out', out);
  assert.equal((await run.ended).code, 0, run.err);
  const file = path.join(out, 'report.json');
  const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  assert.ok(report.rows.every(({ card }) => card.examined));
  const repeated = async (edit: (report: Report) => unknown): Promise<Launched> => {
    const edited = structuredClone(report);
    edit(edited);
    writeFileSync(file, JSON.stringify(edited));
    const again = lab(t, 'repeat', file);
    await again.ended;
    return again;
  };
  const honest = await repeated(() => {});
  assert.equal((await honest.ended).code, 0, honest.out);
  assert.match(
    honest.out,
    /^scripted: the same\nscripted\+deaf: the same\nscripted less scripted\+deaf: the same\n$/u,
  );

  const figure = (rows: Report['rows'], measure: string) =>
    rows[0]?.figures.find((it) => it.measure === measure) ?? assert.fail(measure);
  for (const [edit, says] of [
    [
      ({ rows }) => (figure(rows, 'regret').estimate = 1),
      /^scripted: figures, regret, estimate: 1 in the report, [-\d.]+ as played again$/mu,
    ],
    [
      ({ rows }) => (figure(rows, 'all-in').interval = null),
      /^scripted: figures, all-in, interval: null in the report, \{[^\n]*\} as played again$/mu,
    ],
    [({ rows }) => rows[0]?.figures.pop(), /^scripted: figures, gain: nothing in the report, /mu],
    [
      ({ comparisons: [one] }) => one?.differences.forEach((it) => (it.pHolm = 0.001)),
      /^scripted less scripted\+deaf: differences, [\w-]+, pHolm: 0\.001 in the report, /mu,
    ],
    [(edited) => edited.comparisons.pop(), /^differences: 1: nothing in the report, /mu],
    [
      ({ measures: [one] }) => one && (one.chance = 0.9),
      /^measures: fumbles, chance: 0\.9 in the report, null as played again$/mu,
    ],
  ] satisfies [(report: Report) => unknown, RegExp][]) {
    const caught = await repeated(edit);
    assert.equal((await caught.ended).code, 1, caught.out);
    assert.match(caught.out, says);
  }
  for (const [edit, says] of [
    [(edited) => (edited.rows = []), /report\.json: has no rows, so it is as no run wrote it\n$/u],
    [
      ({ rows }) => rows[0] && rows.push(rows[0]),
      /report\.json: has two rows of one name, so it is as no run wrote it\n$/u,
    ],
    [
      ({ rows: [row] }) => row && (row.card.trainedOnTheWorld = true),
      /report\.json: the card of scripted is wrong, trainedOnTheWorld: true in the report, false as played again\n$/u,
    ],
  ] satisfies [(report: Report) => unknown, RegExp][]) {
    const refused = await repeated(edit);
    assert.equal((await refused.ended).code, 2, refused.out);
    assert.match(refused.err, says);
  }
});

test('a report with a model’s rows is not repeated without the model', async (t) => {
  const report = readReport(
    path.resolve(import.meta.dirname, '../../data/lab/controls/gemma3-270m-asked-anew-12x24.json'),
  );
  const file = path.join(temporaryFolder(t), 'report.json');
  const rows = report.rows.filter(({ card }) => card.model !== null);
  writeFileSync(file, JSON.stringify({ ...report, rows, comparisons: [] }));
  const repeating = lab(t, 'repeat', file);
  assert.equal((await repeating.ended).code, 1, repeating.out);
  assert.match(repeating.out, /left out; --model FILE names [^\n]*\n1 of 1 rows were not repeated\n$/u);
});

test('a report of models that were asked otherwise is not repeated with the files of today', async (t) => {
  const repeating = lab(t, 'repeat', 'data/lab/smollm2-135m-100x24.json');
  assert.equal((await repeating.ended).code, 2, repeating.out);
  assert.match(
    repeating.err,
    /was played with other files in data\/ \(hash 82dcb25ab9a4\); check those out, then try again\n$/u,
  );
});

test('a blind sheet is written once, filled by two, and read back; the sheet of another run is refused', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const file = path.join(out, 'report.json');
  const [sheet, one, other] = ['sheet.txt', 'one.txt', 'other.txt'].map((name) => path.join(out, name)) as [
    string,
    string,
    string,
  ];
  const done = async (...words: string[]): Promise<Launched> => {
    const it = lab(t, ...words);
    await it.ended;
    return it;
  };
  await done(...SMALL.with(3, '12'), '--out', out);
  assert.match(
    (await done('read', file)).out,
    /^the sheet is [^\n]*sheet\.txt, one copy for each of two readers;/u,
  );
  const blank = readFileSync(sheet, 'utf8');
  writeFileSync(one, blank.replaceAll('[ ]', '[y]'));
  writeFileSync(other, blank.replace('[ ]', '[n]').replaceAll('[ ]', '[y]'));
  const both = await done('read', file, one, other);
  assert.match(
    both.out,
    /exchanges, read by two\n[^]*fits +0\.000[^]*scripted +1\.00 \/ 0\.\d\d +1\.00 \/ 1\.00/u,
  );

  writeFileSync(sheet, readFileSync(other, 'utf8'));
  const again = await done('read', file);
  assert.equal((await again.ended).code, 2);
  assert.match(
    again.err,
    /^[^\n]*sheet\.txt: is there and is not blank; move what somebody filled to another name, then try again\n$/u,
  );
  const same = await done('read', file, one, one);
  assert.match(
    same.err,
    /^[^\n]*one\.txt: is the same file as the first; name the sheets of two readers\n$/u,
  );
  writeFileSync(one, blank.replace(/^sheet .*$/m, 'sheet ba9876543210'));
  const foreign = await done('read', file, one, other);
  assert.equal((await foreign.ended).code, 2);
  assert.match(
    foreign.err,
    /^[^\n]*one\.txt, line 1: is of sheet ba9876543210, and the report's is [0-9a-f]{12}; fill a copy of [^\n]*\n$/u,
  );
});
