import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readReport } from '#lab/report/report-file.ts';
import { REPORT_FORMAT } from '#lab/report/schema.ts';
import { temporaryFolder } from '#test/support/rig.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../data/lab/scripted-100x24.json');

test('a report of an older format is called so, and what is none is told where it fails', (t) => {
  const report = readReport(SHIPPED);
  const file = path.join(temporaryFolder(t), 'report.json');
  for (const [written, says] of [
    [
      { ...report, format: 'open-outcry-lab-1', comparisons: null },
      /report\.json: is a report of format open-outcry-lab-1, and this version reads [\w-]+; give the command/u,
    ],
    [
      { format: REPORT_FORMAT },
      /report\.json: is no report of the lab \(card: [^\n]*\); name the report\.json/u,
    ],
    [{ format: 'another' }, /report\.json: is no report of the lab \(format: /u],
    [7, /report\.json: is no report of the lab \(/u],
  ] as const) {
    writeFileSync(file, JSON.stringify(written));
    assert.throws(() => readReport(file), { name: 'InputError', message: says });
  }
});
