/** Family C: how far a rumour travels that the lab starts, and what is left of it a hop on. Rows without one have no figure. */
import type { PlayedTurn } from '../../runs/records.ts';
import { keysIn, rumourOf, type Rumour } from '../../runs/rumour.ts';
import { ratioMeasure, type Measure, type WorldView } from '../measure.ts';

/** A rumour is followed for so many rounds. */
const ROUNDS = 10;

interface Planted {
  rumour: Rumour;
  first: PlayedTurn;
}

const plants = new WeakMap<WorldView, Planted | null>();

function plantedIn(world: WorldView): Planted | null {
  const before = plants.get(world);
  if (before !== undefined) return before;
  const rumour = rumourOf(world.seed);
  const first = world.turns.find(({ company }) => company.some(({ said }) => said === rumour.line));
  const planted = first ? { rumour, first } : null;
  plants.set(world, planted);
  return planted;
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

export const reach = ratioMeasure(
  {
    id: 'rumour-reach',
    family: 'C',
    title: 'others who have heard of a rumour ten rounds after one trader was told it',
    formula: `traders but the first who were shown a line with a word of the rumour within ${ROUNDS} rounds / traders but the first`,
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
    if (turn.round !== Math.min(first.round + ROUNDS, last)) return null;
    return { hit: Number(heardBy(turn, world, rumour).size > 0) };
  },
);

export const fidelity = ratioMeasure(
  {
    id: 'rumour-fidelity',
    family: 'C',
    title: 'what is left of a rumour when a trader first passes it on',
    formula:
      'words of the rumour in its first line about it / words of the rumour in the fullest line that it was shown',
    source: 'transmission chains (Bartlett 1932; Mesoudi and Whiten 2008)',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: null,
  },
  (turn, world) => {
    const planted = plantedIn(world);
    if (!planted || turn.round < planted.first.round) return null;
    const { rumour } = planted;
    const told = keysIn(turn.decision.speech, rumour);
    const heard = heardBy(turn, world, rumour);
    if (told.size === 0 || heard.size === 0) return null;
    const again = world
      .ofTrader(turn.trader)
      .some(({ round, decision }) => round < turn.round && keysIn(decision.speech, rumour).size > 0);
    if (again) return null;
    return { hit: [...told].filter((key) => heard.has(key)).length / heard.size };
  },
);

export const RUMOUR: readonly Measure[] = [reach, fidelity];
