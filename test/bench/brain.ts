// How fast four traders think when the same model is asked in several ways:
//
//   npm run bench:brain -- [--model FILE] [--rounds 5] [--peer-rounds 1] [--threads N] [--soak TURNS] [--ways a,a2,b,c,c2|none]
//
// Without --model the weights are random, in the shape of a 1B model, and end nowhere: every way has the same prompts (about 280
// fixed tokens, about 120 new ones a turn) and strings of a fixed number of characters, so that none wins by answering shorter.
// With a real model the prompts are those of a show, and the library's ways are asked as their users ask them: the seed's schema
// without lengths, natural ends, a limit of tokens. Answers differ in length then: the time of a written token, which is one of
// the answer, sampled or forced, stands beside that of a round.
//
// The engine and the floor, which no way can beat, are always measured; with --ways none, nothing else. The floor is the quicker of
// two: all sequences in each batch, or one after another.
//
//   npm run bench:brain -- --parts threads [--model FILE] [--rounds 5]
//
// compares the engine's own choice of threads with one thread and with all, on the host as it is and with a core kept busy.
//
//   npm run bench:brain -- --parts batched [--model FILE] [--rounds 5] [--threads N] [--batched-bench FILE]
//
// runs llama.cpp's own llama-batched-bench in turn with the engine, for as many tokens.
//
//   npm run bench:brain -- --parts warm --model FILE [--rounds 5] [--threads N]
//
// starts the brain of a show again and again with its prefixes stored: its first round beside its second, and how long it takes to open.
// It needs --model: a start measures the habits of a model, and random weights have none.
//
// The ways take turns, round by round; a ratio is the median of those of the rounds. Without --threads they have as many as the engine
// takes at most. On a machine that others use too, --threads 1 and the column cpu / d are to be trusted, the clock is not.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getLlama, LlamaLogLevel, type Llama, type LlamaModel } from 'node-llama-cpp';
import { askedAs } from '#brain/catalog.ts';
import { readGguf } from '#brain/engine/gguf.ts';
import { modelOnDisk } from '#tools/model-on-disk.ts';
import { namesAmong, readArguments, wholeNumber, wrong } from '#test/support/arguments.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { batchedPart, findBatchedBench } from './brain/batched.ts';
import { modelFileOf } from './brain/catalog-brain.ts';
import { engineWay } from './brain/engine-way.ts';
import {
  floorWay,
  oneSessionWay,
  orderedSessionWay,
  ownSessionsWay,
  sharedBatchWay,
} from './brain/library-ways.ts';
import { peerWay } from './brain/peer-way.ts';
import { roundsAsked, threadsPart } from './brain/threads.ts';
import { fixedScenes, showScenes, traders, type RoundResult, type Scenes, type Way } from './brain/scenes.ts';
import { warmPart } from './brain/warm.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';
import { median } from './medians.ts';

const USAGE = `npm run bench:brain -- [--model FILE] [--rounds 5] [--peer-rounds 1] [--threads N] [--soak TURNS] [--ways a,a2,b,c,c2|none]
npm run bench:brain -- --parts threads [--model FILE] [--rounds 5]
npm run bench:brain -- --parts batched [--model FILE] [--rounds 5] [--threads N] [--batched-bench FILE]
npm run bench:brain -- --parts warm --model FILE [--rounds 5] [--threads N]`;
const values = readArguments(USAGE, {
  model: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  'peer-rounds': { type: 'string', default: '1' },
  threads: { type: 'string' },
  soak: { type: 'string', default: '0' },
  ways: { type: 'string', default: 'a,a2,b,c,c2' },
  parts: { type: 'string', default: 'ways' },
  'batched-bench': { type: 'string' },
});
const rounds = wholeNumber(USAGE, 'rounds', values.rounds, 1);
const peerRounds = wholeNumber(USAGE, 'peer-rounds', values['peer-rounds'], 0);
const fixedThreads =
  values.threads === undefined ? undefined : wholeNumber(USAGE, 'threads', values.threads, 1);
const chosen = namesAmong(USAGE, 'ways', values.ways, ['a', 'a2', 'b', 'c', 'c2', 'none']);
const parts = namesAmong(USAGE, 'parts', values.parts, ['ways', 'threads', 'batched', 'warm']);
if (parts.has('warm') && values.model === undefined)
  wrong(USAGE, 'flag --parts: warm needs --model FILE, a model whose habits can be measured');
