/**
 * The edition of the rules that a show plays by. A recording replays by the editions that it was played by, so a rule that
 * becomes another one asks for the edition; what is the same in all of them does not.
 */

export type Edition = 1 | 2;

/** Of a new show, and of one that is opened again. 1: versions 0.1; 2: the floor remembers, the house backs everybody. */
export const EDITION: Edition = 2;

export function editionOf(state: { edition?: Edition | undefined }): Edition {
  return state.edition ?? 1;
}
