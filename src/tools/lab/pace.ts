/** How long turns take, as far as it can be told before any was played. */
import os from 'node:os';
import type { Family } from '#lab/families/measure.ts';
import { modelBytes } from './open-model.ts';
import { isChosen, isModel, type Exam, type RowSpec } from './rows.ts';

/** A row as it is known before its model is opened. */
export interface RowAhead {
  isModel: boolean;
  /** Of the model; 0 where there is none. */
  fileBytes: number;
  examined: boolean;
}

/** Throws InputError for a model that is not on this machine. */
export function rowAhead(spec: RowSpec): RowAhead {
  const [ofModel, { examined }] = [isModel(spec), spec];
  return { isModel: ofModel, fileBytes: ofModel ? modelBytes(spec.player) : 0, examined };
}

/** What an examined turn is asked in the mean, by family; not all of them have news, or anybody beside them. */
const ASKS: Partial<Record<Family, number>> = { C: 2.5, D: 5.8 };

/** Asks of the exam for each turn of a row. */
export function asksEach({ examined }: Pick<RowAhead, 'examined'>, { examEvery, families }: Exam): number {
  if (!examined || examEvery === 0) return 0;
  const asks = Object.entries(ASKS).map(([family, each]) =>
    isChosen(family as Family, families) ? each : 0,
  );
  return asks.reduce((sum, each) => sum + each, 0) / examEvery;
}

/** Turns a second of what is no model. */
const HEADLESS = 2_000;
/** With so many worlds at once. */
export const MEASURED_WORLDS = 12;
/**
 * Milliseconds of a thread for each byte of a model's file. An estimate: SmolLM2-135M (98 MB) takes some
 * 0.8 s for a turn, Gemma 3 270M (253 MB, most of which are rows of a large vocabulary) 1.3 s, the pocket model (12 MB) 0.1 s. A
 * question of the exam costs about as much as a turn.
 */
const MS_A_BYTE = 700 / 100e6;

/** Of a turn or an ask. */
export function askMs(
  { isModel: ofModel, fileBytes }: Pick<RowAhead, 'isModel' | 'fileBytes'>,
  threads: number,
): number {
  return ofModel ? (fileBytes * MS_A_BYTE) / threads : 1_000 / HEADLESS;
}

/** That an estimate counts: the engine may take more, but more help a small model little. */
const MOST_THREADS = 8;
export const usualThreads = (): number => Math.min(os.availableParallelism(), MOST_THREADS);
