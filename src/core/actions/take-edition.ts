/** A show that an earlier edition of the rules began goes on by this one: what was recorded keeps the rules it was played by. */
import { assertThat } from '../assert.ts';
import { editionOf, type Edition } from '../edition.ts';
import type { Draft } from './draft.ts';

export interface TakeEdition {
  type: 'takeEdition';
  edition: Edition;
}

export function takeEdition({ state }: Draft<never>, { edition }: TakeEdition): void {
  assertThat(!state.roundOpen, 'the rules change between rounds');
  assertThat(edition > editionOf(state), `this show plays edition ${editionOf(state)} already`);
  state.edition = edition;
}
