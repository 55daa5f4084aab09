/**
 * One bot process of the memory part: the shows of the servers that belong to its shard, which the environment names as
 * discord.js's own manager does. It runs with the flags of `npm start`, and without a painter: pictures are one pixel.
 */
import path from 'node:path';
import { shardOf } from '#app/shards.ts';
import { pixelPainter } from '#test/stage/rig.ts';
import { showIn, stageIn, type Playing } from './ground.ts';
import type { TownAddress } from './town.ts';

export interface CrowdOrder {
  address: TownAddress;
  folder: string;
  shard: number;
  of: number;
  rounds: number;
  /** When the time is up the run stops, and the rounds that are left are not played. */
  minutes: number;
}

export interface CrowdPlayed {
  guilds: number;
  posts: number;
  /** Resident memory after each round of all its servers, in MB. */
  memoryMb: number[];
  heapMb: number;
}

const MEGABYTE = 1024 * 1024;
/** The supervisor spreads its shows over the pace, so not all of them post at the same moment. */
const AT_ONCE = 10;
const DRAIN_LIMIT_MS = 600_000;
/** How often progress is printed during all rounds. */
const REPORTS = 10;

if (process.send)
  process.once('message', (order: CrowdOrder) => {
    void play(order).then((played) => process.send?.(played));
  });

async function play({ address, folder, shard, of, rounds, minutes }: CrowdOrder): Promise<CrowdPlayed> {
  const own = address.guildIds.filter((guildId) => shardOf(guildId, of) === shard);
  const stage = await stageIn(address, pixelPainter);
  say(shard, 'logged in');
  const playing: Playing[] = [];
  for (const [n, guildId] of own.entries()) {
    const file = path.join(folder, `guild-${shard}-${n}.sqlite`);
    const one = showIn(file, { seed: n * of + shard + 1, pictures: 8 });
    playing.push(one);
    await stage.attach(guildId, one.show);
    const built = await stage.setUp(guildId);
    if (!built.ok) throw new Error(`guild ${n} could not be set up: ${built.problems.join(' ')}`);
  }
  say(shard, `${own.length} guilds set up`);

  const memoryMb: number[] = [];
  const endMs = performance.now() + minutes * 60_000;
  const signal = new AbortController().signal;
  while (memoryMb.length < rounds && performance.now() < endMs) {
    const drainable = AbortSignal.timeout(DRAIN_LIMIT_MS);
    for (let first = 0; first < playing.length; first += AT_ONCE) {
      for (const { show } of playing.slice(first, first + AT_ONCE)) await show.playRound(signal);
      await stage.drained(drainable);
    }
    const played = memoryMb.push(process.memoryUsage().rss / MEGABYTE);
    if (played % Math.ceil(rounds / REPORTS) === 0) say(shard, `round ${played} of ${rounds}`);
  }
  const [posts, heapMb] = [stage.counts().messages, process.memoryUsage().heapUsed / MEGABYTE];
  await stage.close();
  for (const { store } of playing) store.close();
  return { guilds: own.length, posts, memoryMb, heapMb };
}

function say(shard: number, where: string): void {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const mb = (bytes: number): string => (bytes / MEGABYTE).toFixed(0);
  console.log(
    `  process ${shard}: ${where.padEnd(20)} ${mb(rss).padStart(4)} MB: JavaScript heap ${mb(heapUsed)} of ${mb(heapTotal)} MB, ` +
      `buffers ${mb(external)} MB, the rest ${mb(rss - heapTotal - external)} MB; ${process.uptime().toFixed(0)} s`,
  );
}
