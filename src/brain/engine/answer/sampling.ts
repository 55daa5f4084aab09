import type { Mask } from './string-masks.ts';
import type { NativeContext, NativeSampler } from '../native.ts';

export interface SamplerSettings {
  /** 0 always takes the likeliest token. */
  temperature: number;
  /** The temperature for the values of an enum, where a small model should do what it thinks best. Default: `temperature`. */
  choiceTemperature?: number;
  /** 0 or undefined: all tokens. */
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

/** Samples the tokens of one answer at a time. Its native sampler is kept from answer to answer. */
export class TokenSampler {
  readonly #native: NativeSampler;
  #settings: SamplerSettings = { temperature: 0, seed: 0 };
  #history: number[] = [];
  #banned: readonly number[] = [];
  /** What the native sampler was last told; undefined where the next token must tell it anew. */
  #mask: Mask | undefined;
  #extra: readonly TokenBias[] = NOTHING;

  constructor(native: NativeSampler) {
    this.#native = native;
  }

  /**
   * Begins an answer.
   * @param history tokens that count for the repetition penalty from the start
   * @param banned tokens that no string may hold
   */
  begin(settings: SamplerSettings, history: readonly number[], banned: readonly number[]): void {
    this.#settings = settings;
    this.#banned = banned;
    this.#history = [...history];
    this.#mask = undefined;
    // The native sampler restarts its random numbers only when the seed changes.
    this.#native.applyConfig({ ...this.#config(), seed: (settings.seed ^ 1) >>> 0 });
  }

  async sample(
    context: NativeContext,
    batchIndex: number,
    forbidden: Mask,
    inString: boolean,
    extra: readonly TokenBias[] = NOTHING,
  ): Promise<number> {
    // To tell it takes longer than to sample: the same list of additions is told once.
    if (!this.#mask || !sameView(this.#mask.tokens, forbidden.tokens) || extra !== this.#extra) {
      this.#mask = forbidden;
      this.#extra = extra;
      this.#native.applyConfig({
        ...this.#config(),
        ...(inString
          ? this.#penalty()
          : { temperature: this.#settings.choiceTemperature ?? this.#settings.temperature }),
        ...this.#biases(forbidden, inString, extra),
      });
    }
    const token = await context.sampleToken(batchIndex, this.#native);
    if (token < 0) throw new Error('no token could be sampled: the model gave no usable probabilities');
    return token;
  }

  /** What the model gives each of these tokens, in their order, before any setting. Draws nothing. */
  async logitsOf(context: NativeContext, batchIndex: number, tokens: readonly number[]): Promise<number[]> {
    // The likeliest of all is taken and dropped, so that no random number is spent.
    this.#mask = undefined;
    this.#native.applyConfig({ temperature: 0, seed: this.#settings.seed >>> 0 });
    const [, , , pairs = []] = await context.sampleToken(batchIndex, this.#native, false, false, [
      tokens,
      false,
      false,
      false,
      0,
    ]);
    const logits = new Map<number, number>();
    for (let at = 0; at + 1 < pairs.length; at += 2) logits.set(pairs[at] ?? -1, pairs[at + 1] ?? Number.NaN);
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

  #config() {
    const { temperature, topK, topP, minP, seed } = this.#settings;
    // A setting that limits nothing is left out: a top-k of all tokens would sort the whole vocabulary.
    return {
      temperature,
      seed: seed >>> 0,
      ...(topK && { topK }),
      ...(topP !== undefined && topP < 1 && { topP }),
      ...(minP && { minP }),
    };
  }

  #biases(forbidden: Mask, inString: boolean, extra: readonly TokenBias[]) {
    const banned = inString ? this.#banned : [];
    const more: TokenBias[] = [
      ...banned.map((token): TokenBias => [token, Number.NEGATIVE_INFINITY]),
      ...extra,
    ];
    if (more.length === 0) return { tokenBiasKeys: forbidden.tokens, tokenBiasValues: forbidden.biases };
    const { length } = forbidden.tokens;
    const tokenBiasKeys = new Uint32Array(length + more.length);
    const tokenBiasValues = new Float32Array(length + more.length);
    tokenBiasKeys.set(forbidden.tokens);
    tokenBiasValues.set(forbidden.biases);
    for (const [index, [token, bias]] of more.entries()) {
      tokenBiasKeys[length + index] = token;
      tokenBiasValues[length + index] = bias;
    }
    return { tokenBiasKeys, tokenBiasValues };
  }

  #penalty() {
    const { repetition } = this.#settings;
    if (!repetition || repetition.penalty === 1 || repetition.lastTokens < 1) return {};
    return {
      repeatPenalty: repetition.penalty,
      repeatPenaltyMaxTokens: repetition.lastTokens,
      repeatPenaltyTokens: Uint32Array.from(this.#history.slice(-repetition.lastTokens)),
    };
  }
}

const NOTHING: readonly TokenBias[] = [];

function sameView(one: Uint32Array, other: Uint32Array): boolean {
  return one.buffer === other.buffer && one.length === other.length;
}
