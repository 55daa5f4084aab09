/** What the strings of one turn begin with, and what its line may not tell. */
import type { Persona } from '#core/content.ts';
import type { Turn } from '#show/ports/brain.ts';
import { cueFor } from '../scripted/coach.ts';
import { lookFor } from '../scripted/looks.ts';
import type { LineRules } from './line-guard.ts';
import type { LineSettings } from './settings.ts';
import type { TraderGuards } from './trader-guards.ts';
import { unheardOf } from './unheard-of.ts';

export interface Lender extends Pick<LineSettings, 'look' | 'memory'> {
  cast: readonly Persona[];
  /** The show's. */
  seed: number;
  guards: TraderGuards | null;
}

/** What moved in its mind, and the floor's memory in its mouth, which nobody hears aside; undefined where neither is lent. */
export function turnRules(
  { observation, floor, aside }: Turn,
  { cast, seed, guards, memory, look }: Lender,
): LineRules | undefined {
  const remembers = memory && aside !== true;
  if (!remembers && !look) return undefined;
  const isCopied = (sentence: string): boolean =>
    guards?.copies(observation, { speech: sentence, thought: '' }, floor) === true;
  const isSaidOften = (sentence: string): boolean =>
    isCopied(sentence) || guards?.isWornOut(sentence, floor) === true;
  // By now its own thought is one of those that are not to come again.
  const thought = look ? lookFor(observation, cast, seed, aside === true ? undefined : isCopied) : null;
  const speech = remembers ? cueFor(observation, cast, seed, isSaidOften)?.sentence : undefined;
  return {
    begun: { ...(thought !== null && { thought }), ...(speech !== undefined && { speech }) },
    ...(remembers && {
      isUnheardOf: unheardOf(observation, cast),
      isWornOut: (text) => guards?.isWornOutSoFar(text, floor) === true,
    }),
  };
}
