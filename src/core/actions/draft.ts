/** What an action's rule works on. `E` are the events that it may tell. */
import type { Chance } from '../chance/chance.ts';
import type { Content } from '../content.ts';
import type { ShowState } from '../state.ts';

export interface Draft<E> {
  /** A private copy of the state, for the rule to change. */
  readonly state: ShowState;
  readonly content: Content;
  readonly chance: Chance;
  readonly tell: (event: E) => void;
}
