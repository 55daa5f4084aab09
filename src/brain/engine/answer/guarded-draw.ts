// Draws the next token of a string under a guard: a token that the guard refuses is drawn again without it. The likeliest
// tokens are there, so another draw costs next to nothing.
import type { TokenBias, TokenSampler } from './sampling.ts';
import type { AnswerWriter } from './answer-writer.ts';
import type { Favour } from './favour.ts';
import type { StringGuard } from './string-guard.ts';
import type { StringMasks } from './string-masks.ts';
import type { Vocabulary } from '../vocabulary.ts';

export interface Draw {
  sampler: TokenSampler;
  vocabulary: Vocabulary;
  masks: StringMasks;
  writer: AnswerWriter;
  guard: StringGuard;
  /** Words that the string may well hold. */
  favour: Favour | undefined;
}

const NOTHING: readonly TokenBias[] = [];
/** Where so many tokens are refused, the model has nothing else to say: the sentence ends if it can. */
const MOST_REFUSED = 24;

/** The writer must be in a string. */
export async function drawGuarded(draw: Draw): Promise<number> {
  const { sampler, vocabulary, masks, writer, guard, favour } = draw;
  const { field, text } = writer;
  const sample = (mask = writer.next()): Promise<number> => sampler.sample(mask, true);
  if (writer.mustClose) return sample();
  if (guard.mustEnd(field, text)) return sample(writer.closings());
  const ends = masks.sentenceEnds();
  const pull = guard.pull(field, text);
  // A line that draws to its end needs no other word.
  const pulls: readonly TokenBias[] =
    pull === 0 ? (favour?.biases(writer.drawn) ?? NOTHING) : ends.map((token) => [token, pull]);
  const refused: TokenBias[] = [];
  while (refused.length < MOST_REFUSED) {
    // Biases of one token add up, so that a refusal outweighs the pull.
    const biases = refused.length === 0 ? pulls : [...pulls, ...refused];
    const token = await sampler.sampleUnlessAllRefused(writer.next(), true, biases);
    // Within a character, or before the last token, few may come at all.
    if (token === undefined) break;
    const { text: next, closes } = writer.preview(vocabulary.bytesOf(token));
    const verdict = guard.judge(field, next, closes);
    // Silence is a choice, and not the way out where something else was refused.
    const isWayOut = closes && next.trim() === '' && refused.length > 0;
    if (verdict === 'fine' && !isWayOut) return token;
    if (verdict === 'end first' && ends.length > 0) return sample(masks.only(ends));
    refused.push([token, Number.NEGATIVE_INFINITY]);
  }
  const mayEnd = writer.isBetweenCharacters && guard.judge(field, `${text}.`, false) === 'fine';
  return ends.length > 0 && mayEnd ? sample(masks.only(ends)) : sample();
}
