/** `npm run lab -- read REPORT`: writes a blind sheet; `read REPORT A.txt B.txt`: how far two filled ones agree. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { agreement, QUESTIONS, readingSheet, type Question } from '#lab/report/reading-sheet.ts';
import { number } from '#lab/report/text.ts';
import { InputError } from '#lib/input-error.ts';
import { readTextFile } from '#lib/text-file.ts';
import { textTable } from '#lib/text-table.ts';
import { readReport, tracesOf } from './read-report.ts';

const EACH = 20;

export function readBlind(words: readonly string[]): string {
  const [file, one, other, ...more] = words;
  if (file === undefined || more.length > 0 || (one !== undefined && other === undefined))
    throw new InputError(
      'read takes a report, and two filled sheets to compare: npm run lab -- read report.json [ONE.txt OTHER.txt]',
    );
  if (one !== undefined && other !== undefined) {
    const agreed = agreement(readTextFile(one), readTextFile(other));
    const rows = (Object.keys(QUESTIONS) as Question[]).map((it) => [
      it,
      String(agreed[it].n),
      number(agreed[it].kappa),
    ]);
    return textTable([['question', 'answered by both', 'kappa'], ...rows]);
  }
  const report = readReport(file);
  const exchanges = report.rows
    .filter(({ card }) => card.kind === 'brain')
    .flatMap((row) =>
      tracesOf(file, report, row).flatMap(({ turns }) => turns.map((turn) => ({ row: row.card.name, turn }))),
    );
  const { sheet, key } = readingSheet(exchanges, EACH, report.plan.firstSeed);
  const out = path.join(path.dirname(file), 'sheet.txt');
  writeFileSync(out, sheet);
  writeFileSync(`${out}.key`, key);
  return `the sheet is ${out}, one copy for each of two readers; which row said what is ${out}.key`;
}
