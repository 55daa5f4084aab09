/** A bankrupt trader comes back with a loan, as the members voted. */
import { assertThat } from '../assert.ts';
import { lend, type ComebackEvent } from '../trading/comeback.ts';
import type { TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface BailOut {
  type: 'bailOut';
  trader: TraderId;
}

export function bailOut(draft: Draft<ComebackEvent>, { trader: id }: BailOut): void {
  const { state } = draft;
  const trader = state.traders[id];
  assertThat(trader?.standing === 'intern', `${id} is no intern`);
  assertThat(state.phase === 'intermission', 'bailouts are given in an intermission');
  lend(draft, trader);
}
