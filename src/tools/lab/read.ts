/** `npm run lab -- read REPORT`: writes a blind sheet; `read REPORT ONE.txt OTHER.txt`: what two readers answered, and how far they agree. */
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readReport } from '#lab/report/report-file.ts';
import { agreement, answersOf, yesOf, type Answers } from '#lab/report/filled-sheet.ts';
import { ASKED, markOf, readingSheet, rowsOf, sheetMark } from '#lab/report/reading-sheet.ts';
import type { Report } from '#lab/report/schema.ts';
import { number } from '#lab/report/text.ts';
import { InputError } from '#lib/input-error.ts';
import { readTextFile } from '#lib/text-file.ts';
import { textTable } from '#lib/text-table.ts';
import { splitContent } from './split.ts';
import { tracesOf } from './traces.ts';

const EACH = 20;

/** Throws InputError for what cannot be read, and for a sheet that is not whole. */
export function readBlind(words: readonly string[]): string {
  const [file, one, other, ...more] = words;
  if (file === undefined || more.length > 0 || (one !== undefined && other === undefined))
    throw new InputError(
      'read takes a report, and two filled sheets to compare: npm run lab -- read report.json [ONE.txt OTHER.txt]',
    );
  const report = readReport(file);
  const sheet = path.join(path.dirname(file), 'sheet.txt');
  return one === undefined || other === undefined
    ? writeSheet(file, report, sheet)
    : readSheets(file, report, sheet, [one, other]);
}

function writeSheet(file: string, report: Report, out: string): string {
  const exchanges = report.rows
    .filter(({ card }) => card.kind === 'brain')
    .flatMap((row) =>
      tracesOf(file, report, row).flatMap(({ turns }) => turns.map((turn) => ({ row: row.card.name, turn }))),
    );
  const { sheet, key } = readingSheet(exchanges, {
    each: EACH,
    seed: report.plan.firstSeed,
    mark: sheetMark(report),
    cast: splitContent(report.card.split).cast,
  });
  if (rowsOf(key).length === 0)
    throw new InputError(
      `${file}: nobody in it answers anybody, so there is nothing to read; play more worlds, or a brain`,
    );
  if (existsSync(out) && readTextFile(out) !== sheet)
    throw new InputError(
      `${out}: is there and is not blank; move what somebody filled to another name, then try again`,
    );
  writeFileSync(out, sheet);
  writeFileSync(`${out}.key`, key);
  return `the sheet is ${out}, one copy for each of two readers; which row said what is ${out}.key`;
}

function readSheets(file: string, report: Report, blank: string, files: readonly [string, string]): string {
  const mark = sheetMark(report);
  const key = readTextFile(`${blank}.key`);
  if (markOf(key) !== mark)
    throw new InputError(
      `${blank}.key: is not the key of ${file}; write its sheet again: npm run lab -- read ${file}`,
    );
  const read = (name: string): Answers =>
    answersOf({ file: name, text: readTextFile(name) }, { mark, key, blank });
  const [one, other] = [read(files[0]), read(files[1])];
  if (realpathSync(files[0]) === realpathSync(files[1]))
    throw new InputError(`${files[1]}: is the same file as the first; name the sheets of two readers`);
  const agreed = agreement(one, other);
  const rows = [...new Set(rowsOf(key))].toSorted();
  return [
    `${one.length} exchanges, read by two`,
    textTable([['question', 'kappa'], ...ASKED.map((it) => [it, number(agreed[it])])]),
    'share of yes, one reader / the other',
    textTable([
      ['row', ...ASKED],
      ...rows.map((row) => {
        const [yes, others] = [yesOf(one, key, row), yesOf(other, key, row)];
        return [row, ...ASKED.map((it) => `${yes[it].toFixed(2)} / ${others[it].toFixed(2)}`)];
      }),
    ]),
  ].join('\n');
}
