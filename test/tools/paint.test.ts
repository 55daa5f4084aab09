import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readPlots } from '#paint/plot-file.ts';

const SCRIPT = fileURLToPath(new URL('../../src/tools/paint.ts', import.meta.url));
const PLOTS = fileURLToPath(new URL('./plots.json', import.meta.url));

function paint(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('npm run paint draws every picture there is: floors, cards and the plots of a file', (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-paint-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const { status, said } = paint('--rounds', '4', '--chaos', '3', '--plots', PLOTS, '--out', out);
  assert.equal(status, 0, said);
  assert.deepEqual(
    readdirSync(out).filter((name) => !name.startsWith('floor-')),
    [
      'equity',
      'market',
      'plot-1',
      'plot-2',
      'trader-alex',
      'trader-alice',
      'trader-mike',
      'trader-sarah',
    ].map((name) => `${name}.png`),
  );
  assert.equal(readdirSync(out).filter((name) => /^floor-r00[1-4]\.(gif|png)$/.test(name)).length, 8);
});

test('what cannot be painted is said in one line with the usage', () => {
  for (const [args, reason] of [
    [['--out', 'x', '--chaos', 'now'], /--chaos takes the number of a round; usage: npm run paint/],
    [['--rounds', '3'], /no folder was named/],
    [['--out', 'x', '--sed', '3'], /flag --sed: unknown; did you mean --seed\?/],
    [['--out', 'x', '--plots', 'nowhere.json'], /^nowhere\.json: is not there$/m],
    [['--out', 'x', '--plots', SCRIPT], /paint\.ts: is not JSON/],
  ] as const) {
    const { status, said } = paint(...args);
    assert.equal(status, 2);
    assert.match(said, reason);
  }
});

test('a broken plot is refused with its place', () => {
  const plot = (rows: unknown) =>
    JSON.stringify([{ title: 'Regret', plot: { as: 'bars', valueTitle: 'Regret', rows } }]);
  assert.equal(readPlots(plot([{ name: 'A', value: 1 }]), 'a.json')[0]?.title, 'Regret');
  assert.throws(
    () => readPlots(plot([{ name: 'A', value: 'much' }]), 'a.json'),
    /^InputError: a\.json: .*rows.*value/,
  );
  assert.throws(() => readPlots('[]', 'a.json'), /a\.json: /);
});
