/**
 * How fast models think on this machine: what was measured while they played, kept in one file, and what follows from it for
 * models that have not been played yet.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Answer, Brain } from '#show/ports/brain.ts';
import { errorLine } from '#lib/error-text.ts';
import { readJsonFile } from '#lib/text-file.ts';

const speedSchema = z.object({
  /** The file's name without its folder; together with the length it says which model this was. */
  file: z.string(),
  fileBytes: z.number().positive(),
  promptStyle: z.enum(['chat', 'compact']),
  secondsPerTurn: z.number().positive(),
  /** The part of that time spent in passes over the weights: what grows with the model. */
  passSecondsPerTurn: z.number().positive(),
  /** Tokens of a turn: those evaluated without being sampled, and those sampled. */
  readPerTurn: z.number().nonnegative(),
  sampledPerTurn: z.number().positive(),
  /** Those that were fixed; null where as many computed as measured best. */
  threads: z.number().int().positive().nullable().default(null),
  onGpu: z.boolean().default(false),
  /** Where the file lay, if the catalog does not know it. */
  path: z.string().optional(),
});
/** A model as it was played here last, by these threads and this device. */
export type Speed = z.infer<typeof speedSchema>;

/** What a brain did in `seconds` during which at least one turn was in flight. */
export interface Measured {
  turns: number;
  seconds: number;
  /** The part of that time spent in passes over the weights. */
  passSeconds: number;
  read: number;
  sampled: number;
}

/** A brain that says how long its passes over the weights took. */
export interface WeighedBrain extends Brain {
  readonly passMilliseconds: number;
}

/** Fewer turns say little. */
const TURNS_MIN = 8;
const TURNS_BETWEEN_REPORTS = 40;
/** Older turns count less and less, so that a machine that becomes busy is noticed. */
const TURNS_REMEMBERED = 400;

/** The same brain, measured: `report` is called now and then, and at the end. A span with a failed turn does not count. */
export function timed(brain: WeighedBrain, report: (measured: Measured) => void): Brain {
  let total: Measured = { turns: 0, seconds: 0, passSeconds: 0, read: 0, sampled: 0 };
  let span = emptySpan(brain);
  let unreported = 0;
  const tell = (): void => {
    if (unreported === 0 || total.turns < TURNS_MIN) return;
    unreported = 0;
    report(total);
  };
  const endSpan = (): void => {
    const { counts, failed } = span;
    if (failed) return;
    const first = unreported === total.turns;
    total = sumOf(total, {
      ...counts,
      seconds: (performance.now() - span.startedMs) / 1_000,
      passSeconds: (brain.passMilliseconds - span.passMilliseconds) / 1_000,
    });
    unreported += counts.turns;
    if (first || unreported >= TURNS_BETWEEN_REPORTS) tell();
  };
  return {
    get label() {
      return brain.label;
    },
    think: async (turn, signal) => {
      if (span.inFlight === 0) span = emptySpan(brain);
      span.inFlight++;
      try {
        const answer = await brain.think(turn, signal);
        span.counts = withAnswer(span.counts, answer);
        return answer;
      } catch (error) {
        span.failed = true;
        throw error;
      } finally {
        span.inFlight--;
        if (span.inFlight === 0) endSpan();
        else if (span.counts.turns >= TURNS_BETWEEN_REPORTS) {
          // Where turns always overlap, the brain is never idle.
          endSpan();
          span = { ...emptySpan(brain), inFlight: span.inFlight };
        }
      }
    },
    close: async () => {
      tell();
      await brain.close();
    },
  };
}

/** While at least one turn is in flight, and for so many turns at most that it is time for a report. */
interface Span {
  /** Of the turns that were answered. */
  counts: Pick<Measured, 'turns' | 'read' | 'sampled'>;
  inFlight: number;
  startedMs: number;
  /** Of the brain, at the start. */
  passMilliseconds: number;
  failed: boolean;
}

function emptySpan({ passMilliseconds }: WeighedBrain): Span {
  const counts = { turns: 0, read: 0, sampled: 0 };
  return { counts, inFlight: 0, startedMs: performance.now(), passMilliseconds, failed: false };
}

function withAnswer({ turns, read, sampled }: Span['counts'], { tokens }: Answer): Span['counts'] {
  return {
    turns: turns + 1,
    read: read + (tokens ? tokens.evaluated + tokens.forced : 0),
    sampled: sampled + (tokens?.sampled ?? 0),
  };
}

