/** One answer under way on a sequence: what is read before it, and each token as it is drawn. */
import { drawToken, type Drawing } from './answer/draw-token.ts';
import type { Rider, Sequence } from './lock-step.ts';
import type { NativeContext } from './native.ts';

export interface AnswerTokens {
  /** Tokens of the new text, and those of the prefix if the model could not return to it. */
  evaluated: number;
  /** Tokens of the skeleton, which are fed and not sampled. */
  forced: number;
  sampled: number;
}

/** What an answer is written with. */
export interface Writing extends Drawing {
  context: NativeContext;
  tokens: AnswerTokens;
  /** What is to be read before the first token is drawn, in order. Called between two passes. */
  opening: () => Promise<number[]>;
}

export class AnswerRider implements Rider {
  readonly sequence: Sequence;
  pending: number[] = [];
  cancelled = false;
  readonly #writing: Writing;

  constructor(sequence: Sequence, writing: Writing) {
    this.sequence = sequence;
    this.#writing = writing;
  }

  async begin(): Promise<void> {
    this.pending = await this.#writing.opening();
  }

  async sample(batchIndex: number): Promise<number[]> {
    const { context, tokens, vocabulary, sampler, writer } = this.#writing;
    const { inString } = writer;
    sampler.turnTo(context, batchIndex);
    const token = await drawToken(this.#writing);
    tokens.sampled++;
    if (inString) sampler.remember(token);
    const forced = writer.accept(token, vocabulary.bytesOf(token));
    tokens.forced += forced.length;
    return writer.done ? [] : [token, ...forced];
  }
}
