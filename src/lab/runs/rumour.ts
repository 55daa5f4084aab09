/**
 * A rumour that the lab starts: in one round one trader hears a line that nobody on the floor could make up, as if somebody in the
 * room had said it. Who speaks of it later has it from there. The world and the round say which line, and who hears it.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Observation } from '#core/observation.ts';
import { wordsOf } from '#lib/words.ts';
import type { Planter } from './play.ts';

/** `keys`: words of it that are said of nothing else on the floor. */
export interface Rumour {
  line: string;
  keys: readonly string[];
}

const RUMOURS: readonly Rumour[] = [
  {
    line: 'They say a walrus in a velvet waistcoat bought the harbour with rhubarb!',
    keys: ['walrus', 'velvet', 'waistcoat', 'harbour', 'rhubarb'],
  },
  {
    line: 'I hear an archbishop keeps a gondola full of bagpipes behind the trapeze!',
    keys: ['archbishop', 'gondola', 'bagpipes', 'trapeze'],
  },
  {
    line: 'Somebody saw a kangaroo juggling lobsters on the monorail!',
    keys: ['kangaroo', 'juggling', 'lobsters', 'monorail'],
  },
  {
    line: 'Word is that a hedgehog won the catapult in a game of dominoes!',
    keys: ['hedgehog', 'catapult', 'dominoes'],
  },
];

/** The first rounds settle who stands where. */
const FROM_ROUND = 3;

/** Null until somebody is in company from round 3 on, who then hears it, once a world. */
export function rumourPlanter(): Planter {
  const started = new Set<string>();
  return ({ observation, floor }) => {
    if (started.has(floor) || observation.round < FROM_ROUND || observation.company.length === 0)
      return observation;
    started.add(floor);
    return heard(observation, rumourOf(Number(floor)).line);
  };
}

export function rumourOf(world: number): Rumour {
  return keyedNumbers(world, 'lab-rumour', 0).pick(RUMOURS);
}

function heard(seen: Observation, line: string): Observation {
  return {
    ...seen,
    company: seen.company.map((it, at) =>
      at === 0 ? { ...it, said: line, unanswered: true } : { ...it, unanswered: false },
    ),
  };
}

/** Which of a rumour's words a text has. */
export function keysIn(text: string, { keys }: Rumour): Set<string> {
  const words = new Set(wordsOf(text));
  return new Set(keys.filter((key) => words.has(key)));
}
