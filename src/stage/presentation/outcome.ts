/** What can be bet on, as members read it: a trader, or by how much the floor beats its twin. */
import { FAR_BPS, isMargin } from '#core/betting/margin.ts';
import type { Wording } from './wording.ts';

export function outcomeNamed(outcome: string, wording: Wording): { emoji: string; name: string } {
  const { texts, format } = wording;
  if (!isMargin(outcome))
    return { emoji: wording.persona(outcome)?.emoji ?? '', name: wording.name(outcome) };
  return { emoji: EMOJIS[outcome], name: texts.twin.margins[outcome](format.share(FAR_BPS)) };
}

const EMOJIS = { 'twin:far': '🤖', 'twin:near': '🦾', 'floor:near': '🧠', 'floor:far': '🏆' } as const;
