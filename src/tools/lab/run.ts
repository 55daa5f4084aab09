/** `npm run lab -- ...`: plays every row of a run and keeps its traces; a run that was stopped goes on where it stood. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Content } from '#core/content.ts';
import type { RowCard } from '#lab/report/card.ts';
import type { PlayedWorld } from '#lab/runs/records.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import type { WorldPlan } from '#lab/worlds/world.ts';
import { InputError } from '#lib/input-error.ts';
import { readJsonFile } from '#lib/text-file.ts';
import { makeOutFolder } from '../command-line.ts';
import { asksEach, askMs, rowAhead, usualThreads } from './pace.ts';
import { programHash } from './program.ts';
import { Progress } from './progress.ts';
import { besidePlay, openRow, type Exam, type RowSpec } from './rows.ts';

export interface RunOptions {
  content: Content;
  plan: WorldPlan;
  rows: readonly RowSpec[];
  folder: string;
  threads: number | undefined;
  atOnce: number;
  exam: Exam;
  signal: AbortSignal;
}

export interface PlayedRow {
  card: RowCard;
  worlds: PlayedWorld[];
}

/** Null when the signal stopped it: the traces stay, and the same command goes on. */
export async function playRun(options: RunOptions): Promise<PlayedRow[] | null> {
  const { content, plan, rows, folder, threads, atOnce, exam, signal } = options;
  const { worlds: _, ...world } = plan;
  sameRunOrNew(folder, { plan: world, atOnce, ...exam });
  const turns = plan.worlds * plan.rounds * content.cast.length;
  const program = programHash();
  const progress = new Progress(
    rows.map((spec) => {
      const row = rowAhead(spec);
      const guessMs = (1 + asksEach(row, exam)) * askMs(row, threads ?? usualThreads());
      return { name: spec.name, isModel: row.isModel, turns, guessMs };
    }),
  );
  const played: PlayedRow[] = [];
  try {
    for (const spec of rows) {
      const { player, card, close } = await openRow(spec, { content, threads, atOnce });
      progress.row();
      try {
        const traces = path.join(folder, spec.name);
        sameRowOrNew(traces, card);
        const worlds = await runRow({
          plan,
          content,
          player: progress.watching(player),
          ...besidePlay(spec, exam),
          folder: new TraceFolder(traces),
          program,
          signal,
          onWorld: ({ turns: kept }, fresh) => {
            if (!fresh) progress.kept(kept.length);
          },
        });
        if (worlds === null) return null;
        played.push({ card, worlds });
      } finally {
        await close();
      }
    }
  } finally {
    progress.end();
  }
  return played;
}

interface Asked extends Exam {
  /** How many worlds may become more: those that are there stay. */
  plan: Omit<WorldPlan, 'worlds'>;
  atOnce: number;
}

/** Worlds at once of the run that the folder holds: who goes on with it need not name them again. Null: it holds none. */
export function atOnceOf(folder: string): number | null {
  const file = path.join(folder, 'run.json');
  if (!existsSync(file)) return null;
  const kept = readJsonFile(file);
  const atOnce: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, 'atOnce') : null;
  return Number.isSafeInteger(atOnce) && Number(atOnce) > 0 ? Number(atOnce) : null;
}

/** Traces of another plan do not go together with these. */
function sameRunOrNew(folder: string, asked: Asked): void {
  makeOutFolder(folder);
  if (!sameOrNew(path.join(folder, 'run.json'), asked))
    throw otherRun(folder, 'with other worlds or settings');
}

/** Nor do those of another file, arm or seed, or of a model that was asked in another way. */
function sameRowOrNew(folder: string, card: RowCard): void {
  makeOutFolder(folder);
  const kept = path.join(folder, 'card.json');
  if (card.model === null) {
    if (!sameOrNew(kept, card)) throw otherRun(folder, OTHER_ROW);
    return;
  }
  // Threads, library and licence may be others when a run goes on.
  const { file, fileBytes, sha256, promptStyle, asked, sampler } = card.model;
  const bare = { ...card, model: { file, fileBytes, sha256 } };
  const sampled = { ...bare, model: { ...bare.model, promptStyle, sampler } };
  const whole = { ...bare, model: { ...bare.model, promptStyle, asked, sampler } };
  // A run that was begun before its card told how the model is asked goes on, too.
  if (![whole, sampled, bare].some((known) => sameOrNew(kept, known))) throw otherRun(folder, OTHER_ROW);
}
const OTHER_ROW = 'of another file, arm, seed or sampler, or asked in other words';

function otherRun(folder: string, what: string): InputError {
  return new InputError(`${folder}: holds a run ${what}; name another folder with --out, or delete this one`);
}

/** Whether the file holds just this, once it was written if there was none. Throws InputError where it cannot be read. */
function sameOrNew(file: string, content: object): boolean {
  const text = JSON.stringify(content, null, 2);
  if (existsSync(file)) return JSON.stringify(readJsonFile(file), null, 2) === text;
  writeFileSync(file, `${text}\n`);
  return true;
}
