/** How much context a model needs for a trader, counted in its own vocabulary: what is held for every trader is much of its memory. */
import type { LlamaModel } from 'node-llama-cpp';
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { prefixOf } from './asking.ts';
import { pieces, tokenizePrompt, type PromptText } from './engine/prompt-text.ts';

/**
 * Characters of the fullest turn, and of an answer whose strings are full: what follows the fixed prompt. In 6,000 turns of the
 * script the fullest had 640; what is longer than this takes from what an answer may have at most, see `Mind.answer`.
 */
const TURN_CHARACTERS = 800;
const ANSWER_CHARACTERS = THOUGHT_MAX + SPEECH_MAX + 100;
/** llama.cpp makes a multiple of it: 23 MB for four traders with SmolLM2-135M. */
const STEP = 256;

type Prefix = ReturnType<typeof prefixOf>;

/** Tokens of a fixed prompt, the fullest turn and an answer: one of full length, and one that was cut to half of it. */
export function tokensFor(
  model: LlamaModel,
  { sharedText, personaText }: Prefix,
): { enough: number; least: number } {
  const tokens = tokenizePrompt(model, sharedText).length + tokenizePrompt(model, personaText).length;
  const tokensACharacter = tokens / (lengthOf(sharedText) + lengthOf(personaText));
  return {
    enough: tokens + tokensACharacter * (TURN_CHARACTERS + ANSWER_CHARACTERS),
    least: tokens + tokensACharacter * (TURN_CHARACTERS + ANSWER_CHARACTERS / 2),
  };
}

/** Enough for the longest fixed prompt. */
export function enoughTokens(model: LlamaModel, prefixes: readonly Prefix[]): number {
  const needs = prefixes.map((prefix) => tokensFor(model, prefix).enough);
  return Math.ceil(Math.max(...needs) / STEP) * STEP;
}

function lengthOf(text: PromptText): number {
  return pieces(text).reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece : piece.markup).length,
    0,
  );
}
