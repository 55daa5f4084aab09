/**
 * The languages that the stage speaks, by Discord's locale without its region. A new one is a folder of the same
 * shape and its two lines here; if it lacks a text, or another language its name, it does not compile. Pictures and what
 * stands in data/ know English and German.
 */
import { de } from './de/index.ts';
import { en, type Texts } from './en/index.ts';

export type { Texts };

const languages = { en, de } satisfies Record<string, Texts>;
export type Language = keyof typeof languages;

export const LANGUAGES = ['en', 'de'] as const satisfies readonly Language[];
export const DEFAULT_LANGUAGE: Language = 'en';

export function textsFor(language: Language): Texts {
  return languages[language];
}

export function isLanguage(text: string): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language for one of Discord's locales ("de", "en-GB"); the default for those that the stage does not speak. */
export function languageOf(locale: string): Language {
  const [language = ''] = locale.split('-');
  return isLanguage(language) ? language : DEFAULT_LANGUAGE;
}
