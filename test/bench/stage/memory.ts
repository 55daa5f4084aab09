/** What many servers in one process take, and whether it stays so. The town and the pictures are in other processes. */
import path from 'node:path';
import { pixelPainter } from '#test/stage/house.ts';
import { percentile, showIn, stageIn, Town, type Figure } from './ground.ts';

const MEGABYTE = 1024 * 1024;
const BAR_MB = 400;
/** From the third quarter to the fourth. */
const GROWTH_BAR = 0.05;

export async function memory(folder: string, guilds: number, rounds: number): Promise<Figure[]> {
  const town = await Town.open({ members: 4, guilds });
  const stage = await stageIn(town, pixelPainter);
  const playing = [];
  for (const [n, guildId] of town.address.guildIds.entries()) {
    const one = showIn(path.join(folder, `guild-${n}.sqlite`), { seed: n + 1, pictures: 8 });
    playing.push(one);
    await stage.attach(guildId, one.show);
    const built = await stage.setUp(guildId);
    if (!built.ok) throw new Error(`guild ${n} could not be set up: ${built.problems.join(' ')}`);
  }
  const sampled: number[] = [];
  let heapMb = 0;
  const signal = new AbortController().signal;
  for (let round = 1; round <= rounds; round++) {
    for (const { show } of playing) await show.playRound(signal);
    await stage.drained(AbortSignal.timeout(600_000));
    const { rss, heapUsed } = process.memoryUsage();
    sampled.push(rss / MEGABYTE);
    heapMb = heapUsed / MEGABYTE;
  }
  await stage.close();
  await town.close();
  for (const { store } of playing) store.close();

  const quarter = Math.max(1, Math.floor(rounds / 4));
  const third = percentile(sampled.slice(-2 * quarter, -quarter), 50);
  const fourth = percentile(sampled.slice(-quarter), 50);
  const growth = fourth / third - 1;
  const most = Math.max(...sampled);
  return [
    { name: 'JavaScript heap in the end, of it', value: `${heapMb.toFixed(0)} MB`, bar: '-', ok: true },
    {
      name: `memory, ${guilds} guilds x ${rounds} rounds, most`,
      value: `${most.toFixed(0)} MB`,
      bar: `< ${BAR_MB} MB`,
      ok: most < BAR_MB,
    },
    {
      name: 'memory, last quarter against the one before',
      value: `${third.toFixed(0)} -> ${fourth.toFixed(0)} MB (${(growth * 100).toFixed(1)} %)`,
      bar: `< ${GROWTH_BAR * 100} %`,
      ok: growth < GROWTH_BAR,
    },
  ];
}
