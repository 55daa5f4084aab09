/** A brain as a player: its observation goes through an arm, its decision comes back through it. */
import { hashText } from '#core/chance/hash-text.ts';
import { decisionSchema } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { FumbleError, type Brain, type Twin } from '#show/ports/brain.ts';
import type { ObservationArm } from '../arms/observation-arms.ts';
import { atOnce, type Ask, type Player, type Reply } from './player.ts';

/** @param worldsAtOnce worlds whose turns the brain can think of together */
export function brainPlayer(brain: Brain, arm: ObservationArm, worldsAtOnce = 1): Player {
  const byNames = new Map<string, ReturnType<typeof decisionSchema>>();
  // An office's rooms are the same array in every observation, but for arms that show them in another way.
  const byRooms = new WeakMap<Observation['rooms'], ReturnType<typeof decisionSchema>>();
  const schemaOf = (rooms: Observation['rooms']): ReturnType<typeof decisionSchema> => {
    const known = byRooms.get(rooms);
    if (known) return known;
    const names = rooms.map(({ name }) => name);
    const key = names.join('\n');
    const schema = byNames.get(key) ?? decisionSchema(names);
    byNames.set(key, schema);
    byRooms.set(rooms, schema);
    return schema;
  };
  return {
    label: brain.label,
    worldsAtOnce,
    async answer(ask: Ask, signal): Promise<Reply> {
      const observation = arm.sees(ask);
      try {
        const { id, floor, aside, luck = '' } = ask;
        const { decision, tokens, ms } = await brain.think(
          // Luck hangs on the turn's name: each world has its own.
          { id: `${floor}/${id}${luck}`, floor, aside, observation },
          signal,
        );
        const parsed = schemaOf(observation.rooms).safeParse(decision);
        if (!parsed.success) return fumbled('invalid');
        return { decision: arm.does(parsed.data, ask), fumble: null, tokens, ms };
      } catch (error) {
        if (error instanceof FumbleError) return fumbled(error.code);
        throw error;
      }
    },
  };
}

/** A brain that decides at once and never fumbles: a world is played without a promise. `seed` of its luck, of which each world has its own. */
export function twinPlayer(twin: Twin, arm: ObservationArm, seed: number): Player {
  return {
    label: 'scripted',
    worldsAtOnce: 1,
    answer(ask) {
      const luck = hashText(`${seed}/${ask.floor}${ask.luck ?? ''}`);
      return atOnce(arm.does(twin.decide(arm.sees(ask), luck), ask));
    },
  };
}

function fumbled(fumble: FumbleError['code']): Reply {
  return { decision: null, fumble, tokens: null, ms: 0 };
}
