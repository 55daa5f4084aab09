import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { KeptThreads } from '#brain/engine/kept-threads.ts';
import { ThreadGovernor } from '#brain/engine/thread-governor.ts';

const counts = [1, 2];

/** Has found out that two threads are better for one row, and one for many. */
function experienced(): ThreadGovernor {
  const governor = new ThreadGovernor(counts);
  for (const rows of [1, 100]) {
    for (let pass = 0; pass < 30; pass++) {
      const { threads, rows: given } = governor.next(rows);
      governor.record(given, threads, given * ((threads === 2) === (rows === 1) ? 5 : 10));
    }
  }
  return governor;
}

function store(t: TestContext, more: Partial<ConstructorParameters<typeof KeptThreads>[0]> = {}) {
  const folder = more.folder ?? mkdtempSync(path.join(tmpdir(), 'kept-threads-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const lines: string[] = [];
  const options = { modelKey: 'a model', counts, log: (line: string) => lines.push(line), ...more, folder };
  return { folder, lines, open: () => new KeptThreads(options) };
}

test('the best counts of threads are there at the next start, each for its kind of passes', (t) => {
  const { folder, lines, open } = store(t);
  const governor = experienced();
  assert.deepEqual(open().read(), []);
  open().keep(governor);
  assert.deepEqual(open().read(), governor.learnt);
  const next = new ThreadGovernor(counts, open().read());
  assert.deepEqual([next.next(1).threads, next.next(100).threads], [2, 1]);
  assert.equal(readdirSync(folder).length, 1, 'nothing half written stays');
  assert.deepEqual(lines, []);
});

test('they are written when a count has changed, not whenever passes took a little longer', (t) => {
  const { folder, open } = store(t);
  const governor = experienced();
  const kept = open();
  kept.keep(governor);
  const [name = ''] = readdirSync(folder);
  writeFileSync(path.join(folder, name), 'untouched');
  governor.record(1, 2, 5.1);
  kept.keep(governor);
  assert.equal(readFileSync(path.join(folder, name), 'utf8'), 'untouched');
});

test('another model, and a machine with another number of cores, find out for themselves', (t) => {
  const { folder, lines, open } = store(t);
  open().keep(experienced());
  assert.deepEqual(store(t, { folder, modelKey: 'another' }).open().read(), []);
  assert.deepEqual(
    store(t, { folder, counts: [1, 2, 3, 4] })
      .open()
      .read(),
    [],
  );
  assert.deepEqual(lines, []);
});

test('what is damaged is tried anew, and a folder that cannot be written costs a line in the log and nothing else', (t) => {
  const { folder, lines, open } = store(t);
  open().keep(experienced());
  const [name = ''] = readdirSync(folder);
  for (const damaged of ['{"counts":[1,2],"pas', '{"counts":[1,2],"passes":[{"kind":0,"threads":2}]}']) {
    writeFileSync(path.join(folder, name), damaged);
    assert.deepEqual(open().read(), []);
    assert.match(lines.at(-1) ?? '', /^the kept threads in .* cannot be used .* tried anew$/);
  }
  const inTheWay = store(t, { folder: path.join(folder, name) });
  inTheWay.open().keep(experienced());
  assert.match(inTheWay.lines.at(-1) ?? '', /could not be kept in /);
});
