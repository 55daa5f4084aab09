/** The languages of a guild's show: one for all to see, and each member's own in private answers. */
import type { Content } from '#core/content.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import { wordingFor, wordingThatFollows, type Wording } from './presentation/wording.ts';
import { isLanguage, textsFor, type Language } from './texts/index.ts';

const LANGUAGE_KEY = 'language';

export class GuildLanguage {
  /** The words of the public language, also after it has changed. */
  readonly wording: Wording;
  readonly #keyValues: KeyValues;
  readonly #content: () => Content;
  readonly #wordings = new Map<Language, Wording>();
  #language: Language;

  /** The show speaks `otherwise` until a language is chosen. */
  constructor(content: () => Content, keyValues: KeyValues, otherwise: Language) {
    this.#keyValues = keyValues;
    this.#content = content;
    const noted = keyValues.get(LANGUAGE_KEY);
    this.#language = noted !== null && isLanguage(noted) ? noted : otherwise;
    this.wording = wordingThatFollows(() => this.in(this.#language));
  }

  get(): Language {
    return this.#language;
  }

  choose(language: Language): void {
    this.#keyValues.set(LANGUAGE_KEY, language);
    this.#language = language;
  }

  in(language: Language): Wording {
    const content = this.#content();
    const known = this.#wordings.get(language);
    // A season may bring another cast.
    if (known?.content === content) return known;
    const wording = wordingFor(content, textsFor(language));
    this.#wordings.set(language, wording);
    return wording;
  }
}
