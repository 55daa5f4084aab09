/**
 * What the script lends to a model: to one that was trained before the floor remembered anything a line about a fact, and its deals;
 * to one that finds its own words the first sentence. Pure: the same seed and observation lend the same.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import type { Observation } from '#core/observation.ts';
import type { Trade } from '#core/vocabulary.ts';
import { CUES } from './cues.ts';
import { deal, fill } from './fill.ts';
import { latelyOf } from './lately.ts';
import { scriptedTurn, scriptedVoice } from './scripted.ts';
import { recallLine, think } from './lines.ts';
import { isFull } from './policy.ts';
import { newsToTell, pastToTell, recallSituation, recallSlots } from './recollection.ts';
import { mayChangeSubject } from './talk.ts';
import type { Voice } from './voice.ts';

/** Of the turns in which something comes to mind that is not told yet, so many at most are lent a line, in basis points. */
const LINE_BPS = 7_500;
/** So often a cue comes before an answer is given: a model has an answer, too, and behind the cue there is room for it. */
const CUE_INTERRUPT_BPS = 6_000;

/** A line about what the floor remembers, and the fact that it is made from; null where none is lent, as mostly where somebody waits for an answer. */
export function lentLine(
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
): { speech: string; fact: SeenFact } | null {
  if ((observation.facts ?? []).length === 0) return null;
  const voice = scriptedVoice(observation, cast, seed, 'coach');
  const fact = factToLend(voice);
  const speech = fact && recallLine(voice, fact);
  return fact && speech ? { speech, fact } : null;
}

/**
 * The first sentence of a line about what the floor remembers, and the fact that it states: the rest is the model's own. Null
 * where there is none, and in the scenes that have a subject of their own.
 * @param isCopied whether a sentence holds what the model was told or what was said lately, or begins as too many lines did
 */
export function cueFor(
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
  isCopied: (sentence: string) => boolean = () => false,
): { sentence: string; fact: SeenFact } | null {
  const { facts = [], scene, lookingBack, round, trader } = observation;
  if (facts.length === 0 || scene || lookingBack) return null;
  const voice = scriptedVoice(observation, cast, seed, 'coach');
  const fact = factToLend(voice, CUE_INTERRUPT_BPS);
  if (!fact) return null;
  const slots = recallSlots(fact, observation);
  const situation = recallSituation(fact, observation);
  const sentence = deal(CUES[situation], `cue/${seed}/${trader}/${situation}`, round, (template) => {
    const filled = fill(template, slots);
    if (filled === null || voice.lately.isSaid(filled) || voice.lately.isBegun(filled)) return null;
    return isCopied(filled) ? null : filled;
  });
  return sentence === null ? null : { sentence, fact };
}

function factToLend(voice: Voice, interruptBps?: number): SeenFact | null {
  if (!voice.prng.chance(LINE_BPS) || !mayChangeSubject(voice, interruptBps)) return null;
  return newsToTell(voice) ?? pastToTell(voice);
}

/** Where the model is silent: so often the script has a word. */
const WORD_BPS = 3_500;

/**
 * The model's line or, in the scene after the bell, before the camera and where it was said or begun alike of late, the script's
 * own; for silence now and then too.
 * @param isWornOut whether the floor heard too many lines begin like this one
 */
export function lentWord(
  speech: string,
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
  isWornOut: (line: string) => boolean,
): string {
  if (observation.scene || observation.lookingBack)
    return scriptedTurn(observation, cast, seed).decision.speech || speech;
  if (speech === '') {
    if (!keyedNumbers(seed, 'word', observation.round, observation.trader).chance(WORD_BPS)) return '';
  } else {
    const lately = latelyOf(observation, cast);
    if (!lately.isSaid(speech) && !lately.isBegun(speech) && !isWornOut(speech)) return speech;
  }
  return scriptedTurn({ ...observation, facts: [] }, cast, seed).decision.speech;
}

/**
 * Where the model holds on, or buys more of what it may not have more of: the script's own deal and the reason for it; null where
 * it has none.
 */
export function lentDeal(
  wanted: Trade,
  observation: Observation,
  cast: readonly Persona[],
  seed: number,
): Pick<Decision, 'thought' | 'trade' | 'size'> | null {
  if (observation.phase !== 'episode' || observation.standing !== 'trading') return null;
  // An order for what may not grow any more comes to nothing: whoever gave it again and again has sat still.
  const ownTurns = observation.ownTurns.map((turn) =>
    turn.trade === wanted ? { ...turn, trade: 'Hold' as const } : turn,
  );
  const voice = scriptedVoice({ ...observation, ownTurns }, cast, seed, 'scripted');
  if (wanted !== 'Hold' && !isFull(wanted, observation, voice.persona)) return null;
  const { trade, size } = voice.plan;
  return trade === 'Hold' || trade === wanted ? null : { thought: think(voice), trade, size };
}
