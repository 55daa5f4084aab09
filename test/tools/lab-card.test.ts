import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadCatalog } from '#brain/catalog.ts';
import { modelLines } from '#lab/report/models.ts';
import { readReport } from '#lab/report/report-file.ts';
import { reportSchema, type Report } from '#lab/report/schema.ts';
import { licenceOf } from '#tools/lab/open-model.ts';
import { launch, type Launched } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const POCKET = ['--model', 'pocket', '--worlds', '2', '--rounds', '2', '--arms', 'full', '--exam', '0'];
const ALONE = ['--no-control', '--no-baselines', '--no-plots'];

async function done(t: TestContext, ...words: string[]): Promise<Launched & { code: number | null }> {
  const it = launch(t, 'src/tools/lab.ts', words, {});
  const { code } = await it.ended;
  return Object.assign(it, { code });
}

test('a model’s card tells its licence and how it was asked; whoever samples otherwise neither goes on with it nor repeats it', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const asked = [...POCKET, ...ALONE, '--out', out];
  const run = await done(t, ...asked, '--at-once', '2', '--threads', '1');
  assert.equal(run.code, 0, run.err);
  const file = path.join(out, 'report.json');
  const report = readReport(file);
  const model = report.rows[0]?.card.model;
  const pocket = loadCatalog().shipped?.find(({ id }) => id === 'pocket');
  assert.ok(model && pocket);
  assert.equal(model.licence, pocket.licence);
  assert.deepEqual(model.sampler, pocket.sampler);
  assert.equal(model.promptStyle, 'compact');
  assert.equal(model.threads, 1);
  assert.match(model.llamaCpp ?? '', /\d/u);
  assert.equal(report.card.licence, 'MIT; pocket.gguf: MIT');
  const told =
    /^pocket\.gguf, compact, temperature 0\.6 \(choices 0\), [^\n]*, 1 thread at most, 2 worlds at once, llama\.cpp [^\n]+$/mu;
  assert.match(run.out, told);
  assert.match(readFileSync(path.join(out, 'report.md'), 'utf8'), told);

  const card = path.join(out, 'pocket', 'card.json');
  const whole = readFileSync(card, 'utf8');
  writeFileSync(card, whole.replace('"temperature": 0.6', '"temperature": 0.7'));
  const warmer = await done(t, ...asked, '--at-once', '2');
  assert.equal(warmer.code, 2, warmer.out);
  assert.match(
    warmer.err,
    /holds a run of another file, arm, seed or sampler, or asked in other words; name another folder/u,
  );
  writeFileSync(card, whole.replace(`"asked": "${model.asked}"`, '"asked": "0123456789ab"'));
  const inOtherWords = await done(t, ...asked, '--at-once', '2');
  assert.equal(inOtherWords.code, 2, inOtherWords.out);
  assert.match(inOtherWords.err, /or asked in other words; name another folder/u);
  const { promptStyle, asked: words, sampler, ...bare } = JSON.parse(whole).model;
  assert.ok(promptStyle && words && sampler);
  writeFileSync(card, `${JSON.stringify({ ...JSON.parse(whole), model: bare }, null, 2)}\n`);
  const older = await done(t, ...asked, '--at-once', '2', '--threads', '2');
  assert.equal(older.code, 0, `a run of before goes on, and with other threads: ${older.err}`);

  const edited: Report = structuredClone(report);
  Object.assign(edited.rows[0]?.card.model?.sampler ?? {}, { topK: 39 });
  writeFileSync(file, JSON.stringify(edited));
  const repeated = await done(t, 'repeat', file, '--model', 'pocket');
  assert.equal(repeated.code, 2, repeated.out);
  assert.match(
    repeated.err,
    /pocket was asked in another way than pocket is here \(sampler, topK: 39 in the report, 40 as played again\)/u,
  );
});

test('a report of a model that was asked in other words is refused before anything is played, and one that does not tell the words says so', async (t) => {
  const out = path.join(temporaryFolder(t), 'run');
  const run = await done(t, ...POCKET, '--no-control', '--no-plots', '--split', 'held-out', '--out', out);
  assert.equal(run.code, 0, run.err);
  const file = path.join(out, 'report.json');
  const report = readReport(file);
  const rows = report.rows.filter(({ card }) => ['hold', 'pocket'].includes(card.name));
  const comparisons = report.comparisons.filter(({ one, other }) => one === 'pocket' && other === 'hold');
  const model = rows.at(-1)?.card.model;
  assert.equal(rows[0]?.card.name, 'hold', 'it is played first');
  assert.match(model?.asked ?? '', /^[0-9a-f]{12}$/u);
  const repeated = async (asked: string | undefined) => {
    const edited: Report = structuredClone({ ...report, rows, comparisons });
    Object.assign(edited.rows.at(-1)?.card.model ?? {}, { asked });
    writeFileSync(file, JSON.stringify(edited));
    return await done(t, 'repeat', file, '--model', 'pocket');
  };
  const other = await repeated('0123456789ab');
  assert.deepEqual([other.code, other.out], [2, '']);
  assert.match(
    other.err,
    /pocket was asked in other words \(hash 0123456789ab\) than pocket is today \([0-9a-f]{12}\); check out the version that played it, then try again\n$/u,
  );
  const untold = await repeated(undefined);
  assert.equal(untold.code, 0, untold.out);
  assert.match(
    untold.out,
    /^pocket: the report does not tell the words of its prompts; [^\n]*\nhold: the same\n/u,
  );
  const same = await repeated(model?.asked);
  assert.equal(same.out, 'hold: the same\npocket: the same\npocket less hold: the same\n');
});

test('a licence goes by what is in a file, and by its name where nothing else is known', () => {
  const catalog = loadCatalog();
  const [known] = catalog.models;
  assert.ok(known?.sha256);
  const of = (file: string, sha256: string): string | null => licenceOf({ file, sha256 }, catalog);
  assert.equal(of('my-copy.gguf', known.sha256), known.licence);
  assert.match(of(`there/${known.file}`, '0'.repeat(64)) ?? '', /by the name of the file; its contents/u);
  assert.equal(of('mine.gguf', '0'.repeat(64)), null);
});

test('rows that were asked in different ways are told apart, and older reports, which do not say how, have no such line', () => {
  const shipped = path.resolve(import.meta.dirname, '../../data/lab/pocket-100x24.json');
  const report = reportSchema.parse(JSON.parse(readFileSync(shipped, 'utf8')));
  assert.deepEqual(modelLines(report), []);
  const sampler = { topP: null, topK: null, minP: null, repeatPenalty: null };
  let temperature = 0;
  for (const { card } of report.rows)
    if (card.model) card.model.sampler = { ...sampler, temperature: temperature++ };
  assert.deepEqual(modelLines(report), [
    'pocket: pocket.gguf, temperature 0, 12 worlds at once',
    'pocket+null-control: pocket.gguf, temperature 1, 12 worlds at once',
  ]);
});
