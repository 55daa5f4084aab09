// llama.cpp's own samplers go over the whole vocabulary several times for each token, and are told again which tokens are
// forbidden whenever that changes: up to 262,000 of them. Here the native side gives the likeliest tokens of a row, once, and
// all the rest looks at those: masks, refusals, penalty and the draw. Where too few of them may come, more are asked for.
import { Prng } from '#core/chance/prng.ts';
import type { NativeContext, NativeSampler } from '../native.ts';
import { drawFrom, type Candidates } from './draw.ts';
import type { Mask } from './string-masks.ts';

export interface SamplerSettings {
  /** 0 always takes the likeliest token. */
  temperature: number;
  /** The temperature for the values of an enum, where a small model should do what it thinks best. Default: `temperature`. */
  choiceTemperature?: number;
  /** 0 or undefined: as many as ever count, see {@link TOP_K_MAX}. */
  topK?: number;
  topP?: number;
  minP?: number;
  /** Words that strings must not hold. Only words that are one token of the vocabulary can be kept out. */
  banned?: readonly string[];
  /** The same seed, prompt and settings give the same answer. */
  seed: number;
  /** Makes tokens that were used lately less likely in strings. */
  repetition?: {
    /** Tokens become less likely by this factor; 1 is no penalty. */
    penalty: number;
    /** How many of the last tokens count. */
    lastTokens: number;
    /** Lines that count as if just written, such as the trader's own last ones. */
    lines?: readonly string[];
  };
}

/** What is added to a token's logit. */
export type TokenBias = readonly [token: number, bias: number];

/** What is less likely than so many others is never drawn. */
const TOP_K_MAX = 512;
/** Candidates that are asked for first, in parts of top-k: masks and penalties take some. */
const SPARE = 3;
/** How many times as many are asked for where they were too few. */
const MORE = 8;

/** Samples the tokens of one answer at a time. Its native sampler is kept from answer to answer. */
export class TokenSampler {
  readonly #native: NativeSampler;
  readonly #vocabularySize: number;
  #settings: SamplerSettings = { temperature: 0, seed: 0 };
  #history: number[] = [];
  #banned: ReadonlySet<number> = new Set();
  #random = new Prng(Prng.seed(0));
  #row: { context: NativeContext; batchIndex: number } | undefined;
  /** The likeliest tokens of the row, with these additions. */
  #likeliest: (Candidates & { biases: readonly TokenBias[] }) | undefined;
  /** What the native sampler was last told. */
  #told: { count: number; biases: readonly TokenBias[] } | undefined;

  constructor(native: NativeSampler, vocabularySize: number) {
    this.#native = native;
    this.#vocabularySize = vocabularySize;
  }

  /**
   * Begins an answer.
   * @param history tokens that count for the repetition penalty from the start
   * @param banned tokens that no string may hold
   */
  begin(settings: SamplerSettings, history: readonly number[], banned: readonly number[]): void {
    this.#settings = settings;
    this.#banned = new Set(banned);
    this.#history = [...history];
    this.#random = new Prng(Prng.seed(settings.seed >>> 0));
    this.#likeliest = undefined;
  }

  /** Turns to the logits of a row of the last pass, from which all is sampled until the next row. */
  turnTo(context: NativeContext, batchIndex: number): void {
    this.#row = { context, batchIndex };
    this.#likeliest = undefined;
  }

  /** Draws from the row; another draw from the same row may well give the same. */
  async sample(mask: Mask, inString: boolean): Promise<number> {
    const token = await this.sampleUnlessAllRefused(mask, inString, NOTHING);
    if (token === undefined)
      throw new Error('no token could be sampled: the model gave no usable probabilities');
    return token;
  }

