/** What a run leaves: report.json, report.md with its plots, and the table for the terminal. */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Content } from '#core/content.ts';
import { composeReport } from '#lab/report/compose.ts';
import { licencesOf } from '#lab/report/models.ts';
import { plotsOf } from '#lab/report/plots.ts';
import type { Report } from '#lab/report/schema.ts';
import { markdown } from '#lab/report/text.ts';
import type { WorldPlan } from '#lab/worlds/world.ts';
import { openPainter } from '#paint/painter.ts';
import { toolLog } from '../command-line.ts';
import type { Exam } from './rows.ts';
import type { PlayedRow } from './run.ts';

export interface Written {
  content: Content;
  plan: WorldPlan;
  folder: string;
  command: string;
  exam: Exam;
  atOnce: number;
  plots: boolean;
  /** As `splitName` gives it. */
  split: string;
}

export async function writeReport(rows: readonly PlayedRow[], written: Written): Promise<Report> {
  const { content, plan, folder, command, exam, atOnce, split } = written;
  // Worlds that are played at once take the same time.
  const ms = rows.reduce(
    (all, { worlds }) =>
      all + worlds.reduce((sum, { end }) => sum + end.ms, 0) / Math.max(1, Math.min(atOnce, worlds.length)),
    0,
  );
  const report = composeReport(rows, {
    content,
    plan,
    card: {
      command,
      project: versionOf('package.json'),
      node: process.version,
      engine: `node-llama-cpp ${versionOf('node_modules/node-llama-cpp/package.json')}`,
      machine: `${os.cpus()[0]?.model ?? 'unknown'} x ${os.availableParallelism()}, ${os.platform()} ${os.arch()}`,
      licence: licencesOf(rows),
      seconds: Math.round(ms / 1_000),
      ...exam,
      atOnce,
      split,
    },
  });
  writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  const plots = written.plots ? await drawPlots(report, content, folder) : [];
  writeFileSync(path.join(folder, 'report.md'), `${markdown(report, plots)}\n`);
  return report;
}

async function drawPlots(
  report: Report,
  { office, cast }: Content,
  folder: string,
): Promise<{ title: string; file: string }[]> {
  const painter = openPainter({
    office,
    cast,
    log: toolLog,
  });
  const drawn: { title: string; file: string }[] = [];
  try {
    for (const { id, card } of plotsOf(report)) {
      const file = `plot-${id}.png`;
      writeFileSync(path.join(folder, file), await painter.card(card, new AbortController().signal));
      drawn.push({ title: card.title, file });
    }
  } finally {
    await painter.close();
  }
  return drawn;
}

function versionOf(file: string): string {
  const parsed: unknown = JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8'),
  );
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : 'unknown';
}
