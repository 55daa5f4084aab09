/** Which emoji stands for which trader. Discord sends an emoji with or without its variation selector. */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';

export const bareEmoji = (emoji: string): string => emoji.replaceAll('\ufe0f', '');

/** Null for a trader who is no longer in the cast. */
export function emojiOf(outcome: TraderId, cast: readonly Persona[]): string | null {
  return cast.find(({ id }) => id === outcome)?.emoji ?? null;
}

/** Null for an emoji that stands for nobody. */
export function outcomeOf(emoji: string, cast: readonly Persona[]): TraderId | null {
  return cast.find((persona) => bareEmoji(persona.emoji) === bareEmoji(emoji))?.id ?? null;
}
