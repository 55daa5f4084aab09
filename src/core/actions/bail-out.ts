/** A bankrupt trader comes back with a loan. */
import { assertThat } from '../assert.ts';
import { charge, type DeskEvent } from '../trading/desk.ts';
import type { TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface BailOut {
  type: 'bailOut';
  trader: TraderId;
}

export type BailOutEvent = DeskEvent | { type: 'bailedOut'; trader: TraderId; loanCents: number };

export function bailOut(draft: Draft<BailOutEvent>, { trader: id }: BailOut): void {
  const { state, tell } = draft;
  const trader = state.traders[id];
  assertThat(trader?.standing === 'intern', `${id} is no intern`);
  assertThat(state.phase === 'intermission', 'bailouts are given in an intermission');
  trader.standing = 'trading';
  trader.bailouts += 1;
  charge(draft, trader, 'bailout', state.rules.bailoutCents);
  tell({ type: 'bailedOut', trader: id, loanCents: state.rules.bailoutCents });
}