const soakTurns = wholeNumber(USAGE, 'soak', values.soak, 0);
/** How many times as fast as each way the engine is to be where all write as much; a2 is there to compare. */
const bars: Record<string, number> = values.model === undefined ? { a: 2.5, b: 1.6, c: 1.3, c2: 1.3 } : {};
/** How much longer than the least that any way must do the engine may take. */
const floorBar = 1.15;
type Measured = RoundResult & {
  /** CPU time of the process, divided by the threads: steadier than the clock on a machine that others use too. */
  cpuMilliseconds: number;
};
type Results = Map<string, Measured[]>;

endOnSignals();
const folder = temporaryFolder('bench-brain');

function randomModel(): string {
  console.log('No --model given: random weights in the shape of Llama-3.2-1B, Q4_0.');
  const chatTemplate =
    "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>' + '\n' }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
  return writeRandomModel(path.join(folder, 'random-1b.gguf'), { shape: '1b', chatTemplate });
}

async function openLlama(): Promise<Llama> {
  return await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
}

/** Where no number is given, as many as the engine takes at most: the ways could not be compared if it chose as it goes. */
function threadsFor(llama: Llama): number {
  return fixedThreads ?? Math.max(1, Math.min(llama.cpuMathCores, availableParallelism()));
}

async function benchThreads(modelFile: string): Promise<void> {
  const llama = await openLlama();
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 });
  await threadsPart(modelFile, await scenesFor(model, modelFile, roundsAsked), rounds);
  await llama.dispose();
}

async function benchBatched(modelFile: string, program: string): Promise<void> {
  const llama = await openLlama();
  const threads = threadsFor(llama);
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 });
  await batchedPart(await scenesFor(model, modelFile, rounds + 1), { program, modelFile, threads, rounds });
  await llama.dispose();
}

/** @param recorded how many rounds are asked for at most */
async function scenesFor(model: LlamaModel, modelFile: string, recorded: number): Promise<Scenes> {
  const template = (await readGguf(modelFile)).values.get('tokenizer.chat_template');
  const chatTemplate = typeof template === 'string' ? template : undefined;
  return values.model === undefined
    ? fixedScenes(model, chatTemplate)
    : await showScenes(model, {
        chatTemplate,
        rounds: recorded,
        ...askedAs(modelOnDisk(values.model).entry),
      });
}

async function benchWays(modelFile: string): Promise<void> {
  const llama = await openLlama();
  const threads = threadsFor(llama);
  llama.maxThreads = threads;
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 });
  const scenes = await scenesFor(model, modelFile, Math.max(rounds, peerRounds) + 1);
  const tools = { llama, model, scenes, threads };
  const engine = await engineWay(modelFile, scenes, threads);
  const sampled = () => engine.sampled();
  const floors = [
    await floorWay(tools, sampled, { shared: true }),
    await floorWay(tools, sampled, { shared: false }),
  ];
  const ways: Way[] = [];
  if (chosen.has('a')) ways.push(await oneSessionWay(tools));
  if (chosen.has('a2')) ways.push(await orderedSessionWay(tools));
  if (chosen.has('b')) ways.push(await ownSessionsWay(tools));
  if (chosen.has('c2')) ways.push(await sharedBatchWay(tools));
  ways.push(engine, ...floors);
  const results: Results = new Map(ways.map(({ name }) => [name, []]));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let round = 0; round <= rounds; round++) {
    for (const way of ways) {
      if (way === engine && round > 0) delay.enable();
      const result = await measured(way, round, threads);
      delay.disable();
      console.log(
        `${round === 0 ? 'warm-up' : `round ${round}`} ${way.name}: ${Math.round(result.milliseconds)} ms`,
      );
      if (round > 0) results.get(way.name)?.push(result);
    }
  }
  for (const way of ways) if (way !== engine) await way.close();
  await model.dispose();
  if (chosen.has('c') && peerRounds > 0) {
    const { way, note } = await peerWay(modelFile, scenes, threads);
    console.log(note);
    await way.round(0);
    const list: Measured[] = [];
    for (let round = 1; round <= peerRounds; round++) list.push(await measured(way, round, threads));
    results.set(way.name, list);
    await way.close();
  }
  report(results, { engine: engine.name, floors: floors.map(({ name }) => name), threads });
  const delayMs = Math.max(0, delay.percentile(99) / 1e6 - 1);
  console.log(
    `\nevent-loop delay during d, p99: ${delayMs.toFixed(1)} ms (bar: 20) ${delayMs < 20 ? 'ok' : 'MISSED'}`,
  );
  console.log(`memory of the process: ${megabytes()} MB`);
  if (soakTurns > 0) await soak(engine);
  await engine.close();
}

