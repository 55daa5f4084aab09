/**
 * `npm run bench:lab`: turns a second of the lab, headless, on one core: in memory, and with the traces stored; by the clock, and by
 * the processor's time, which others on the machine do not take away. The median of some runs, once warm. Bars: 20,000 and 3,000, by
 * the clock.
 */
import path from 'node:path';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { OBSERVATION_ARMS } from '#lab/arms/observation-arms.ts';
import { baselinePlayer } from '#lab/baselines/policies.ts';
import { twinPlayer } from '#lab/runs/brain-player.ts';
import type { Player } from '#lab/runs/player.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import { quantile } from '#lab/statistics/intervals.ts';
import { FIRST_SEED, worldPlan } from '#lab/worlds/world.ts';
import { loadContent } from '#app/content.ts';
import { readArguments } from '#test/support/arguments.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';

/** Until the engine has compiled what is run often. */
const WARM_UP = 1_000;
const WORLDS = 50;
const RUNS = 5;

readArguments('npm run bench:lab', {});
endOnSignals();
const content = loadContent();
const scripted = twinPlayer(
  createScriptedTwin(() => content.cast),
  OBSERVATION_ARMS.full,
  1,
);
const never = new AbortController().signal;

interface Rate {
  /** Turns a second. */
  clock: number;
  /** Turns a second of this thread's time on the processor. */
  processor: number;
}

let nextSeed = FIRST_SEED;

async function rateOf(player: Player, folder: TraceFolder | null, worlds = WORLDS): Promise<Rate> {
  let turns = 0;
  // Worlds that were not played yet: a trace that is there is read, and what was said is known.
  const plan = worldPlan(content, { worlds, firstSeed: nextSeed });
  nextSeed += worlds;
  const startedMs = performance.now();
  const before = process.threadCpuUsage();
  await runRow({
    plan,
    content,
    player,
    folder,
    signal: never,
    onWorld: (world) => (turns += world.end.turns),
  });
  const { user, system } = process.threadCpuUsage(before);
  return {
    clock: turns / ((performance.now() - startedMs) / 1_000),
    processor: turns / ((user + system) / 1_000_000),
  };
}

async function tell(
  what: string,
  player: Player,
  folder: TraceFolder | null,
  bar: number | null,
): Promise<void> {
  const rates: Rate[] = [];
  for (let run = 0; run < RUNS; run += 1) rates.push(await rateOf(player, folder));
  const median = (of: (rate: Rate) => number): string =>
    quantile(
      rates.map(of).toSorted((a, b) => a - b),
      0.5,
    )
      .toFixed(0)
      .padStart(7);
  console.log(
    `${what.padEnd(30)} ${median(({ clock }) => clock)} turns/s, ${median(({ processor }) => processor)} a second of the processor${bar === null ? '' : `   bar ${bar}`}`,
  );
}

await rateOf(scripted, null, WARM_UP);
await tell('scripted brain, in memory', scripted, null, 20_000);
const folder = new TraceFolder(path.join(temporaryFolder('lab-bench'), 'traces'));
await tell('scripted brain, traces stored', scripted, folder, 3_000);
await tell('hold, in memory', baselinePlayer('hold', 1), null, null);
