// Which tokens may come next inside a JSON string. A small automaton over bytes says what a token does to the string. For each
// of its states all tokens are listed once, in such an order that the first n are the ones forbidden with the room that is left:
// the native sampler gets a view of the list, and nothing is computed for each token.
import type { Vocabulary } from '../vocabulary.ts';

/** Where a string stands between two tokens. `text` is between two characters; the others are within one. */
export const TEXT_STATE = 0;
const ESCAPE_STATE = 1;
const TAIL_STATES = 2; // 2, 3, 4: one, two, three continuation bytes of a UTF-8 character are missing
const AFTER_E0 = 5; // of these four the next byte is restricted, so that no character has two spellings
const AFTER_ED = 6;
const AFTER_F0 = 7;
const AFTER_F4 = 8;
const STATE_COUNT = 9;

const REJECTED = -1;
const CLOSES = -2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function step(state: number, byte: number): number {
  if (state === TEXT_STATE) {
    if (byte === QUOTE) return CLOSES;
    if (byte === BACKSLASH) return ESCAPE_STATE;
    if (byte < 0x80) return byte < 0x20 || byte === 0x7f ? REJECTED : TEXT_STATE;
    if (byte < 0xc2) return REJECTED;
    if (byte < 0xe0) return TAIL_STATES;
    if (byte < 0xf0) return byte === 0xe0 ? AFTER_E0 : byte === 0xed ? AFTER_ED : TAIL_STATES + 1;
    return byte === 0xf0 ? AFTER_F0 : byte < 0xf4 ? TAIL_STATES + 2 : byte === 0xf4 ? AFTER_F4 : REJECTED;
  }
  if (state === ESCAPE_STATE) {
    // Only these two of JSON's escapes: the others write control characters and halves of characters.
    return byte === QUOTE || byte === BACKSLASH ? TEXT_STATE : REJECTED;
  }
  if (byte < 0x80 || byte > 0xbf) return REJECTED;
  if (state === TAIL_STATES) return TEXT_STATE;
  if (state < AFTER_E0) return state - 1;
  if (state === AFTER_E0) return byte >= 0xa0 ? TAIL_STATES : REJECTED;
  if (state === AFTER_ED) return byte <= 0x9f ? TAIL_STATES : REJECTED;
  if (state === AFTER_F0) return byte >= 0x90 ? TAIL_STATES + 1 : REJECTED;
  return byte <= 0x8f ? TAIL_STATES + 1 : REJECTED;
}

/** What a token's bytes do to a string. */
export interface Passage {
  /** The state after it; meaningless when it closes the string. */
  state: number;
  /** The characters that begin in the token, counted after JSON's escapes are resolved. */
  characters: number;
  /** The index of the closing quote in the token's bytes; -1 when the token does not close the string. */
  quoteAt: number;
}

/** Undefined for a token that must not come here at all. */
export function pass(bytes: Uint8Array, from: number): Passage | undefined {
  let state = from;
  let characters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const next = step(state, bytes[at] ?? 0);
    if (next === REJECTED) return undefined;
    if (next === CLOSES) return { state: TEXT_STATE, characters, quoteAt: at };
    if (state === TEXT_STATE) characters++;
    state = next;
  }
  return bytes.length === 0 ? undefined : { state, characters, quoteAt: -1 };
}

/** Forbidden tokens, and a bias of minus infinity for each of them: views for the native sampler, not to be changed. */
export interface Mask {
  tokens: Uint32Array;
  biases: Float32Array;
}

interface OrderedMask {
  /** Tokens that are forbidden everywhere first, then all others from the longest to the shortest. */
  tokens: Uint32Array;
  /** [n]: how many tokens of the list are forbidden when there is room for n more characters. */
  forbiddenAt: Uint32Array;
}

const KEPT_MASKS_MAX = 64;

/** `.`, `!`, `?` */
const SENTENCE_ENDS: ReadonlySet<number> = new Set([0x2e, 0x21, 0x3f]);

export class StringMasks {
  readonly #vocabulary: Vocabulary;
  readonly #minusInfinity: Float32Array;
  readonly #masks = new Map<string, OrderedMask>();
  #completable: readonly boolean[] | undefined;
  #allTokens: Uint32Array | undefined;
  #sentenceEnds: readonly number[] | undefined;
  #allButEnds: Mask | undefined;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#minusInfinity = new Float32Array(vocabulary.size).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * The tokens that may not come next in a string.
   * @param continuation the text that must follow the closing quote; undefined while the string must not close
   * @param room characters that still fit into the string
   */
  forbidden(state: number, continuation: string | undefined, room: number): Mask {
    const { tokens, forbiddenAt } = this.#masked(state, continuation);
    return this.#view(tokens, forbiddenAt[Math.min(room, forbiddenAt.length - 1)] ?? 0);
  }

