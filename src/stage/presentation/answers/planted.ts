/** What a producer did from the panel, and what became of a stake of their own. */
import type { Planted } from '#show/control-room.ts';
import type { PanelRefusal, Result } from '#show/results.ts';
import type { MessageBody } from '../message.ts';
import type { Wording } from '../wording.ts';
import { withOwnStakes } from './own-stakes.ts';

export function planted(
  result: Result<Planted, PanelRefusal>,
  say: (text: string) => string,
  wording: Wording,
): MessageBody {
  if (!result.ok) return { content: wording.texts.panel.refusals[result.code](result.facts) };
  return withOwnStakes({ content: say(result.value.text) }, result.value.ownStakes, wording);
}
