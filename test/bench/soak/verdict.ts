/** What is wrong with a soak: turns that failed, and what grew with time. Times are not judged: the machine may be busy. */
import { median } from '../medians.ts';

/** What a player says of a round. */
export interface Round {
  /** Which player it was, from 1: after a kill the next one plays. */
  player: number;
  turns: number;
  fumbles: number;
  broken: number;
  passes: number;
  rssBytes: number;
}

/** Rounds of a stretch, which the next one asks again with other seeds. */
export const STRETCH_ROUNDS = 25;
/** What grows by no more is flat. Both were measured to stay within a twentieth; a heap is given more room. */
const FLAT_MEMORY_SHARE = 0.2;
const FLAT_PASSES_SHARE = 0.1;
/** A player's first rounds fill its caches. */
const WARM_UP_ROUNDS = 10;
/** Its memory goes up and down from round to round: the median of so many counts. */
const SPAN_ROUNDS = 5;
const MEGABYTE = 1024 * 1024;

/** A line for each fault; none where all is well. */
export function faultsOf(played: readonly Round[]): string[] {
  const turns = sum(played, 'turns');
  return [
    ...(turns === 0 ? ['nothing was played'] : []),
    ...counted(sum(played, 'fumbles'), `of ${turns} turns were fumbled`),
    ...counted(sum(played, 'broken'), `of ${turns} answers were no decision`),
    ...grown('memory', memoryOf(played), FLAT_MEMORY_SHARE, (bytes) => `${Math.round(bytes / MEGABYTE)} MB`),
    ...grown('passes a turn', passesOf(played), FLAT_PASSES_SHARE, (passes) => passes.toFixed(2)),
  ];
}

/** What this soak was too short to judge. */
export function notJudged(played: readonly Round[]): string[] {
  return [
    ...(memoryOf(played) ? [] : [`whether memory grows: no player lived for ${LEAST_ROUNDS} rounds`]),
    ...(passesOf(played)
      ? []
      : [`whether passes a turn grow: that takes ${2 * STRETCH_ROUNDS} rounds, of the same turns twice`]),
  ];
}

const LEAST_ROUNDS = WARM_UP_ROUNDS + 2 * SPAN_ROUNDS;

/** `first` is after the warm-up. */
interface Growth {
  first: number;
  last: number;
}

/** Of the first player, and of the one that ended highest: all do the same, and what leaks is gone with a kill. */
function memoryOf(played: readonly Round[]): Growth | null {
  const settled = [...Map.groupBy(played, ({ player }) => player).values()]
    .filter(({ length }) => length >= LEAST_ROUNDS)
    .map((rounds) => rounds.slice(WARM_UP_ROUNDS).map(({ rssBytes }) => rssBytes));
  const [first] = settled;
  if (!first) return null;
  return {
    first: median(first.slice(0, SPAN_ROUNDS)),
    last: Math.max(...settled.map((bytes) => median(bytes.slice(-SPAN_ROUNDS)))),
  };
}

/** Of the first whole stretch and of the last: they ask the same turns. */
function passesOf(played: readonly Round[]): Growth | null {
  const stretches = Math.floor(played.length / STRETCH_ROUNDS);
  if (stretches < 2) return null;
  const [first = 0, last = 0] = [0, stretches - 1].map((at) => {
    const stretch = played.slice(at * STRETCH_ROUNDS, (at + 1) * STRETCH_ROUNDS);
    return sum(stretch, 'passes') / sum(stretch, 'turns');
  });
  return { first, last };
}

function grown(
  what: string,
  growth: Growth | null,
  flatShare: number,
  shown: (value: number) => string,
): string[] {
  if (!growth || growth.last <= growth.first * (1 + flatShare)) return [];
  const { first, last } = growth;
  return [`${what} grew from ${shown(first)} to ${shown(last)}: more than ${flatShare * 100} %`];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

export function sum<K extends string>(rounds: readonly Record<K, number>[], key: K): number {
  return rounds.reduce((total, round) => total + round[key], 0);
}
