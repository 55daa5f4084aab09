/** How the last lines of a floor began, whoever was named in them: what a listener hears too often. */
import type { Persona } from '#core/content.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { maskedWords, wordsOf } from '#lib/words.ts';
import { ByFloor } from './by-floor.ts';

/** Nobody begins like so many of the last hundred lines did; two may begin at once. */
const WORN_OUT = 2;
const LINES_KEPT = 100;
/** The first words by which a line is known again. */
export const OPENER_WORDS = 3;

export class Openers {
  readonly #names: ReadonlySet<string>;
  readonly #floors = new ByFloor<readonly string[]>();

  constructor(cast: readonly Persona[], rooms: readonly { name: string }[]) {
    this.#names = new Set([...[...cast, ...rooms].map(({ name }) => name), ...INSTRUMENTS].flatMap(wordsOf));
  }

  /** Whether too many lines began with the first words of the text. */
  isWornOut(text: string, floor: string): boolean {
    const opener = this.#openerOf(text);
    return (this.#floors.get(floor) ?? []).filter((each) => each === opener).length >= WORN_OUT;
  }

  /** Whether the text is an opener and no more as yet, and a worn-out one. */
  isWornOutSoFar(text: string, floor: string): boolean {
    return maskedWords(text, this.#names).length === OPENER_WORDS && this.isWornOut(text, floor);
  }

  remember(line: string, floor: string): void {
    const opener = this.#openerOf(line);
    if (opener === '') return;
    this.#floors.set(floor, [...(this.#floors.get(floor) ?? []), opener].slice(-LINES_KEPT));
  }

  #openerOf(text: string): string {
    return maskedWords(text, this.#names).slice(0, OPENER_WORDS).join(' ');
  }
}
