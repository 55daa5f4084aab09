/** Who leads the season. The board hangs on the floor: everybody knows. */
import type { ShowState } from '../state.ts';
import { richestFirst } from '../trading/standings.ts';
import { BPS } from '../vocabulary.ts';
import type { Memory, Noticed } from './fact.ts';

/** Whoever is ahead by less has not taken the lead: it would change hands every round. Of the season's starting cash. */
const AHEAD_BPS = 300;

/** The new leader, where the lead changed hands. The season's first leader takes it from nobody, which is no news. */
export function noticeLead(memory: Memory, state: ShowState): Noticed[] {
  const ranked = richestFirst(state);
  const [first] = ranked;
  if (!first || first.trader === memory.leader) return [];
  const former = ranked.find(({ trader }) => trader === memory.leader);
  const second = former ?? ranked[1];
  const aheadCents = first.equityCents - (second?.equityCents ?? 0);
  if (aheadCents * BPS < state.rules.startCashCents * AHEAD_BPS) return [];
  memory.leader = first.trader;
  if (!former) return [];
  return [{ kind: 'lead', about: first.trader, by: former.trader, amountCents: aheadCents }];
}
