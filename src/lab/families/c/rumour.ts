/** Family C: how far a rumour travels that the lab starts, and what is left of it a hop on. Rows without one have no figure. */
import type { PlayedTurn } from '../../runs/records.ts';
import { keysIn, rumourOf, type Rumour } from '../../runs/rumour.ts';
import { ratioMeasure, type Measure, type WorldView } from '../measure.ts';

/** After so many rounds it is counted who has heard of a rumour. */
const ROUNDS = [1, 3, 10] as const;
/** From this hop on, all are one. */
const LAST_HOP = 3;

interface Planted {
  rumour: Rumour;
  first: PlayedTurn;
  /** The turns in which traders first tell it, by the length of the shortest chain that brought it to the teller: 1 for the one who was told. */
  tellings: ReadonlyMap<PlayedTurn, number>;
}

const plants = new WeakMap<WorldView, Planted | null>();

function plantedIn(world: WorldView): Planted | null {
  const before = plants.get(world);
  if (before !== undefined) return before;
  const rumour = rumourOf(world.seed);
  const first = world.turns.find(({ company }) =>
    company.some(({ trader, said, saidInRound }) => {
      if (said !== rumour.line) return false;
      // Whoever said it indeed had it from somebody.
      return !world
        .ofTrader(trader)
        .some(({ round, decision }) => round === saidInRound && decision.speech.trim() === said);
    }),
  );
  const planted = first ? { rumour, first, tellings: tellingsOf(world, rumour, first) } : null;
  plants.set(world, planted);
  return planted;
}

function tellingsOf({ turns }: WorldView, rumour: Rumour, first: PlayedTurn): Map<PlayedTurn, number> {
  const hops = new Map([[first.trader, 1]]);
  const tellings = new Map<PlayedTurn, number>();
  const hopOf = ({ trader, company }: PlayedTurn): number => {
    const heardFrom = company
      .filter(({ said }) => keysIn(said ?? '', rumour).size > 0)
      .map((other) => 1 + (hops.get(other.trader) ?? Infinity));
    return Math.min(hops.get(trader) ?? Infinity, ...heardFrom);
  };
  const toldBy = new Set<string>();
  for (const round of Map.groupBy(turns, (turn) => turn.round).values()) {
    if ((round[0]?.round ?? 0) < first.round) continue;
    // Who spoke first in a round is not kept: who answers another of the same round has it from there, so all are looked at as often as there are turns.
    for (const turn of round.flatMap(() => round)) {
      const hop = hopOf(turn);
      if (hop !== Infinity) hops.set(turn.trader, hop);
    }
    for (const turn of round) {
      const hop = hops.get(turn.trader);
      if (hop === undefined || toldBy.has(turn.trader)) continue;
      if (keysIn(turn.decision.speech, rumour).size === 0) continue;
      toldBy.add(turn.trader);
      tellings.set(turn, hop);
    }
  }
  return tellings;
}

/** The most of it that the trader has been shown in one line, up to this turn. */
function heardBy(turn: PlayedTurn, world: WorldView, rumour: Rumour): Set<string> {
  let most = new Set<string>();
  for (const { round, company } of world.ofTrader(turn.trader)) {
    if (round > turn.round) break;
    for (const { said } of company) {
      const keys = keysIn(said ?? '', rumour);
      if (keys.size > most.size) most = keys;
    }
  }
  return most;
}

const reachAfter = (rounds: (typeof ROUNDS)[number]): Measure =>
  ratioMeasure(
    {
      id: `rumour-reach-${rounds}`,
      family: 'C',
      title: `others who have heard of a rumour after ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
      formula: `traders but the first who were shown a line with a word of the rumour within ${rounds} rounds / traders but the first`,
      source:
        'information diffusion among generative agents (Park et al., UIST 2023); the rumour is put in by the lab',
      unit: 'share',
      range: [0, 1],
      better: null,
      chance: 0,
    },
    (turn, world) => {
      const planted = plantedIn(world);
      if (!planted || turn.trader === planted.first.trader) return null;
      const { rumour, first } = planted;
      const last = world.turns.at(-1)?.round ?? 0;
      if (turn.round !== Math.min(first.round + rounds, last)) return null;
      return { hit: Number(heardBy(turn, world, rumour).size > 0) };
    },
  );
export const reach: readonly Measure[] = ROUNDS.map(reachAfter);

const OF_CHAINS = {
  family: 'C',
  source: 'transmission chains (Bartlett 1932; Mesoudi and Whiten 2008)',
  unit: 'share',
  range: [0, 1],
  better: null,
  chance: null,
} as const;

const leftAt = (hop: number): Measure =>
  ratioMeasure(
    {
      ...OF_CHAINS,
      id: `rumour-left-${hop}`,
      title: `what is left of a rumour that is told on, at hop ${hop}${hop === LAST_HOP ? ' and later' : ''}`,
      formula:
        'words of the rumour in the first line that a trader says of it / words of the rumour, in chains that still hold one: read it beside the reach; hop 1: the trader who was told, hop 2: one who has it from that one',
    },
    (turn, world) => {
      const planted = plantedIn(world);
      const at = planted?.tellings.get(turn);
      if (!planted || at === undefined || Math.min(at, LAST_HOP) !== hop) return null;
      const { rumour } = planted;
      return { hit: keysIn(turn.decision.speech, rumour).size / rumour.keys.length };
    },
  );
export const left: readonly Measure[] = Array.from({ length: LAST_HOP }, (_, at) => leftAt(at + 1));

export const fidelity = ratioMeasure(
  {
    ...OF_CHAINS,
    id: 'rumour-fidelity',
    title: 'what is left of a rumour when a trader first passes it on',
    formula:
      'words of the rumour in its first line about it / words of the rumour in the fullest line that it was shown',
  },
  (turn, world) => {
    const planted = plantedIn(world);
    if (!planted?.tellings.has(turn)) return null;
    const { rumour } = planted;
    const heard = heardBy(turn, world, rumour);
    const told = [...keysIn(turn.decision.speech, rumour)];
    return { hit: told.filter((key) => heard.has(key)).length / heard.size };
  },
);

export const RUMOUR: readonly Measure[] = [...reach, ...left, fidelity];
