/** The languages that the stage speaks. A new one is a file of the same shape and its line here. */
import { en, type Texts } from './en.ts';

export type { Texts };

const languages = { en } satisfies Record<string, Texts>;
export type Language = keyof typeof languages;

export const DEFAULT_LANGUAGE: Language = 'en';

export function textsFor(language: Language): Texts {
  return languages[language];
}
