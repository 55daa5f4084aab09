import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { compareReports } from '#tools/lab/compare.ts';
import { brainRows } from '#tools/lab/rows.ts';

test('a null control is the row that is asked about, with other luck, whatever arm that is', () => {
  for (const arms of [['full', 'deaf'], ['deaf'], ['blind', 'full']] as const) {
    const rows = brainRows('scripted', 'scripted', arms, { control: true, examAll: false });
    const [asked, control] = [rows[0], rows.at(-1)];
    assert.ok(asked && control);
    assert.ok(control.isControl);
    const { name, seed, isControl: _, ...rest } = control;
    assert.equal(name, 'scripted+null-control');
    assert.notEqual(seed, asked.seed);
    assert.deepEqual(rest, {
      player: 'scripted',
      arm: arms[0],
      examined: asked.examined,
    });
  }
});

test('of two runs that asked their turns again in other ways, measures of those turns are not compared', async (t) => {
  const folder = temporaryFolder(t);
  const [one, other] = ['one', 'other'].map((name) => path.join(folder, name));
  assert.ok(one && other);
  const words = [
    '--worlds',
    '3',
    '--rounds',
    '4',
    '--exam',
    '2',
    '--arms',
    'full',
    '--no-control',
    '--no-baselines',
    '--no-plots',
  ];
  const run = launch(t, 'src/tools/lab.ts', [...words, '--out', one], {});
  assert.equal((await run.ended).code, 0, run.err);
  cpSync(one, other, { recursive: true });
  const files = [one, other].map((it) => path.join(it, 'report.json'));
  const told = (): string[] =>
    compareReports(files)
      .split('\n')
      .flatMap((line) => /^[a-z][a-z0-9-]+(?= {2})/u.exec(line)?.[0] ?? []);
  const all = told();
  assert.ok(all.includes('cause-prices') && all.includes('luck-alone'));
  const file = files[1] ?? '';
  const edit = (from: string, to: string): void =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  edit('"memory": true,\n', '');
  const ofMemory = new Set([
    'cause-prices',
    'cause-memory',
    'named-reason-is-a-cause',
    'named-reason-beyond-chance',
  ]);
  assert.deepEqual(
    told(),
    all.filter((id) => !ofMemory.has(id)),
  );
  assert.match(compareReports(files), /^Their turns [^:]*: cause-prices, .*named-reason-beyond-chance\.$/mu);
  edit('"examEvery": 2', '"examEvery": 3');
  assert.ok(!told().some((id) => /^(cause-|luck-alone|named-reason|advice|who-knows|answers-yes)/u.test(id)));
  assert.ok(told().includes('repeats'));
});
