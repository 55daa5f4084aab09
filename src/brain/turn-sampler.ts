/** How one turn is sampled: as the catalog's row says, and as the turn needs it. */
import { hashText } from '#core/chance/hash-text.ts';
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import type { Turn } from '#show/ports/brain.ts';
import type { Asking } from './asking.ts';
import type { Sampler } from './catalog.ts';
import type { SamplerSettings } from './engine/engine.ts';
import type { CompactEdition } from './prompts/compact.ts';

/** Without the penalty, small models repeat themselves. */
const REPEAT_LAST_TOKENS = 64;
/** For a file that the catalog does not know. */
export const DEFAULT_SAMPLER: Sampler = {
  temperature: 0.8,
  topP: 0.95,
  topK: 40,
  minP: 0.05,
  repeatPenalty: 1.15,
};

/** The seed depends on the show and the turn alone, so that a turn can be sampled again. */
export function samplerFor(
  {
    sampler = DEFAULT_SAMPLER,
    promptStyle,
    trainedOn,
    seed,
    cast,
  }: Asking & { sampler?: Sampler | undefined },
  { id, observation }: Turn,
): SamplerSettings {
  const { temperature, choiceTemperature, topK, topP, minP, repeatPenalty } = sampler;
  return {
    temperature,
    seed: hashText(`${seed}/${id}`) >>> 0,
    ...(choiceTemperature !== undefined && { choiceTemperature }),
    ...(topK !== null && { topK }),
    ...(topP !== null && { topP }),
    ...(minP !== null && { minP }),
    repetition: {
      penalty: repeatPenalty ?? DEFAULT_SAMPLER.repeatPenalty ?? 1,
      lastTokens: REPEAT_LAST_TOKENS,
      lines: observation.ownLines,
    },
    ...(promptStyle === 'compact' && { banned: namesOfAbsent(observation, cast, trainedOn) }),
  };
}

/** A model as small as this now and then greets somebody who is in another room. */
function namesOfAbsent(
  { name, company, justLeft, facts = [] }: Observation,
  cast: readonly Persona[],
  trainedOn: CompactEdition | undefined,
): string[] {
  const remembered = trainedOn === 2 ? facts.flatMap(({ about, by }) => [about?.name, by?.name]) : [];
  const known = new Set([name, ...justLeft, ...company.map((other) => other.name), ...remembered]);
  return cast.flatMap((persona) => (known.has(persona.name) ? [] : [persona.name]));
}
