/** A brain as a player: its observation goes through an arm, its decision comes back through it. */
import { decisionSchema } from '#core/decision.ts';
import { FumbleError, type Brain } from '#show/ports/brain.ts';
import type { ObservationArm } from '../arms/observation-arms.ts';
import type { Ask, Player, Reply } from './player.ts';

/** @param worldsAtOnce worlds whose turns the brain can think of together */
export function brainPlayer(brain: Brain, arm: ObservationArm, worldsAtOnce = 1): Player {
  const schemas = new Map<string, ReturnType<typeof decisionSchema>>();
  const schemaOf = (names: readonly string[]): ReturnType<typeof decisionSchema> => {
    const key = names.join('\n');
    const schema = schemas.get(key) ?? decisionSchema(names);
    schemas.set(key, schema);
    return schema;
  };
  return {
    label: brain.label,
    worldsAtOnce,
    async answer(ask: Ask, signal): Promise<Reply> {
      const observation = arm.sees(ask);
      try {
        const { id, floor, aside } = ask;
        const { decision, tokens, ms } = await brain.think(
          // Luck hangs on the turn's name: each world has its own.
          { id: `${floor}/${id}`, floor, aside, observation },
          signal,
        );
        const parsed = schemaOf(observation.rooms.map(({ name }) => name)).safeParse(decision);
        if (!parsed.success) return fumbled('invalid');
        return { decision: arm.does(parsed.data, ask), fumble: null, tokens, ms };
      } catch (error) {
        if (error instanceof FumbleError) return fumbled(error.code);
        throw error;
      }
    },
  };
}

function fumbled(fumble: FumbleError['code']): Reply {
  return { decision: null, fumble, tokens: null, ms: 0 };
}
