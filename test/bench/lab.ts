/**
 * `npm run bench:lab`: turns a second of the lab, headless, on one core: in memory, and with the traces stored. Bars: 20,000 and
 * 3,000.
 */
import path from 'node:path';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { OBSERVATION_ARMS } from '#lab/arms/observation-arms.ts';
import { baselinePlayer } from '#lab/baselines/policies.ts';
import { brainPlayer } from '#lab/runs/brain-player.ts';
import type { Player } from '#lab/runs/player.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { TraceFolder } from '#lab/runs/trace-folder.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { loadContent } from '#app/content.ts';
import { readArguments } from '#test/support/arguments.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';

const WARM_UP = 50;
const WORLDS = 200;

readArguments('npm run bench:lab', {});
endOnSignals();
const content = loadContent();
const scripted = brainPlayer(createScriptedBrain({ cast: content.cast, seed: 1 }), OBSERVATION_ARMS.full);
const never = new AbortController().signal;

async function turnsASecond(player: Player, folder: TraceFolder | null, worlds: number): Promise<number> {
  let turns = 0;
  const startedMs = performance.now();
  await runRow({
    plan: worldPlan(content, { worlds }),
    content,
    player,
    folder,
    signal: never,
    onWorld: (world) => (turns += world.end.turns),
  });
  return turns / ((performance.now() - startedMs) / 1_000);
}

const told = (what: string, rate: number, bar: number | null): void =>
  console.log(
    `${what.padEnd(34)} ${rate.toFixed(0).padStart(7)} turns/s${bar === null ? '' : `   bar ${bar}`}`,
  );

await turnsASecond(scripted, null, WARM_UP);
told('scripted brain, in memory', await turnsASecond(scripted, null, WORLDS), 20_000);
const folder = new TraceFolder(path.join(temporaryFolder('lab-bench'), 'traces'));
told('scripted brain, traces stored', await turnsASecond(scripted, folder, WORLDS), 3_000);
told('hold, in memory', await turnsASecond(baselinePlayer('hold', 1), null, WORLDS), null);