  /** As {@link sample}, with these additions. Undefined where they refuse all that the mask allows. */
  async sampleUnlessAllRefused(
    mask: Mask,
    inString: boolean,
    extra: readonly TokenBias[],
  ): Promise<number | undefined> {
    const biases = extra.filter(([, bias]) => bias !== Number.NEGATIVE_INFINITY);
    const refused = new Set(
      extra.flatMap(([token, bias]) => (bias === Number.NEGATIVE_INFINITY ? [token] : [])),
    );
    const drawing = {
      ...this.#limits(inString),
      allows: (token: number): boolean =>
        !refused.has(token) && !(inString && this.#banned.has(token)) && mask.allows(token),
      random: (): number => this.#random.uniform(),
    };
    if (mask.only) {
      const logits = await this.logitsOf(mask.only);
      const token = drawFrom(
        { tokens: mask.only, logits: withBiases(mask.only, logits, biases), whole: true },
        drawing,
      );
      if (token !== 'more') return token === 'none' ? undefined : token;
    }
    for (let count = drawing.topK * SPARE; ; count *= MORE) {
      const token = drawFrom(await this.#likeliestOf(count, biases), drawing);
      if (token !== 'more') return token === 'none' ? undefined : token;
    }
  }

  /** What the model gives each of these tokens, in their order, before any setting. Draws nothing. */
  async logitsOf(tokens: readonly number[]): Promise<number[]> {
    const { context, batchIndex } = this.#currentRow();
    // With a temperature of 0 the native side leaves no token out.
    this.#told = undefined;
    this.#native.applyConfig({ temperature: 0, seed: 0 });
    const [, , , pairs = []] = await context.sampleToken(batchIndex, this.#native, false, false, [
      tokens,
      false,
      false,
      false,
      0,
    ]);
    const logits = new Map(pairsOf(pairs));
    const found = tokens.map((token) => logits.get(token) ?? Number.NaN);
    if (found.some(Number.isNaN)) throw new Error('the model gave no usable probabilities for a choice');
    return found;
  }

  /** Counts a token for the repetition penalty. */
  remember(token: number): void {
    this.#history.push(token);
  }

  dispose(): void {
    this.#native.dispose();
  }

  #currentRow(): { context: NativeContext; batchIndex: number } {
    if (!this.#row) throw new Error('there is no row to sample from');
    return this.#row;
  }

  #limits(inString: boolean) {
    const {
      temperature,
      choiceTemperature = temperature,
      topK,
      topP = 1,
      minP = 0,
      repetition,
    } = this.#settings;
    const { penalty = 1, lastTokens = 0 } = (inString && repetition) || {};
    return {
      temperature: inString ? temperature : choiceTemperature,
      topK: Math.min(topK || TOP_K_MAX, TOP_K_MAX, this.#vocabularySize),
      topP,
      minP,
      penalty,
      penalised: new Set(lastTokens > 0 && penalty !== 1 ? this.#history.slice(-lastTokens) : []),
    };
  }

  /** At least so many, where there are so many. */
  async #likeliestOf(count: number, biases: readonly TokenBias[]): Promise<Candidates> {
    const known = this.#likeliest;
    if (known && sameBiases(known.biases, biases) && (known.whole || known.tokens.length >= count))
      return known;
    const { context, batchIndex } = this.#currentRow();
    const asked = Math.min(count, this.#vocabularySize);
    this.#tell(asked, biases);
    const [token, , , given = []] = await context.sampleToken(batchIndex, this.#native, false, false, true);
    if (token < 0) throw new Error('no token could be sampled: the model gave no usable probabilities');
    const pairs = [...pairsOf(given)];
    this.#likeliest = {
      tokens: pairs.map(([each]) => each),
      logits: pairs.map(([, logit]) => logit),
      whole: asked === this.#vocabularySize,
      biases,
    };
    return this.#likeliest;
  }

  #tell(count: number, biases: readonly TokenBias[]): void {
    if (this.#told?.count === count && sameBiases(this.#told.biases, biases)) return;
    this.#told = { count, biases };
    this.#native.applyConfig({
      temperature: 1, // which changes no logit
      topK: count,
      seed: 0,
      ...(biases.length > 0 && {
        tokenBiasKeys: Uint32Array.from(biases, ([token]) => token),
        tokenBiasValues: Float32Array.from(biases, ([, bias]) => bias),
      }),
    });
  }
}

const NOTHING: readonly TokenBias[] = [];

function sameBiases(one: readonly TokenBias[], other: readonly TokenBias[]): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every(([token, bias], at) => other[at]?.[0] === token && other[at]?.[1] === bias))
  );
}

function withBiases(
  tokens: readonly number[],
  logits: readonly number[],
  biases: readonly TokenBias[],
): number[] {
  return tokens.map(
    (token, at) =>
      (logits[at] ?? Number.NaN) +
      biases.reduce((sum, [biased, bias]) => (biased === token ? sum + bias : sum), 0),
  );
}

/** From token, logit, token, logit, … */
function* pairsOf(flat: readonly number[]): Generator<[token: number, logit: number]> {
  for (let at = 0; at + 1 < flat.length; at += 2) yield [flat[at] ?? -1, flat[at + 1] ?? Number.NaN];
}
