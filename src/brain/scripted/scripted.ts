/**
 * The brain without a model: each persona plays by the temperament and the phrase banks in its file. It has no memory and no
 * clock: an answer is a pure function of the seed and the observation, and its chance is keyed by seed, round and trader.
 * The show runs on it before a model is there, and it is the lab's baseline.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Persona } from '#core/content.ts';
import { THOUGHT_MAX, type Decision } from '#core/decision.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import type { Observation } from '#core/observation.ts';
import { bentPersona } from '#core/trading/bend.ts';
import { FumbleError, type Answer, type Brain, type Twin } from '#show/ports/brain.ts';
import { createEar, type Ear } from './ear.ts';
import { DEFAULT_SAYS, DEFAULT_TEMPERAMENT, DEFAULT_THINKS } from './default-voice.ts';
import { turnSlots } from './fill.ts';
import { latelyOf } from './lately.ts';
import { speak, think } from './lines.ts';
import type { Voice } from './voice.ts';
import { decide } from './policy.ts';
import { walk } from './walk.ts';

export interface ScriptedOptions {
  cast: readonly Persona[];
  /** With another seed, the same script is performed in another way. */
  seed: number;
}

/** A process may hold hundreds of shows with one cast, and an ear is a thousand patterns. It remembers nothing, so they share it. */
const ears = new WeakMap<readonly Persona[], Ear>();

function earOf(cast: readonly Persona[]): Ear {
  const ear = ears.get(cast) ?? createEar(cast);
  ears.set(cast, ear);
  return ear;
}

/** Label: "scripted". `think` rejects with a FumbleError: `aborted` by the signal, `engine_error` for a trader outside the cast. */
export function createScriptedBrain({ cast, seed }: ScriptedOptions): Brain {
  return {
    label: 'scripted',
    async think({ observation }, signal): Promise<Answer> {
      if (signal.aborted)
        throw new FumbleError('aborted', 'the turn was over before the scripted brain began');
      const { decision } = scriptedTurn(observation, cast, seed);
      return {
        decision,
        // Written out for whoever keeps it: headless play does not.
        get raw() {
          return JSON.stringify(decision);
        },
        tokens: null,
        ms: 0,
      };
    },
    async close() {
      // Holds nothing.
    },
  };
}

/** The same for a comparison. */
export function createScriptedTwin(cast: () => readonly Persona[]): Twin {
  return { decide: (observation, seed) => scriptedTurn(observation, cast(), seed).decision };
}

/** A decision, and the fact of the floor's memory that its line was made from, if any. */
export interface ScriptedTurn {
  decision: Decision;
  fact: SeenFact | null;
}

/** What the scripted brain does with a turn. Throws FumbleError `engine_error` for a stranger. */
export function scriptedTurn(observation: Observation, cast: readonly Persona[], seed: number): ScriptedTurn {
  const voice = scriptedVoice(observation, cast, seed, 'scripted');
  const { temperament, plan, heard, prng, persona } = voice;
  const location = walk(observation, persona, temperament, cast, heard, prng);
  const thought = think(voice).slice(0, THOUGHT_MAX);
  const { speech, fact } = speak(voice);
  // Its keys in the order of DECISION_KEYS.
  return { decision: { thought, trade: plan.trade, size: plan.size, speech, location }, fact };
}

/** A persona's part this turn, its plan made: all that its words come from. `purpose` names the chance that it draws from. */
export function scriptedVoice(
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
  purpose: string,
): Voice & { persona: Persona } {
  const straight = cast.find((each) => each.id === observation.trader);
  if (!straight)
    throw new FumbleError(
      'engine_error',
      `${observation.trader} is not in the cast: no file data/cast/${observation.trader}.json`,
    );
  const persona = bentPersona(straight, observation.bend?.kind);
  const temperament = persona.script?.temperament ?? DEFAULT_TEMPERAMENT;
  const prng = keyedNumbers(seed, purpose, observation.round, observation.trader);
  const heard = earOf(cast)(observation);
  const plan = decide(observation, persona, temperament, heard, prng);
  const lately = latelyOf(observation, cast);
  const slots = turnSlots(observation);
  return { ...banksOf(persona), persona, seed, observation, temperament, plan, heard, lately, slots, prng };
}

function banksOf({ script }: Persona): Pick<Voice, 'says' | 'thinks' | 'toward' | 'recalls'> {
  return script ?? { says: DEFAULT_SAYS, thinks: DEFAULT_THINKS, toward: {}, recalls: {} };
}
