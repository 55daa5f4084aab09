/** Everything fixed that traders are told, as texts: what their lines must not be copied from. */
import type { TraderId } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import type { ShownTurn } from '../engine/template.ts';
import type { Floor } from './examples.ts';
import { systemText } from './prompt.ts';
import type { WordingName } from './wordings.ts';

/** By trader. */
export function fixedTexts(
  { cast, rooms }: Floor,
  keyOrder: KeyOrder,
  shown: ReadonlyMap<TraderId, readonly ShownTurn[]>,
  wording?: WordingName,
): Map<TraderId, string> {
  const roomNames = rooms.map(({ name }) => name);
  return new Map(
    cast.map((persona) => {
      const { shared, persona: own } = systemText(persona, roomNames, keyOrder, wording);
      const turns = shown.get(persona.id) ?? [];
      return [persona.id, [shared, own, ...turns.flatMap(({ sees, does }) => [sees, does])].join('\n')];
    }),
  );
}
