/** The languages that Discord's own windows speak. */
import { Locale } from 'discord-api-types/v10';

export const LOCALES: readonly string[] = Object.values(Locale);

/** Discord's locale for a browser's language: `de` for `de-DE`, `pt-BR` for `pt`; undefined for one that Discord does not speak. */
export function localeOf(tag: string): string | undefined {
  const [language] = tag.split('-');
  return (
    LOCALES.find((each) => each === tag) ??
    LOCALES.find((each) => each === language) ??
    LOCALES.find((each) => each.split('-')[0] === language)
  );
}
