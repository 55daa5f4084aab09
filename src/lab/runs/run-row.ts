/**
 * Plays one row: every world of the plan with one player. Worlds go in groups of as many as the player thinks for at once; a
 * group is played whole or again, because what shares a pass over a model's weights may differ in the last bit.
 */
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Content } from '#core/content.ts';
import { labRules, seedsOf, type WorldPlan } from '../worlds/world.ts';
import { playWorld, type Examiner, type Planter, type PlayOptions } from './play.ts';
import type { Player } from './player.ts';
import type { PlayedWorld } from './records.ts';
import type { TraceFolder } from './trace-folder.ts';

export interface RowOptions {
  plan: WorldPlan;
  content: Content;
  player: Player;
  examine?: Examiner | undefined;
  plant?: Planter | undefined;
  /** Names the program that plays, for traces. */
  program?: string | undefined;
  /** Where traces are kept and found again; null: in memory alone. */
  folder: TraceFolder | null;
  signal: AbortSignal;
  /** A world is done; `played` is false for one that an earlier run had kept. */
  onWorld?: (world: PlayedWorld, played: boolean) => void;
}

/** All worlds in the order of their seeds; null when the signal aborted the run: what was kept stays. */
export async function runRow(options: RowOptions): Promise<PlayedWorld[] | null> {
  const { plan, folder, onWorld, ...playing } = options;
  const { player, signal } = playing;
  const rules = labRules(plan);
  const done: PlayedWorld[] = [];
  for (const group of groupsOf(seedsOf(plan), player.worldsAtOnce)) {
    // A player that never waits would keep signals from being heard.
    await nextTick();
    if (signal.aborted) return null;
    const kept = folder && keptTogether(folder, group);
    const worlds = kept ?? (await playTogether(group, { rules, ...playing }));
    if (worlds === null) return null;
    done.push(...worlds);
    // Kept together, after all of them are done.
    for (const world of worlds) {
      if (!kept) folder?.write(world);
      onWorld?.(world, !kept);
    }
  }
  return done;
}

/** Null where a world is lacking, or was thought of together with others than these: a run that was longer had more in its last group. */
function keptTogether(folder: TraceFolder, group: readonly number[]): PlayedWorld[] | null {
  if (!group.every((seed) => folder.has(seed))) return null;
  const worlds = group.map((seed) => folder.read(seed));
  const isOfGroup = ({ end }: PlayedWorld): boolean =>
    end.group === undefined || end.group.join() === group.join();
  return worlds.every(isOfGroup) ? worlds : null;
}

/** Null when the signal aborted it. */
async function playTogether(
  group: readonly number[],
  playing: Omit<PlayOptions, 'seed'>,
): Promise<PlayedWorld[] | null> {
  const played = await Promise.all(group.map(async (seed) => playWorld({ ...playing, seed })));
  const worlds = played.flatMap((world) => world ?? []);
  if (worlds.length < played.length) return null;
  return playing.player.worldsAtOnce === 1
    ? worlds
    : worlds.map(({ turns, end }) => ({ turns, end: { ...end, group: [...group] } }));
}

function groupsOf(seeds: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(seeds.length / size) }, (_, at) =>
    seeds.slice(at * size, (at + 1) * size),
  );
}
