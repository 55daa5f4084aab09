/** What a trader said of late: neither to be said again, behind other names, nor to be begun in the same way. Pure. */
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';

/** The first words by which a listener knows a line again. */
const OPENER_WORDS = 3;

export interface Lately {
  /** The same line was said, whatever it named. */
  isSaid: (text: string) => boolean;
  /** A line began with the same words. */
  isBegun: (text: string) => boolean;
}

export function latelyOf({ saidLately = [], company, rooms }: Observation, cast: readonly Persona[]): Lately {
  const names = new Set(
    [...cast, ...rooms].flatMap(({ name }) => wordsOf(name)).concat(INSTRUMENTS.flatMap(wordsOf)),
  );
  const whole = (text: string): string => maskedWords(text, names).join(' ');
  const opener = (text: string): string => maskedWords(text, names).slice(0, OPENER_WORDS).join(' ');
  const heard = company.flatMap(({ said }) => said ?? []);
  const lines = new Set([...saidLately, ...heard].map(whole));
  const openers = new Set([...saidLately, ...heard].map(opener));
  return { isSaid: (text) => lines.has(whole(text)), isBegun: (text) => openers.has(opener(text)) };
}
