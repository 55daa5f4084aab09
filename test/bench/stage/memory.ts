/**
 * How much memory many servers take in one process or several, and whether it grows. The town is one process, each bot another,
 * so only the bots are measured. Run it by `npm run bench:stage`, which gives Node the same flags as `npm start`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { end, held } from '../ending.ts';
import type { CrowdOrder, CrowdPlayed } from './crowd.ts';
import { percentile, Town, type Figure } from './ground.ts';

/** For 200 servers in a process. */
const BAR_MB = 400;
const BAR_GUILDS = 200;
/** How much memory may grow from the third quarter to the fourth. */
const GROWTH_BAR = 0.05;

export interface Crowd {
  guilds: number;
  /** How many processes share them, a shard each. */
  processes: number;
  rounds: number;
  minutes: number;
}

export async function memory(folder: string, crowd: Crowd): Promise<Figure[]> {
  const { guilds, processes, rounds, minutes } = crowd;
  const town = await Town.open({ members: 4, guilds });
  const orders = Array.from({ length: processes }, (_, shard) => ({
    address: town.address,
    folder,
    shard,
    of: processes,
    rounds,
    minutes,
  }));
  const all = await Promise.all(orders.map((order) => played(order)));
  await town.close();
  const fewest = Math.min(...all.map(({ memoryMb }) => memoryMb.length));
  return [
    {
      name: `rounds played in each of ${guilds} guilds, within ${minutes} min; posts`,
      value: `${fewest}; ${all.reduce((sum, { posts }) => sum + posts, 0)}`,
      bar: `${rounds}`,
      ok: fewest === rounds,
    },
    ...all.flatMap(figures),
  ];
}

function figures({ guilds, memoryMb, heapMb }: CrowdPlayed, shard: number): Figure[] {
  const rounds = memoryMb.length;
  const quarter = Math.max(1, Math.floor(rounds / 4));
  const third = percentile(memoryMb.slice(-2 * quarter, -quarter), 50);
  const fourth = percentile(memoryMb.slice(-quarter), 50);
  const growth = fourth / third - 1;
  const most = Math.max(...memoryMb);
  const half = memoryMb[Math.floor(rounds / 2) - 1] ?? Number.NaN;
  const bound = guilds <= BAR_GUILDS;
  return [
    {
      name: `process ${shard}: memory, ${guilds} guilds x ${rounds} rounds, maximum`,
      value: `${most.toFixed(0)} MB`,
      bar: bound ? `< ${BAR_MB} MB` : '-',
      ok: !bound || most < BAR_MB,
    },
    {
      name: 'of which JavaScript heap in use, at the end',
      value: `${heapMb.toFixed(0)} MB`,
      bar: '-',
      ok: true,
    },
    {
      name: 'memory, halfway and at the end',
      value: `${half.toFixed(0)} -> ${(memoryMb.at(-1) ?? Number.NaN).toFixed(0)} MB`,
      bar: '-',
      ok: true,
    },
    {
      name: 'memory, last quarter and the one before it, medians',
      value: `${third.toFixed(0)} -> ${fourth.toFixed(0)} MB (${(growth * 100).toFixed(1)} %)`,
      bar: `< ${GROWTH_BAR * 100} %`,
      ok: growth < GROWTH_BAR,
    },
  ];
}

/** A bot's process plays its shard. Rejects when it ends before it has played. */
async function played(order: CrowdOrder): Promise<CrowdPlayed> {
  const { shard, of } = order;
  const env = { ...process.env, SHARDS: String(shard), SHARD_COUNT: String(of) };
  const child = held(fork(path.join(import.meta.dirname, 'crowd.ts'), { env }));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`process ${shard} ended with exit code ${code}`);
  });
  // The race below handles a rejection; a process that ends after it has played is not a failure.
  ended.catch(() => undefined);
  child.send(order);
  const [done] = (await Promise.race([once(child, 'message'), ended])) as [CrowdPlayed];
  await end(child);
  return done;
}
