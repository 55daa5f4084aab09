/** The lab's reports on this machine, for `/report`: those that ship in data/lab, and those of own runs. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readReport } from '#lab/report/report-file.ts';
import type { Report } from '#lab/report/schema.ts';
import { holm } from '#lab/statistics/intervals.ts';
import { errorText } from '#lib/error-text.ts';
import type { Log } from '#show/ports/clock.ts';
import type { LabCard, LabDesk, LabFigure } from '#show/ports/lab-desk.ts';

const FOLDER = fileURLToPath(new URL('../../../data/lab', import.meta.url));
const SHOWN: readonly LabFigure['id'][] = ['regret', 'lag-gain', 'contingency', 'speaker-found', 'repeats'];

/** Every report that can be read, newest first, by its file's name or its run's. */
export function allReports(log: Log, folder: string = FOLDER): { name: string; report: Report }[] {
  return reportFiles(folder).flatMap((file) => {
    const report = readOrTell(file, log);
    const name =
      path.basename(file) === 'report.json'
        ? path.basename(path.dirname(file))
        : path.basename(file, '.json');
    return report ? [{ name, report }] : [];
  });
}

/** @param folder holds reports as `NAME.json`, and runs as `runs/NAME/report.json` */
export function labReports(log: Log, folder: string = FOLDER): LabDesk {
  return {
    latest(label) {
      const asked = label.split(', ')[0]?.replace(/^llama /, '') ?? label;
      for (const file of reportFiles(folder)) {
        const report = readOrTell(file, log);
        const row = report?.rows.find(
          ({ card }) =>
            card.kind === 'brain' &&
            card.arm === 'full' &&
            !card.isControl &&
            [card.name, card.player].includes(asked),
        );
        if (report && row) return cardOf(report, row);
      }
      return null;
    },
  };
}

/** Newest first. */
function reportFiles(folder: string): string[] {
  const own = listing(path.join(folder, 'runs')).map((run) => path.join(folder, 'runs', run, 'report.json'));
  const shipped = listing(folder)
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .map((name) => path.join(folder, name));
  return [...own, ...shipped]
    .flatMap((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat?.isFile() ? [{ file, mtimeMs: stat.mtimeMs }] : [];
    })
    .toSorted((a, b) => b.mtimeMs - a.mtimeMs)
    .map(({ file }) => file);
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Nobody has run the lab here.
  }
}

function readOrTell(file: string, log: Log): Report | null {
  try {
    return readReport(file);
  } catch (error) {
    log.warn({ file, error: errorText(error) }, 'a report of the lab cannot be read');
    return null;
  }
}

function cardOf(report: Report, row: Report['rows'][number]): LabCard {
  const { card, turns, figures } = row;
  const control = report.comparisons.find(
    ({ one, other }) =>
      one === card.name && report.rows.some((it) => it.card.isControl && it.card.name === other),
  );
  const judged = control?.differences.filter(({ interval, error }) => interval !== null && error !== 0) ?? [];
  return {
    name: card.name,
    worlds: report.plan.worlds,
    rounds: report.plan.rounds,
    turns,
    split: report.card.split,
    trainedOnTheWorld: card.trainedOnTheWorld,
    figures: SHOWN.flatMap((id) => {
      const figure = figures.find(({ measure }) => measure === id);
      if (!figure || figure.estimate === null) return [];
      const chance = report.measures.find((measure) => measure.id === id)?.chance ?? null;
      const { estimate, interval } = figure;
      return [{ id, estimate, low: interval?.low ?? null, high: interval?.high ?? null, chance }];
    }),
    apart: card.trainedOnTheWorld ? null : apartOf(report, card.name),
    control: control
      ? {
          covered: judged.filter(({ interval }) => interval && interval.low <= 0 && interval.high >= 0)
            .length,
          of: judged.length,
        }
      : null,
    command: report.card.command,
  };
}

/** A place in a list would tell rows apart that luck alone has put in order. */
function apartOf({ rows, comparisons }: Report, name: string): LabCard['apart'] {
  const controls = new Set(rows.filter(({ card }) => card.kind === 'baseline').map(({ card }) => card.name));
  const differences = comparisons.flatMap(({ one, other, differences: all }) => {
    const regret = all.find(({ measure }) => measure === 'regret');
    if (one !== name || !controls.has(other) || !regret || regret.p === null) return [];
    return [{ other, difference: regret.difference, p: regret.p }];
  });
  if (differences.length === 0) return null;
  // Several are told of at once.
  const ofAll = holm(differences.map(({ p }) => p));
  const sure = differences.filter((_, at) => (ofAll[at] ?? 1) < SURE);
  const of = (sign: number): string[] =>
    sure.flatMap(({ other, difference }) => (Math.sign(difference ?? 0) === sign ? [other] : []));
  return { more: of(-1), less: of(1), alike: differences.length - sure.length };
}
const SURE = 0.05;
