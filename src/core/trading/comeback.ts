/**
 * How a bankrupt trader comes back: with a loan, voted for in the intermission, or lent by the VC office without a vote after one
 * whole episode as the intern. Nobody is out for a season.
 */
import type { Draft } from '../actions/draft.ts';
import type { ShowState } from '../state.ts';
import { charge, type DeskEvent } from './desk.ts';
import type { Trader } from './trader.ts';

export type ComebackEvent = DeskEvent | { type: 'bailedOut'; trader: string; loanCents: number };

/** An episode is played by at least so many. */
const LEAST_TRADING = 2;

/** The loan marks the trader for the season, and its mandate bends as after a fall. */
export function lend(draft: Draft<ComebackEvent>, trader: Trader): void {
  const { state, tell } = draft;
  trader.standing = 'trading';
  trader.bailouts += 1;
  if (trader.fellInEpisode !== undefined) {
    delete trader.fellInEpisode;
    trader.bend = 'fall';
  }
  charge(draft, trader, 'bailout', state.rules.bailoutCents);
  tell({ type: 'bailedOut', trader: trader.id, loanCents: state.rules.bailoutCents });
}

/** As an intermission begins. With hardly anybody left to trade, nobody is kept waiting. */
export function lendToInterns(draft: Draft<ComebackEvent>): void {
  const { state } = draft;
  const all = Object.values(state.traders);
  const tooFew = all.filter(({ standing }) => standing === 'trading').length < LEAST_TRADING;
  for (const trader of all) {
    if (trader.standing === 'intern' && (tooFew || hasServed(state, trader))) lend(draft, trader);
  }
}

/** One whole episode as the intern. Who fell under the first edition of the rules has waited long enough. */
function hasServed({ episode }: ShowState, { fellInEpisode }: Trader): boolean {
  return fellInEpisode === undefined || episode > fellInEpisode;
}
