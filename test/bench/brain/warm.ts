// What a start with stored prefixes and habits is like: whether its first round takes longer than its second, and how long it is
// until it can be asked. Each start is a process of its own, as a restart of the show is.
//
// Two rounds of a show are asked in two starts, the one first in the first start, the other first in the second. So the first rounds
// of both starts hold the turns that the second ones hold, and as much work but for what is drawn in another way.
import path from 'node:path';
import { z } from 'zod';
import { median, withRange } from '../medians.ts';
import { JsonProcess } from '../peers/json-process.ts';
import { roundTold, type RoundTold } from '../peers/ways.ts';
import { showTurns, type ShowTurn } from '../show-turns.ts';
import { traders } from './scenes.ts';

/** First round by second: no slower. */
const bar = 1;
const SEED = 7;
const PROGRAM = path.join(import.meta.dirname, 'start-process.ts');

const openedTold = z.object({
  ready: z.literal(true),
  /** From the call to a brain that can be asked, without starting the process. */
  ms: z.number(),
  /** Over the weights: none where all prefixes and habits were stored. */
  passes: z.number(),
});
export type Opened = z.infer<typeof openedTold>;

export interface Warm {
  /** As `catalogBrain` takes it. */
  model: string;
  /** Of two starts each. */
  rounds: number;
  /** Undefined: the engine chooses. */
  threads: number | undefined;
  /** An empty folder. */
  cacheDir: string;
}

export async function warmPart(warm: Warm): Promise<void> {
  const [one = [], other = []] = await showTurns(2, SEED);
  const cold = await startAnd([], warm);
  console.log(`\nfirst start: ${seconds(cold.opened.ms)} s, ${cold.opened.passes} passes`);
  const opened: Opened[] = [];
  const pairs: Pair[] = [];
  for (let round = 1; round <= warm.rounds; round++) {
    const starts = [await startAnd([one, other], warm), await startAnd([other, one], warm)];
    opened.push(...starts.map((start) => start.opened));
    const pair = pairOf(starts.map(({ played }) => played));
    pairs.push(pair);
    console.log(`round ${round}: first ${told(pair.first)} s, second ${told(pair.second)} s`);
  }
  report(pairs, warm);
  const passes = Math.max(...opened.map((each) => each.passes));
  const openedIn = median(opened.map(({ ms }) => ms));
  console.log(
    `opening: cold ${seconds(cold.opened.ms)} s, with all stored ${seconds(openedIn)} s and ${passes} passes: ` +
      (passes === 0 ? 'no prefix was read again ok' : 'a prefix was read again MISSED'),
  );
}

/** The first rounds of two starts, and the second ones: each holds both rounds of the show. */
export interface Pair {
  first: readonly RoundTold[];
  second: readonly RoundTold[];
}

/** @param starts what each played, in order */
export function pairOf(starts: readonly (readonly RoundTold[])[]): Pair {
  const at = (place: number): RoundTold[] => starts.flatMap((played) => played[place] ?? []);
  return { first: at(0), second: at(1) };
}

export function firstBySecond(pair: Pair, of: (rounds: readonly RoundTold[]) => number): number {
  return of(pair.first) / of(pair.second);
}

export const timeOf = (rounds: readonly RoundTold[]): number => sum(rounds, ({ ms }) => ms);
/** By token that was drawn. */
export const drawnTimeOf = (rounds: readonly RoundTold[]): number =>
  timeOf(rounds) / sum(rounds, ({ sampled }) => sampled);

/** Starts the brain, plays the rounds one after another, and ends it. */
async function startAnd(
  rounds: readonly (readonly ShowTurn[])[],
  { model, cacheDir, threads }: Warm,
): Promise<{ opened: Opened; played: RoundTold[] }> {
  const args = [model, cacheDir, ...(threads === undefined ? [] : [String(threads)])];
  const start = new JsonProcess(process.execPath, [...process.execArgv, PROGRAM, ...args]);
  try {
    const opened = await start.read(openedTold);
    const played: RoundTold[] = [];
    for (const turns of rounds) played.push(await start.ask({ turns }, roundTold));
    return { opened, played };
  } finally {
    await start.close();
  }
}

function report(pairs: readonly Pair[], { rounds, threads }: Warm): void {
  const how = threads === undefined ? 'threads as the engine chooses' : `${threads} threads`;
  console.log(
    `\nfour turns after a start with all stored, medians of ${rounds} rounds of two starts, ${how}; tokens are means a turn`,
  );
  console.log(`${'round'.padEnd(16)} ${'s'.padStart(7)} ms/token drawn   read forced sampled`);
  for (const place of ['first', 'second'] as const) {
    const all = pairs.flatMap((pair) => pair[place]);
    const mean = (of: (round: RoundTold) => number): string =>
      (sum(all, of) / all.length / traders.length).toFixed(1);
    const columns = [
      seconds(median(pairs.map((pair) => timeOf(pair[place]) / pair[place].length))).padStart(7),
      median(pairs.map((pair) => drawnTimeOf(pair[place])))
        .toFixed(1)
        .padStart(14),
      mean(({ read }) => read).padStart(6),
      mean(({ forced }) => forced).padStart(6),
      mean(({ sampled }) => sampled).padStart(7),
    ];
    console.log(`${place.padEnd(16)} ${columns.join(' ')}`);
  }
  const ratios = pairs.map((pair) => firstBySecond(pair, timeOf));
  const byToken = withRange(pairs.map((pair) => firstBySecond(pair, drawnTimeOf)));
  // As it is printed: a thousandth is no difference that this measures.
  const ok = Number(median(ratios).toFixed(2)) <= bar;
  console.log(
    `first / second ${withRange(ratios)}, by the token drawn ${byToken} (bar ${bar.toFixed(1)}, no slower) ${ok ? 'ok' : 'MISSED'}`,
  );
}

function sum(rounds: readonly RoundTold[], of: (round: RoundTold) => number): number {
  return rounds.reduce((total, round) => total + of(round), 0);
}

const told = (rounds: readonly RoundTold[]): string => rounds.map(({ ms }) => seconds(ms)).join(' and ');

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