async function measured(way: Way, round: number, threads: number): Promise<Measured> {
  const before = process.cpuUsage();
  const result = await way.round(round);
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMilliseconds: (user + system) / 1000 / threads };
}

function report(
  results: Results,
  { engine, floors, threads }: { engine: string; floors: readonly string[]; threads: number },
): void {
  const own = results.get(engine) ?? [];
  const usual = (name: string): number => median((results.get(name) ?? []).map(byClock));
  const [floor] = floors.toSorted((one, other) => usual(one) - usual(other));
  console.log(`\nfour turns, median of ${rounds} rounds, ${threads} threads; tokens are means a turn`);
  console.log(
    `${'way'.padEnd(34)} ${'ms'.padStart(7)} ${'best'.padStart(7)} ${'cpu ms'.padStart(7)} ms/token   read forced sampled characters  cpu / d  token / d  way / d`,
  );
  for (const [name, list] of results) {
    const times = (of: (result: Measured) => number): number => median(list.map(of));
    // Round by round: no two rounds have as much to say, and the machine is not as busy in each.
    const against = (of: (result: Measured) => number): number =>
      median(list.map((result, round) => of(result) / of(own[round] ?? result)));
    const columns = [
      times(byClock).toFixed(0).padStart(7),
      Math.min(...list.map(byClock))
        .toFixed(0)
        .padStart(7),
      times(byCpu).toFixed(0).padStart(7),
      times(byToken).toFixed(1).padStart(8),
      mean(list, ({ tokens }) => tokens.evaluated).padStart(6),
      mean(list, ({ tokens }) => tokens.forced).padStart(6),
      mean(list, ({ tokens }) => tokens.sampled).padStart(7),
      mean(list, ({ characters }) => characters).padStart(10),
      against(byCpu).toFixed(2).padStart(8),
      against(byToken).toFixed(2).padStart(10),
    ];
    console.log(
      `${name.padEnd(34)} ${columns.join(' ')}  ${verdictOn(name, against(byClock), name === floor)}`,
    );
  }
}

function verdictOn(name: string, ratio: number, isFloor: boolean): string {
  const shown = ratio.toFixed(2);
  if (isFloor)
    return `${shown} (d / floor ${(1 / ratio).toFixed(2)}, bar ${floorBar}) ${1 / ratio <= floorBar ? 'ok' : 'MISSED'}`;
  const bar = bars[name.split(' ')[0] ?? ''];
  return bar === undefined ? shown : `${shown} (bar ${bar}) ${ratio >= bar ? 'ok' : 'MISSED'}`;
}

const byClock = ({ milliseconds }: Measured): number => milliseconds;
const byCpu = ({ cpuMilliseconds }: Measured): number => cpuMilliseconds;
/** By token of the answer. */
const byToken = ({ milliseconds, tokens }: Measured): number =>
  milliseconds / (tokens.forced + tokens.sampled);

function mean(list: readonly Measured[], of: (result: Measured) => number): string {
  return (list.reduce((sum, result) => sum + of(result), 0) / list.length / traders.length).toFixed(1);
}

function megabytes(): number {
  return Math.round(process.memoryUsage.rss() / 1024 / 1024);
}

async function soak(engine: Way): Promise<void> {
  console.log(`soak: ${soakTurns} turns, ${megabytes()} MB before`);
  const soakRounds = Math.ceil(soakTurns / traders.length);
  for (let round = 1; round <= soakRounds; round++) {
    await engine.round(round % (rounds + 1)); // the same prompts again
    if (round % Math.ceil(soakRounds / 5) === 0)
      console.log(`  after ${round * traders.length} turns: ${megabytes()} MB`);
  }
}

const batchedBench = parts.has('batched') ? findBatchedBench(values['batched-bench']) : null;
if (batchedBench === null) parts.delete('batched');
if (parts.size === 0) process.exit();
const modelFile = values.model === undefined ? randomModel() : await modelFileOf(USAGE, values.model);
if (parts.has('ways')) await benchWays(modelFile);
if (parts.has('threads')) await benchThreads(modelFile);
if (batchedBench !== null) await benchBatched(modelFile, batchedBench);
if (parts.has('warm')) {
  const cacheDir = path.join(folder, 'cache');
  await warmPart({ model: values.model ?? modelFile, rounds, threads: fixedThreads, cacheDir });
}
process.exit(); // the peer keeps a thread that would hold the process
