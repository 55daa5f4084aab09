/**
 * How much memory many servers in one process take, and whether it grows. The town and the painter are other processes, so
 * only the bot is measured. Run it by `npm run bench:stage`, which gives Node the same flags as `npm start`.
 */
import path from 'node:path';
import { pixelPainter } from '#test/stage/rig.ts';
import { percentile, showIn, stageIn, Town, type Figure, type Playing } from './ground.ts';

const MEGABYTE = 1024 * 1024;
const BAR_MB = 400;
/** How much memory may grow from the third quarter to the fourth. */
const GROWTH_BAR = 0.05;
/** The supervisor spreads its shows over the pace, so not all of them post at the same moment. */
const AT_ONCE = 10;
const DRAIN_LIMIT_MS = 600_000;
/** How often progress is printed during all rounds. */
const REPORTS = 10;

export interface Crowd {
  guilds: number;
  rounds: number;
  /** When the time is up the run stops, and the rounds that are left count as missed. */
  minutes: number;
}

export async function memory(folder: string, { guilds, rounds, minutes }: Crowd): Promise<Figure[]> {
  const town = await Town.open({ members: 4, guilds });
  const stage = await stageIn(town, pixelPainter);
  say('logged in');
  const playing: Playing[] = [];
  for (const [n, guildId] of town.address.guildIds.entries()) {
    const one = showIn(path.join(folder, `guild-${n}.sqlite`), { seed: n + 1, pictures: 8 });
    playing.push(one);
    await stage.attach(guildId, one.show);
    const built = await stage.setUp(guildId);
    if (!built.ok) throw new Error(`guild ${n} could not be set up: ${built.problems.join(' ')}`);
  }
  say(`${guilds} guilds set up`);

  const sampled: number[] = [];
  const endMs = performance.now() + minutes * 60_000;
  const signal = new AbortController().signal;
  while (sampled.length < rounds && performance.now() < endMs) {
    const drainable = AbortSignal.timeout(DRAIN_LIMIT_MS);
    for (let first = 0; first < playing.length; first += AT_ONCE) {
      for (const { show } of playing.slice(first, first + AT_ONCE)) await show.playRound(signal);
      await stage.drained(drainable);
    }
    const played = sampled.push(process.memoryUsage().rss / MEGABYTE);
    if (played % Math.ceil(rounds / REPORTS) === 0) say(`round ${played} of ${rounds}`);
  }
  const { posted, heapUsed } = { posted: stage.counts().messages, heapUsed: process.memoryUsage().heapUsed };
  await stage.close();
  await town.close();
  for (const { store } of playing) store.close();

  const played = sampled.length;
  const quarter = Math.max(1, Math.floor(played / 4));
  const third = percentile(sampled.slice(-2 * quarter, -quarter), 50);
  const fourth = percentile(sampled.slice(-quarter), 50);
  const growth = fourth / third - 1;
  const most = Math.max(...sampled);
  const half = sampled[Math.floor(played / 2) - 1] ?? Number.NaN;
  return [
    {
      name: `rounds played in each of ${guilds} guilds, within ${minutes} min; posts`,
      value: `${played}; ${posted}`,
      bar: `${rounds}`,
      ok: played === rounds,
    },
    {
      name: 'of which JavaScript heap in use, at the end',
      value: `${(heapUsed / MEGABYTE).toFixed(0)} MB`,
      bar: '-',
      ok: true,
    },
    {
      name: `memory, ${guilds} guilds x ${played} rounds, maximum`,
      value: `${most.toFixed(0)} MB`,
      bar: `< ${BAR_MB} MB`,
      ok: most < BAR_MB,
    },
    {
      name: 'memory, halfway and at the end',
      value: `${half.toFixed(0)} -> ${(sampled.at(-1) ?? Number.NaN).toFixed(0)} MB`,
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

function say(where: string): void {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const mb = (bytes: number): string => (bytes / MEGABYTE).toFixed(0);
  console.log(
    `  ${where.padEnd(20)} ${mb(rss).padStart(4)} MB: JavaScript heap ${mb(heapUsed)} of ${mb(heapTotal)} MB, buffers ${mb(external)} MB, ` +
      `the rest ${mb(rss - heapTotal - external)} MB; ${process.uptime().toFixed(0)} s`,
  );
}
