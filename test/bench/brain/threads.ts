// What choosing threads by measurement is worth: the same rounds with one thread, with all, and with the engine's own choice,
// in turn, on the host as it is and with one core kept busy.
import { availableParallelism } from 'node:os';
import { under } from '../load.ts';
import { median } from '../medians.ts';
import { engineWay } from './engine-way.ts';
import type { Scenes } from './scenes.ts';

const bar = 1.15;
/** Rounds that the choice has to get used to a change. */
const settlingRounds = 10;
/** So many rounds are asked, again and again. */
export const roundsAsked = 10;

export async function threadsPart(modelFile: string, scenes: Scenes, rounds: number): Promise<void> {
  const all = availableParallelism();
  const ways = [
    { name: 'one', way: await engineWay(modelFile, scenes, 1) },
    { name: 'all', way: await engineWay(modelFile, scenes, all) },
    { name: 'auto', way: await engineWay(modelFile, scenes, undefined) },
  ];
  const own = ways[2]?.way;
  console.log(
    `\nfour turns with 1 thread, with ${all}, and as measured: medians of ${rounds} rounds, in turn`,
  );
  let round = 0;
  const phase = async (name: string): Promise<void> => {
    for (let settling = 0; settling < settlingRounds; settling++) await own?.round(++round % roundsAsked);
    const took = new Map(ways.map(({ name: each }) => [each, new Array<number>()]));
    for (let measured = 0; measured < rounds; measured++) {
      round++;
      for (const { name: each, way } of ways)
        took.get(each)?.push((await way.round(round % roundsAsked)).milliseconds);
    }
    const [one = 0, most = 0, auto = 0] = [...took.values()].map(median);
    const ratio = auto / Math.min(one, most);
    console.log(
      `${name.padEnd(14)} one ${one.toFixed(0)} ms, all ${most.toFixed(0)} ms, auto ${auto.toFixed(0)} ms: ` +
        `${ratio.toFixed(2)} of the better (bar ${bar}) ${ratio <= bar ? 'ok' : 'MISSED'}`,
    );
  };
  await phase('as it is');
  await under('busy', () => phase('one core busy'));
  await phase('quiet again');
  for (const { way } of ways) await way.close();
}
