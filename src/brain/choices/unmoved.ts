/**
 * What a general model's trader would choose if the model found nothing likelier in one turn than in another: the leaning alone, by
 * the same luck. The lab plays it, since all that a model's choices score by that is the engine's.
 */
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { SIZES, TRADES } from '#core/vocabulary.ts';
import { calibrated } from './chooser.ts';
import { leaningOf } from './leaning.ts';

/** Silent. @param chance as `Choices` makes it of a show's seed and a turn's id */
export function unmovedChoice(persona: Persona, observation: Observation, chance: string): Decision {
  const choose = calibrated({}, leaningOf(persona, observation), chance);
  const chosen = <T extends string>(field: string, values: readonly T[], otherwise: T): T =>
    values[
      choose(
        field,
        values.map((value) => ({ values: [value], logProbability: 0 })),
      )
    ] ?? otherwise;
  const { rooms, roomName } = observation;
  return {
    thought: '',
    trade: chosen('trade', TRADES, 'Hold'),
    size: chosen('size', SIZES, 'Small'),
    speech: '',
    location: chosen(
      'location',
      rooms.map(({ name }) => name),
      roomName,
    ),
  };
}
