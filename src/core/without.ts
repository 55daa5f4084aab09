/** An observation with one thing taken away: what a decision hung on is found by asking again without it. */
import type { Observation } from './observation.ts';

/** What can be taken away: the news, what the others said, what prices did, what the floor remembers. */
export const THINGS = ['news', 'line', 'price', 'memory'] as const;
export type Thing = (typeof THINGS)[number];

/** The observation itself where there is nothing of that kind in it. */
export function without(seen: Observation, thing: Thing): Observation {
  return has(seen, thing) ? TAKEN[thing](seen) : seen;
}

export function has(seen: Observation, thing: Thing): boolean {
  switch (thing) {
    case 'news':
      return seen.headlines.length > 0;
    case 'line':
      return seen.phone !== undefined || seen.company.some(({ said }) => said !== null);
    case 'price':
      return seen.prices.some(({ roundBps, episodeBps }) => roundBps !== 0 || episodeBps !== 0);
    case 'memory':
      return hasMemory(seen) || seen.ownTurns.length > 0;
    default:
      return thing satisfies never;
  }
}

const TAKEN: Record<Thing, (seen: Observation) => Observation> = {
  news: (seen) => ({ ...seen, headlines: [] }),
  line(seen) {
    const company = seen.company.map((other) => ({ ...other, said: null, unanswered: false }));
    const alone: Observation = { ...seen, company };
    delete alone.phone;
    return alone;
  },
  price: (seen) => ({
    ...seen,
    prices: seen.prices.map((price) => ({ ...price, roundBps: 0, episodeBps: 0 })),
  }),
  memory: (seen) => ({ ...withoutMemory(seen), ownTurns: [], ownLines: [] }),
};

/** Whether the floor remembers anything that the trader is told: what happened, a feud or an alliance, how it stands with somebody here. */
export function hasMemory({ facts = [], bonds = [], company }: Observation): boolean {
  return facts.length > 0 || bonds.length > 0 || company.some(({ feeling = 0 }) => feeling !== 0);
}

/** None of that is told. */
export function withoutMemory(seen: Observation): Observation {
  const blank = { ...seen, company: seen.company.map((other) => ({ ...other, feeling: 0 })) };
  delete blank.facts;
  delete blank.bonds;
  return blank;
}
