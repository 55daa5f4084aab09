/** The languages of a guild's show: one for all to see, and each member's own in private answers. */
import type { Content } from '#core/content.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import { wordingFor, wordingThatFollows, type Wording } from './presentation/wording.ts';
import { isLanguage, LANGUAGES, textsFor, type Language } from './texts/index.ts';

const LANGUAGE_KEY = 'language';

export class GuildLanguage {
  /** The words of the public language, also after it has changed. */
  readonly wording: Wording;
  readonly #keyValues: KeyValues;
  readonly #wordings: ReadonlyMap<Language, Wording>;
  #language: Language;

  /** The show speaks `otherwise` until a language is chosen. */
  constructor(content: Content, keyValues: KeyValues, otherwise: Language) {
    this.#keyValues = keyValues;
    this.#wordings = new Map(LANGUAGES.map((each) => [each, wordingFor(content, textsFor(each))]));
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
    const wording = this.#wordings.get(language);
    if (!wording) throw new Error(`the stage does not speak ${language}`);
    return wording;
  }
}
