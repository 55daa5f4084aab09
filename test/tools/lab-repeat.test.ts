import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readReport } from '#lab/report/report-file.ts';
import { launch } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../data/lab/controls/scripted-34x24.json');
/** Of its thirteen rows: all of them, with all pairs, take four times as long. */
const ROWS = ['engine-alone', 'scripted', 'scripted+null-control'];

test('the script’s report that ships is met to its end: hashes, figures and differences of its rows, its null control among them', async (t) => {
  const report = readReport(SHIPPED);
  const kept = {
    ...report,
    rows: report.rows.filter(({ card }) => ROWS.includes(card.name)),
    comparisons: report.comparisons.filter(({ other }) => ROWS.includes(other)),
  };
  const file = path.join(temporaryFolder(t), 'report.json');
  writeFileSync(file, JSON.stringify(kept));
  const repeating = launch(t, 'src/tools/lab.ts', ['repeat', file], {});
  assert.equal((await repeating.ended).code, 0, repeating.out);
  assert.equal(
    repeating.out,
    `${[...ROWS, 'scripted less engine-alone', 'scripted less scripted+null-control'].map((it) => `${it}: the same`).join('\n')}\n`,
  );
});