  /** Tokens that write the end of a sentence and nothing else; none where the vocabulary has no such token. */
  sentenceEnds(): readonly number[] {
    if (this.#sentenceEnds) return this.#sentenceEnds;
    const ends: number[] = [];
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes.length === 1 && SENTENCE_ENDS.has(bytes[0] ?? 0)) ends.push(token);
    }
    return (this.#sentenceEnds = ends);
  }

  /** Forbids all tokens but {@link sentenceEnds}. */
  allButEnds(): Mask {
    return (this.#allButEnds ??= this.allBut(this.sentenceEnds()));
  }

  /** Forbids all tokens but these. */
  allBut(allowed: readonly number[]): Mask {
    // Copied in runs between the allowed ones: it is done at every choice, over vocabularies of up to 262,000 tokens.
    const all = (this.#allTokens ??= Uint32Array.from(
      { length: this.#vocabulary.size },
      (_, token) => token,
    ));
    const tokens = new Uint32Array(all.length);
    let count = 0;
    let from = 0;
    for (const token of [...new Set(allowed)].sort((one, other) => one - other)) {
      tokens.set(all.subarray(from, token), count);
      count += token - from;
      from = token + 1;
    }
    tokens.set(all.subarray(from), count);
    return this.#view(tokens, count + all.length - from);
  }

  /** Whether a full string can always be closed without preventing the text that must follow it. */
  canClose(continuation: string): boolean {
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes[0] === QUOTE && beginsWith(continuation, bytes.subarray(1))) return true;
    }
    return false;
  }

  /** Whether a string can reach any length, which takes a token of one character. */
  canFill(): boolean {
    const { forbiddenAt } = this.#masked(TEXT_STATE, undefined);
    return (forbiddenAt[1] ?? 0) < (forbiddenAt[0] ?? 0);
  }

  #view(tokens: Uint32Array, count: number): Mask {
    return { tokens: tokens.subarray(0, count), biases: this.#minusInfinity.subarray(0, count) };
  }

  #masked(state: number, continuation: string | undefined): OrderedMask {
    const key = `${state} ${continuation ?? '\n'}`;
    let mask = this.#masks.get(key);
    if (!mask) {
      if (this.#masks.size >= KEPT_MASKS_MAX) this.#masks.clear();
      this.#masks.set(key, (mask = this.#order(state, continuation)));
    }
    return mask;
  }

  #order(state: number, continuation: string | undefined): OrderedMask {
    const { size } = this.#vocabulary;
    const completable = this.#completableStates();
    const lengths = new Int32Array(size);
    const counts = [0, 0];
    for (let token = 0; token < size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      const passage = pass(bytes, state);
      const allowed =
        passage !== undefined &&
        (passage.quoteAt < 0
          ? completable[passage.state] === true
          : continuation !== undefined && beginsWith(continuation, bytes.subarray(passage.quoteAt + 1)));
      const length = allowed ? passage.characters : -1;
      lengths[token] = length;
      counts[length + 1] = (counts[length + 1] ?? 0) + 1;
    }
    // A counting sort: place 0 holds the forbidden tokens, place n + 1 those of n characters.
    const starts = new Uint32Array(counts.length);
    const forbiddenAt = new Uint32Array(counts.length - 1);
    let position = counts[0] ?? 0;
    for (let place = counts.length - 1; place >= 1; place--) {
      starts[place] = position;
      forbiddenAt[place - 1] = position;
      position += counts[place] ?? 0;
    }
    const tokens = new Uint32Array(size);
    for (let token = 0; token < size; token++) {
      const place = (lengths[token] ?? -1) + 1;
      const at = starts[place] ?? 0;
      tokens[at] = token;
      starts[place] = at + 1;
    }
    return { tokens, forbiddenAt };
  }

  /**
   * States from which tokens of one byte can finish the character. A token may end within a character only in such a state;
   * otherwise a string could come to a point where no token may follow.
   */
  #completableStates(): readonly boolean[] {
    if (this.#completable) return this.#completable;
    const single: number[] = [];
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes.length === 1) single.push(bytes[0] ?? 0);
    }
    const completable: boolean[] = Array.from({ length: STATE_COUNT }, (_, state) => state === TEXT_STATE);
    for (let changed = true; changed;) {
      changed = false;
      for (let state = 1; state < STATE_COUNT; state++) {
        if (completable[state]) continue;
        completable[state] = single.some((byte) => completable[step(state, byte)] === true);
        changed ||= completable[state] === true;
      }
    }
    this.#completable = completable;
    return completable;
  }
}

function beginsWith(text: string, start: Uint8Array): boolean {
  return start.length === 0 || text.startsWith(Buffer.from(start).toString('utf8'));
}