function sumOf(before: Measured, more: Measured): Measured {
  const weight = before.turns >= TURNS_REMEMBERED ? 0.5 : 1;
  return {
    turns: before.turns * weight + more.turns,
    seconds: before.seconds * weight + more.seconds,
    passSeconds: before.passSeconds * weight + more.passSeconds,
    read: before.read * weight + more.read,
    sampled: before.sampled * weight + more.sampled,
  };
}

/** What is known in the file; nothing where it is not there yet or damaged. */
export function readSpeeds(file: string): Speed[] {
  try {
    return z.array(speedSchema).parse(readJsonFile(file));
  } catch {
    return []; // It is measured again.
  }
}

/** Replaces what was known about the same model with the same threads and device. If the file cannot be written, only this knowledge is lost. */
export function keepSpeed(file: string, speed: Speed, log: (line: string) => void): void {
  const others = readSpeeds(file).filter(
    (known) => !isOf(known, speed) || known.threads !== speed.threads || known.onGpu !== speed.onGpu,
  );
  const part = `${file}.${process.pid}.part`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, `${JSON.stringify([...others, speed], null, 2)}\n`);
    renameSync(part, file);
  } catch (error) {
    log(`the speed of ${speed.file} could not be kept in ${file}: ${errorLine(error)}`);
  }
}

export interface ModelToPlay {
  /** Name without folder. */
  file: string;
  /** Exact, or as near as is known. */
  fileBytes: number;
  promptStyle: Speed['promptStyle'];
  threads: Speed['threads'];
}

/** A model as it was played. */
export type PlayedModel = ModelToPlay & Pick<Speed, 'onGpu' | 'path'>;

/** At least one turn must have been measured. */
export function speedOf(model: PlayedModel, { turns, seconds, passSeconds, read, sampled }: Measured): Speed {
  return {
    ...model,
    secondsPerTurn: seconds / turns,
    passSecondsPerTurn: passSeconds / turns,
    readPerTurn: read / turns,
    sampledPerTurn: sampled / turns,
  };
}

const isOf = (speed: Speed, model: Pick<ModelToPlay, 'file' | 'fileBytes'>): boolean =>
  speed.file === model.file && speed.fileBytes === model.fileBytes;

/** A turn asked by the chat template, before one was measured here: what two real models read and sampled. */
const CHAT_TURN = { readPerTurn: 153, sampledPerTurn: 21 };
/** A sampled token's price in tokens read, when up to four traders decode together. */
const SAMPLED_PRICE = 4;

/** Speeds of what would compute now: a GPU, where one may and has, else the processor; with as many threads. */
function likewise(speeds: readonly Speed[], threads: Speed['threads'], mayUseGpu: boolean): Speed[] {
  const same = speeds.filter((speed) => speed.threads === threads);
  const onGpu = mayUseGpu ? same.filter((speed) => speed.onGpu) : [];
  return onGpu.length > 0 ? onGpu : same.filter((speed) => !speed.onGpu);
}

/**
 * Seconds that a turn of the model takes here: measured, or from a measured model, whose passes are scaled by the size of the
 * weights and by the tokens of a turn. That is rough: between three real files it was right within a factor of four, since
 * not every quantisation is equally fast. Null when nothing was measured yet.
 */
export function secondsPerTurn(
  model: ModelToPlay & { mayUseGpu: boolean },
  played: readonly Speed[],
): { seconds: number; measured: boolean } | null {
  const { threads, mayUseGpu } = model;
  const [own] = likewise(
    played.filter((speed) => isOf(speed, model)),
    threads,
    mayUseGpu,
  );
  const speeds = likewise(played, threads, mayUseGpu);
  if (own) return { seconds: own.secondsPerTurn, measured: true };
  const sameStyle = speeds.filter((speed) => speed.promptStyle === model.promptStyle);
  const distance = (speed: Speed): number => Math.abs(Math.log(speed.fileBytes / model.fileBytes));
  const [nearest] = (sameStyle.length > 0 ? sameStyle : speeds).toSorted(
    (one, other) => distance(one) - distance(other),
  );
  if (!nearest) return null;
  const turn = nearest.promptStyle === model.promptStyle ? nearest : CHAT_TURN;
  const scale = (model.fileBytes / nearest.fileBytes) * (workOf(turn) / workOf(nearest));
  const seconds = nearest.secondsPerTurn + nearest.passSecondsPerTurn * (scale - 1);
  return { seconds, measured: false };
}

function workOf({ readPerTurn, sampledPerTurn }: typeof CHAT_TURN): number {
  return readPerTurn + SAMPLED_PRICE * sampledPerTurn;
}
