/** A trader as an option of a command: picked from a list, or typed by hand. */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { choiceName } from './choice-name.ts';
import type { Wording } from './wording.ts';

/** Where it is typed by hand, a name is as good as an id. What names nobody stays as it was typed. */
export function traderOf(wording: Wording, typed: string): TraderId {
  const wanted = typed.trim().toLowerCase();
  return (
    wording.content.cast.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted)?.id ?? wanted
  );
}

/** Traders whose name or id begins with what is typed so far. */
export function suggestedTraders(cast: readonly Persona[], typed: string): { name: string; value: string }[] {
  const start = typed.trim().toLowerCase();
  return cast
    .filter(({ name, id }) => name.toLowerCase().startsWith(start) || id.startsWith(start))
    .map(({ id, name, title, emoji }) => ({ name: choiceName(`${emoji} ${name}, ${title}`), value: id }));
}
