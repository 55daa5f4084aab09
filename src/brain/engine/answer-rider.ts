/** One answer under way on a sequence: what is read before it, and each token as it is drawn. */
import { drawToken, type Drawing } from './answer/draw-token.ts';
import type { AnswerWriter } from './answer/answer-writer.ts';
import type { TokenSampler } from './answer/sampling.ts';
import type { Rider, Sequence } from './lock-step.ts';
import type { NativeContext } from './native.ts';

export interface AnswerTokens {
  /** Tokens of the new text, and those of the prefix if the model could not return to it. */
  evaluated: number;
  /** Tokens of the skeleton, which are fed and not sampled. */
  forced: number;
  sampled: number;
}

/** A token of a line that may be left for another one. */
export interface DraftedToken {
  token: number;
  /** The natural logarithm of its probability, before any setting. */
  logProbability: number;
}

/** A string that is drawn more than once. */
export interface DraftedField {
  field: string;
  /** Called before its first token is drawn; the first draft is the rider that calls. False where it is to be drawn once after all. */
  begin(batchIndex: number): Promise<boolean>;
}

/** All of it but where it stands. */
export interface Writing extends Omit<Drawing, 'writer' | 'sampler'> {
  context: NativeContext;
  tokens: AnswerTokens;
  /** What is to be read before the first token is drawn, in order. Called between two passes. */
  opening: () => Promise<number[]>;
}

export class AnswerRider implements Rider {
  readonly sequence: Sequence;
  pending: number[] = [];
  writer: AnswerWriter;
  /** The last token that is fed before the next one is drawn. */
  last = -1;
  /** What was drawn of the drafted string, its end included. */
  readonly draft: DraftedToken[] = [];
  /** What is to be fed after it. */
  afterDraft: number[] = [];
  drafted: DraftedField | undefined;
  readonly #writing: Writing;
  readonly #sampler: TokenSampler;
  readonly #original: AnswerRider | undefined;
  #isDraft: boolean;
  #hasBegun = false;
  #isCancelled = false;

  constructor(
    sequence: Sequence,
    writing: Writing,
    writer: AnswerWriter,
    sampler: TokenSampler,
    original?: AnswerRider,
  ) {
    this.sequence = sequence;
    this.writer = writer;
    this.#writing = writing;
    this.#sampler = sampler;
    this.#original = original;
    this.#isDraft = original !== undefined;
    this.drafted = original?.drafted;
  }

  get tokens(): AnswerTokens {
    return this.#writing.tokens;
  }

  /** Only an opening is to be read first. */
  get inStep(): boolean {
    return this.#hasBegun || this.#original !== undefined;
  }

  /** A draft of an original goes with it. */
  get cancelled(): boolean {
    return this.#isCancelled || this.#original?.cancelled === true;
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  async begin(): Promise<void> {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    if (this.#original) return this.#copy(this.#original);
    this.pending = await this.#writing.opening();
    this.last = this.pending.at(-1) ?? this.last;
  }

  /**
   * Another one that draws the string at hand by itself, in a sequence that becomes a copy of this one. It must be drawn from the
   * same row before this one is.
   */
  async fork(
    sequence: Sequence,
    sampler: TokenSampler,
    seed: number,
    batchIndex: number,
  ): Promise<AnswerRider> {
    sampler.beginLike(this.#sampler, seed);
    const fork = new AnswerRider(sequence, this.#writing, this.writer.fork(), sampler, this);
    fork.pending = await fork.sample(batchIndex);
    return fork;
  }

  /** Goes on as a draft did; what it drew is fed here. Where it is another one's, this must be cut back to where the string began. */
  take(draft: AnswerRider): void {
    const { tokens } = this.#writing;
    const drawn = draft.draft.map(({ token }) => token);
    // Its own are read already, but for the end of the string.
    this.pending = [...(draft === this ? drawn.slice(-1) : drawn), ...draft.afterDraft];
    this.writer = draft.writer;
    this.#sampler.takeWords(draft.#sampler);
    tokens.sampled += drawn.length;
    tokens.forced += draft.afterDraft.length;
    this.#isDraft = false;
    this.drafted = undefined;
  }

  async sample(batchIndex: number): Promise<number[]> {
    const { context, tokens, vocabulary } = this.#writing;
    const { writer, drafted } = this;
    const { inString, field } = writer;
    const isDrafted = drafted !== undefined && inString && field === drafted.field;
    if (isDrafted && !this.#original && writer.drawn.length === 0)
      this.#isDraft = await drafted.begin(batchIndex);
    this.#sampler.turnTo(context, batchIndex);
    const token = await drawToken({ ...this.#writing, sampler: this.#sampler, writer });
    if (inString) this.#sampler.remember(token);
    // Those of a draft count when it is taken.
    if (this.#isDraft)
      this.draft.push({ token, logProbability: await this.#sampler.logProbabilityOf(token) });
    else tokens.sampled++;
    const forced = writer.accept(token, vocabulary.bytesOf(token));
    const hasClosed = isDrafted && (writer.done || !writer.inString || writer.field !== field);
    if (this.#isDraft && hasClosed) {
      this.afterDraft = forced;
      return [];
    }
    tokens.forced += forced.length;
    if (writer.done) return [];
    this.last = forced.at(-1) ?? token;
    return [token, ...forced];
  }

  async #copy({ sequence: source }: AnswerRider): Promise<void> {
    const { context } = this.#writing;
    context.disposeSequence(this.sequence.id);
    await context.copySequenceStateFromOtherSequence(this.sequence.id, source.id);
    this.sequence.length = source.length;
  }
}
