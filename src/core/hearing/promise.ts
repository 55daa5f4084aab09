/** A line that says what its trader thinks of an instrument, so that its next deal shows whether it meant it. */
import type { Persona } from '../content.ts';
import type { Instrument, Trade } from '../vocabulary.ts';
import { instrumentIn, meaningOf } from './hear.ts';

export interface Stand {
  instrument: Instrument;
  /** 1: for it, -1: against it. */
  stance: 1 | -1;
}

/** Null for a line that promises nothing. */
export function promiseIn(text: string, cast: readonly Persona[]): Stand | null {
  const instrument = instrumentIn(text);
  const { stance } = meaningOf(text, cast);
  return instrument === null || stance === 0 ? null : { instrument, stance };
}

/** Whether a trade is what the line said: into what it praised, or not into what it warned of. */
export function isKept({ instrument, stance }: Stand, trade: Trade): boolean {
  return (trade === instrument) === stance > 0;
}
