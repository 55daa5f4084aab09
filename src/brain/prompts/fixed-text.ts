/** Everything fixed that traders are told, as texts: what their lines must not be copied from. */
import type { TraderId } from '#core/vocabulary.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import { workedTurns, type Floor } from './examples.ts';
import { systemText } from './prompt.ts';

/** By trader. */
export function fixedTexts(
  floor: Floor,
  keyOrder: KeyOrder,
  { examples }: { examples: boolean },
): Map<TraderId, string> {
  const roomNames = floor.rooms.map(({ name }) => name);
  return new Map(
    floor.cast.map((persona) => {
      const { shared, persona: own } = systemText(persona, roomNames, keyOrder);
      const turns = examples ? workedTurns(persona, floor, keyOrder) : [];
      return [persona.id, [shared, own, ...turns.flatMap(({ sees, does }) => [sees, does])].join('\n')];
    }),
  );
}
