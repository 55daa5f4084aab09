// Draws the next token of an answer: under the guard in strings, by the caller's choice in enums, else by the sampler alone.
import { chosenToken, type Choose } from './choice.ts';
import { drawGuarded } from './guarded-draw.ts';
import type { Favour } from './favour.ts';
import type { AnswerWriter } from './answer-writer.ts';
import type { TokenSampler } from './sampling.ts';
import type { StringGuard } from './string-guard.ts';
import type { StringMasks } from './string-masks.ts';
import type { Vocabulary } from '../vocabulary.ts';

export interface Drawing {
  sampler: TokenSampler;
  vocabulary: Vocabulary;
  masks: StringMasks;
  writer: AnswerWriter;
  guard: StringGuard | undefined;
  choose: Choose | undefined;
  /** By the names of fields. */
  favours: ReadonlyMap<string, Favour>;
}

export async function drawToken(drawing: Drawing): Promise<number> {
  const { sampler, writer, guard, choose, favours } = drawing;
  const { inString } = writer;
  if (!inString && choose) return chosenToken({ sampler, writer, choose });
  if (inString && guard) return drawGuarded({ ...drawing, guard, favour: favours.get(writer.field) });
  return sampler.sample(writer.next(), inString);
}
