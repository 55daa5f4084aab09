/** What a show is worth as a story: the table of `npm run story`. */
import type { Persona } from '#core/content.ts';
import { INSTRUMENTS, SIZES, type Size, type TraderId } from '#core/vocabulary.ts';
import { wordsOf } from '#lib/words.ts';
import { falseLines, namedEvents } from './events.ts';
import { distinct2, mostOfAnOpener, repeated } from './repetition.ts';
import { shareOf, type Share } from './share.ts';
import { together, type Together } from './together.ts';
import { PUBLIC_KINDS, type PublicKind, type StoryShow, type StoryTurn } from './transcript.ts';

/** A line with memory tells of something that is older. */
const OLD_ROUNDS = 3;
const SEASON_EPISODES = 12;
/** An order of less than this share of the own money is dust. */
const DUST = 0.002;

export interface StoryReport {
  named: Share;
  namedByKind: Record<PublicKind, Share>;
  falseLines: Share;
  withMemory: Share;
  silent: Share;
  roundsWithoutLine: Share;
  repeated: Share;
  mostOfAnOpener: number;
  distinct2: number;
  dust: Share;
  together: Together;
  /** In 12 episodes. */
  bankruptcies: number;
  traders: Record<TraderId, TraderReport>;
}

export interface TraderReport {
  /** Of the rounds in which it may trade: those in which it dealt. */
  dealt: Share;
  sizes: Record<Size, number>;
  /** Fees of an episode as a share of equity, the mean and the most. */
  fees: { mean: number; most: number };
}

/** @param names what is masked before lines are compared, beside the instruments: names of traders and rooms */
export function storyReport(
  shows: readonly StoryShow[],
  cast: readonly Persona[],
  names: readonly string[],
): StoryReport {
  const masked = new Set([...names, ...INSTRUMENTS].flatMap(wordsOf));
  const turns = shows.flatMap((show) => show.turns);
  const spoken = turns.filter(({ speech }) => speech !== '');
  const named = shows.flatMap((show) => namedEvents(show, cast));
  const rounds = shows.flatMap((show) => [...Map.groupBy(show.turns, ({ round }) => round).values()]);
  const linesOf = (show: StoryShow) => show.turns.filter(({ speech }) => speech !== '');
  const dealt = turns.filter((turn) => turn.smallestOrder !== null);
  const episodes = shows.reduce((sum, show) => sum + show.episodes, 0);
  return {
    named: shareOf(named, (each) => each.named),
    namedByKind: byKind((kind) =>
      shareOf(
        named.filter(({ event }) => event.kind === kind),
        (each) => each.named,
      ),
    ),
    falseLines: {
      hits: shows.reduce((sum, show) => sum + falseLines(show, cast).length, 0),
      of: spoken.length,
    },
    withMemory: shareOf(spoken, ({ told }) => told.some(({ roundsAgo }) => roundsAgo > OLD_ROUNDS)),
    silent: shareOf(turns, ({ speech }) => speech === ''),
    roundsWithoutLine: shareOf(rounds, (round) => round.every(({ speech }) => speech === '')),
    repeated: {
      hits: shows.reduce((sum, show) => sum + repeated(linesOf(show), masked), 0),
      of: spoken.length,
    },
    mostOfAnOpener: Math.max(0, ...shows.map((show) => mostOfAnOpener(linesOf(show), masked))),
    distinct2: distinct2(spoken),
    dust: shareOf(dealt, ({ smallestOrder }) => (smallestOrder ?? 1) < DUST),
    together: together(
      turns,
      cast.map(({ id }) => id),
    ),
    bankruptcies:
      (named.filter(({ event }) => event.kind === 'bankruptcy').length * SEASON_EPISODES) /
      Math.max(1, episodes),
    traders: Object.fromEntries(
      cast.map(({ id }) => [
        id,
        traderReport(shows.map((show) => show.turns.filter(({ trader }) => trader === id))),
      ]),
    ),
  };
}

function byKind(share: (kind: PublicKind) => Share): Record<PublicKind, Share> {
  const [marginCall, bankruptcy, comeback, chaos, lead] = PUBLIC_KINDS.map(share);
  const none = { hits: 0, of: 0 };
  return {
    marginCall: marginCall ?? none,
    bankruptcy: bankruptcy ?? none,
    comeback: comeback ?? none,
    chaos: chaos ?? none,
    lead: lead ?? none,
  };
}

function traderReport(shows: readonly (readonly StoryTurn[])[]): TraderReport {
  const turns = shows.flat();
  const dealt = turns.filter((turn) => turn.dealt);
  const fees = shows.flatMap((show) =>
    [...Map.groupBy(show, ({ episode }) => episode).values()].map((episode) =>
      episode.reduce((sum, turn) => sum + turn.fees, 0),
    ),
  );
  const [Small, Half, AllIn] = SIZES.map((size) => dealt.filter((turn) => turn.size === size).length);
  return {
    dealt: shareOf(
      turns.filter(({ mayTrade }) => mayTrade),
      (turn) => turn.dealt,
    ),
    sizes: { Small: Small ?? 0, Half: Half ?? 0, AllIn: AllIn ?? 0 },
    fees: {
      mean: fees.reduce((sum, fee) => sum + fee, 0) / Math.max(1, fees.length),
      most: Math.max(0, ...fees),
    },
  };
}
