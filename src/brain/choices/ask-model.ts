/** Measures a model's habits by asking it. */
import type { Log } from '#show/ports/clock.ts';
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { prefixOf, turnPrompt, type Asking } from '../asking.ts';
import type { AnswerSchema, PromptText } from '../engine/engine.ts';
import type { AskedMind } from '../minds/minds.ts';
import type { OtherNames } from '../other-names.ts';
import { Choices } from './choices.ts';
import { lookFor } from '../scripted/looks.ts';
import type { Neutral } from './habits.ts';

export interface AskedModel extends Asking {
  /** Names its file, and no other. */
  model: string;
  schema: AnswerSchema;
  /** What some things are called before it. */
  otherNames?: OtherNames | undefined;
  /** The folder that keeps habits between starts. Default: none are kept. */
  cacheDir?: string | undefined;
  /** Whether its thoughts are begun with what moved most. */
  looks: boolean;
  /** Told after each neutral turn: how many were asked, and of how many. */
  measured?: ((done: number, of: number) => void) | undefined;
  /** Told of one whose habits cannot be measured, and who then has none. May throw. */
  unable: (persona: Persona, error: unknown) => void;
  log: Log;
}

/** Habits are a model's, whatever show it plays in. */
const NEUTRAL_SEED = 0;

/** Of all who have a mind. Rejects as `unable` throws. */
export async function choicesOf(
  minds: ReadonlyMap<TraderId, AskedMind>,
  asked: AskedModel,
): Promise<Choices> {
  const { cast, rooms, schema, looks, log } = asked;
  const promptOf = ({ observation }: Neutral): PromptText =>
    turnPrompt({ id: `neutral/${observation.roomName}`, observation }, asked);
  return Choices.of({
    cast: cast.filter(({ id }) => minds.has(id)),
    rooms,
    unable: asked.unable,
    measured: asked.measured,
    look: looks ? (observation) => lookFor(observation, cast, NEUTRAL_SEED) : undefined,
    model: asked.model,
    store: {
      folder: asked.cacheDir ?? null,
      log: (line) => log.debug({ habits: line }, 'what a model tends to choose'),
    },
    told: (neutral) => {
      const persona = cast.find(({ id }) => id === neutral.observation.trader);
      const told = [persona && prefixOf(persona, asked), promptOf(neutral), schema];
      return asked.otherNames ? [...told, asked.otherNames.names] : told;
    },
    ask: async (neutral, choose) =>
      minds.get(neutral.observation.trader)?.answer({
        text: promptOf(neutral),
        schema,
        sampler: { temperature: 0, seed: 0 },
        given: { ...neutral.given },
        choose,
      }),
  });
}
