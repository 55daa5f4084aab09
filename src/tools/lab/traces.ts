/** The traces that lie beside a report. */
import path from 'node:path';
import { judgedRow, rowHash } from '#lab/report/compose.ts';
import type { JudgedRow } from '#lab/families/measure.ts';
import { readReport } from '#lab/report/report-file.ts';
import type { Report } from '#lab/report/schema.ts';
import type { PlayedWorld } from '#lab/runs/records.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import { seedsOf } from '#lab/worlds/world.ts';
import { InputError } from '#lib/input-error.ts';
import { splitContent } from './split.ts';

/** The traces of a row; a report without them can be read, not judged again. */
export function tracesOf(file: string, report: Report, row: Report['rows'][number]): PlayedWorld[] {
  const folder = new TraceFolder(path.join(path.dirname(file), row.card.name));
  const seeds = seedsOf(report.plan);
  const missing = seeds.find((seed) => !folder.has(seed));
  if (missing !== undefined)
    throw new InputError(
      `${file}: the trace of ${row.card.name} in world ${missing} is not beside it; run it again: ${report.card.command}`,
    );
  return seeds.map((seed) => folder.read(seed));
}

/** The row that a report is about, with its traces: the first brain, or the first row where there is none. */
export function askedRow(file: string): { name: string; report: Report; row: JudgedRow } {
  const report = readReport(file);
  const asked = report.rows.find(({ card }) => card.kind === 'brain') ?? report.rows[0];
  if (!asked) throw new InputError(`${file}: has no rows; run it again: ${report.card.command}`);
  const worlds = tracesOf(file, report, asked);
  if (rowHash(worlds) !== asked.hash)
    throw new InputError(
      `${file}: the traces beside it are not those that it was made from; run it again: ${report.card.command}`,
    );
  return { name: asked.card.name, report, row: judgedRow(splitContent(report.card.split), worlds) };
}
