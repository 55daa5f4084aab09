/** A show that version 0.1 began turns to keyed chance: its generator goes, and every later draw follows from its seed. */
import { assertThat } from '../assert.ts';
import type { Draft } from './draft.ts';

export interface KeyChance {
  type: 'keyChance';
}

export function keyChance({ state }: Draft<never>): void {
  assertThat(state.chance === undefined, 'this show draws by keys already');
  Reflect.deleteProperty(state, 'rng');
  Object.assign(state, { chance: 'keyed' });
}
