/** What a line means, whoever wrote it: a line of the cast's banks is recognised, any other is judged by its words. */
import type { Persona } from '../content.ts';
import { INSTRUMENTS, type Instrument } from '../vocabulary.ts';
import { knownLines, remembering, type Recognise, type Recognised } from './known-lines.ts';
import type { Meaning } from './meaning.ts';
import { byWords } from './words.ts';

/** A cast's lines are a thousand patterns, and the shows of a process share one cast. */
const known = new WeakMap<readonly Persona[], Recognise>();

export function meaningOf(text: string, cast: readonly Persona[]): Meaning {
  return castsLine(text, cast)?.meaning ?? byWords(text, instrumentIn(text));
}

/** What a line of the cast's own banks means, and how surely; null for any other text. */
export function castsLine(text: string, cast: readonly Persona[]): Recognised | null {
  const recognise = known.get(cast) ?? remembering(knownLines(cast));
  known.set(cast, recognise);
  return recognise(text);
}

/** The first of the instruments, in the show's order, that the text names. */
export function instrumentIn(text: string): Instrument | null {
  return INSTRUMENTS.find((candidate) => hasWord(text, candidate)) ?? null;
}

const wordPatterns = new Map<string, RegExp>();

/** Whether the text has the word as a word of its own, whatever the case. The words are names and instruments: a cast has few. */
export function hasWord(text: string, word: string): boolean {
  const pattern = wordPatterns.get(word) ?? new RegExp(`\\b${word}\\b`, 'i');
  wordPatterns.set(word, pattern);
  return pattern.test(text);
}
