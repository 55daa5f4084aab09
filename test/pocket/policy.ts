/**
 * What the pocket model is to learn, as a function of what its prompt shows: the scripted brain's policy without whims, on
 * the amounts that the prompt's bands stand for, and its walk, decided by the turn's mood instead of by chance.
 */
import {
  bandOf,
  DAY_BANDS,
  GAIN_BANDS,
  ROUND_BANDS,
  TOLD_FEELING,
  type Mood,
} from '#brain/prompts/compact.ts';
import type { Ear, Heard } from '#brain/scripted/ear.ts';
import { DEFAULT_TEMPERAMENT } from '#brain/scripted/default-voice.ts';
import { decide, type Plan } from '#brain/scripted/policy.ts';
import { walk } from '#brain/scripted/walk.ts';
import type { Persona } from '#core/content.ts';
import { whoIsHeard } from '#core/hearing/to-answer.ts';
import type { Observation } from '#core/observation.ts';
import { Prng } from '#core/chance/prng.ts';

/** What a reader of the compact prompt can know of the observation. */
export function compactView(given: Observation): Observation {
  const { scene: _, ...observation } = given;
  const answered = whoIsHeard(observation.name, observation.company);
  const open = observation.phase === 'episode';
  return {
    ...observation,
    headlines: observation.headlines.map(({ names, tone, text }) => ({
      text,
      source: 'wire',
      round: 0,
      names,
      tone,
    })),
    prices: observation.prices.map((price) => ({
      ...price,
      roundBps: open ? bandOf(ROUND_BANDS, price.roundBps).standsForBps : 0,
      episodeBps: open ? bandOf(DAY_BANDS, price.episodeBps).standsForBps : 0,
    })),
    episodeGainBps: bandOf(GAIN_BANDS, observation.episodeGainBps).standsForBps,
    company: observation.company.map((other) => ({
      ...other,
      ...(other !== answered && { said: null, unanswered: false }),
      feeling: bandedFeeling(other.feeling ?? 0),
    })),
    bonds: [],
  };
}

/** As the prompt tells it: a grudge, a liking, or neither. */
function bandedFeeling(feeling: number): number {
  return Math.abs(feeling) >= TOLD_FEELING ? Math.sign(feeling) * TOLD_FEELING : 0;
}

/** No whims, and never a bluff. */
export class CalmPrng extends Prng {
  constructor() {
    super(Prng.seed(0));
  }
  override uniform(): number {
    return 0.5;
  }
  override chance(): boolean {
    return false;
  }
}

class MoodPrng extends CalmPrng {
  readonly #mood: Mood;
  constructor(mood: Mood) {
    super();
    this.#mood = mood;
  }
  override uniform(): number {
    return this.#mood.pull;
  }
  override chance(bps = 0): boolean {
    return bps > this.#mood.thresholdBps;
  }
}

export interface Intent {
  view: Observation;
  heard: readonly Heard[];
  plan: Plan;
  /** Display name of the room. */
  location: string;
}

export function intentOf(
  observation: Observation,
  persona: Persona,
  cast: readonly Persona[],
  ear: Ear,
  mood: Mood,
): Intent {
  const temperament = persona.script?.temperament ?? DEFAULT_TEMPERAMENT;
  const view = compactView(observation);
  const heard = ear(view);
  return {
    view,
    heard,
    plan: decide(view, persona, temperament, heard, new CalmPrng()),
    location: mood.leaves
      ? walk({ ...view, company: [], justLeft: [] }, persona, temperament, cast, [], new MoodPrng(mood))
      : walk(view, persona, temperament, cast, heard, new MoodPrng(mood)),
  };
}
