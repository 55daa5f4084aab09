/** A producer calls the opening bell: it rings with the next round, however much of the intermission is left. */
import { assertThat } from '../assert.ts';
import type { Draft } from './draft.ts';

export interface CallBell {
  type: 'callBell';
}

export function callBell({ state }: Draft<never>): void {
  assertThat(state.phase !== 'episode', 'the market is open already');
  state.phaseRound = Math.max(state.phaseRound, state.rules.intermissionRounds);
}
