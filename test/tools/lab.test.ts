import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
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
    /scripted: holds a run of another file, arm or seed; name another folder with --out/u,
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

test('what a run cannot be asked for is told in one line', async (t) => {
  const taken = path.join(temporaryFolder(t), 'notes.txt');
  writeFileSync(taken, 'mine');
  for (const [words, says] of [
    [['--out', taken], /^[^\n]*notes\.txt is no folder and cannot be made one [^\n]*; name another\n$/u],
    [['--brain', 'random'], /^random is a baseline, and those play in every run; usage: /u],
    [['--brain', 'scripted', '--model', 'pocket'], /^either --brain or --model plays, not both; usage: /u],
  ] as const) {
    const refused = lab(t, ...SMALL, ...words);
    assert.equal((await refused.ended).code, 2, refused.out);
    assert.match(refused.err, says);
  }
});
