/** Which emoji stands for which trader. Emoji come with and without the variation selector. */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';

export const bareEmoji = (emoji: string): string => emoji.replaceAll('\ufe0f', '');

/** Null for a trader whom the cast no longer holds. */
export function emojiOf(outcome: TraderId, cast: readonly Persona[]): string | null {
  return cast.find(({ id }) => id === outcome)?.emoji ?? null;
}

/** Null for an emoji that stands for nobody. */
export function outcomeOf(emoji: string, cast: readonly Persona[]): TraderId | null {
  return cast.find((persona) => bareEmoji(persona.emoji) === bareEmoji(emoji))?.id ?? null;
}
