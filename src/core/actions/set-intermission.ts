/** How many rounds an intermission has, from now on: the one that is on, too. */
import { assertThat } from '../assert.ts';
import type { Draft } from './draft.ts';

export interface SetIntermission {
  type: 'setIntermission';
  rounds: number;
}

export function setIntermission({ state }: Draft<never>, { rounds }: SetIntermission): void {
  assertThat(Number.isSafeInteger(rounds) && rounds >= 1, `an intermission has rounds, not ${rounds}`);
  state.rules.intermissionRounds = rounds;
}
