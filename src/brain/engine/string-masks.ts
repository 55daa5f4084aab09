// Which tokens may come next inside a JSON string. A small automaton over bytes says what a token does to the string;
// from it, per state, the forbidden tokens are listed once, ordered so that the list for any room that is left in the
// string is a prefix of it: the native sampler gets a view, and nothing is computed per token.
import type { Vocabulary } from './vocabulary.ts';

/** Where a string stands between two tokens. `text` is between two characters; the others are within one. */
export const textState = 0;
const escapeState = 1;
const tailStates = 2; // 2, 3, 4: one, two, three continuation bytes of a UTF-8 character are missing
const afterE0 = 5; // of these four the next byte is restricted, so that no character has two spellings
const afterED = 6;
const afterF0 = 7;
const afterF4 = 8;
const stateCount = 9;

const rejected = -1;
const closes = -2;

const quote = 0x22;
const backslash = 0x5c;

function step(state: number, byte: number): number {
  if (state === textState) {
    if (byte === quote) return closes;
    if (byte === backslash) return escapeState;
    if (byte < 0x80) return byte < 0x20 || byte === 0x7f ? rejected : textState;
    if (byte < 0xc2) return rejected;
    if (byte < 0xe0) return tailStates;
    if (byte < 0xf0) return byte === 0xe0 ? afterE0 : byte === 0xed ? afterED : tailStates + 1;
    return byte === 0xf0 ? afterF0 : byte < 0xf4 ? tailStates + 2 : byte === 0xf4 ? afterF4 : rejected;
  }
  if (state === escapeState) {
    // Of JSON's escapes only these two: the others write control characters and halves of characters.
    return byte === quote || byte === backslash ? textState : rejected;
  }
  if (byte < 0x80 || byte > 0xbf) return rejected;
  if (state === tailStates) return textState;
  if (state < afterE0) return state - 1;
  if (state === afterE0) return byte >= 0xa0 ? tailStates : rejected;
  if (state === afterED) return byte <= 0x9f ? tailStates : rejected;
  if (state === afterF0) return byte >= 0x90 ? tailStates + 1 : rejected;
  return byte <= 0x8f ? tailStates + 1 : rejected;
}

/** What a token does to a string. */
export interface Passage {
  /** The state after it; meaningless when it closes the string. */
  state: number;
  /** Characters begun in it, as JSON counts them after unescaping. */
  characters: number;
  /** Where the closing quote is in the token's bytes; -1 when it does not close the string. */
  quoteAt: number;
}

/** Undefined for a token that may not come here at all. */
export function pass(bytes: Uint8Array, from: number): Passage | undefined {
  let state = from;
  let characters = 0;
  for (let at = 0; at < bytes.length; at++) {
    const next = step(state, bytes[at] ?? 0);
    if (next === rejected) return undefined;
    if (next === closes) return { state: textState, characters, quoteAt: at };
    if (state === textState) characters++;
    state = next;
  }
  return bytes.length === 0 ? undefined : { state, characters, quoteAt: -1 };
}

/** Tokens to be forbidden, with a bias of minus infinity for each: views for the native sampler, not to be changed. */
export interface Mask {
  tokens: Uint32Array;
  biases: Float32Array;
}

interface OrderedMask {
  /** Forbidden tokens first, then all others from the longest to the shortest. */
  tokens: Uint32Array;
  /** [n]: how many tokens of the list are forbidden when n more characters have room. */
  forbiddenAt: Uint32Array;
}

const maxKeptMasks = 64;

export class StringMasks {
  readonly #vocabulary: Vocabulary;
  readonly #minusInfinity: Float32Array;
  readonly #masks = new Map<string, OrderedMask>();
  #completable: readonly boolean[] | undefined;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#minusInfinity = new Float32Array(vocabulary.size).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * The tokens that may not come next in a string.
   * @param continuation the text that must follow the closing quote; undefined while the string may not close yet
   * @param room characters that still fit into the string
   */
  forbidden(state: number, continuation: string | undefined, room: number): Mask {
    const { tokens, forbiddenAt } = this.#masked(state, continuation);
    return this.#view(tokens, forbiddenAt[Math.min(room, forbiddenAt.length - 1)] ?? 0);
  }

  /** All tokens but these. */
  allBut(allowed: readonly number[]): Mask {
    const tokens = new Uint32Array(this.#vocabulary.size);
    let count = 0;
    for (let token = 0; token < this.#vocabulary.size; token++) {
      if (!allowed.includes(token)) tokens[count++] = token;
    }
    return this.#view(tokens, count);
  }

  /** Whether a full string can always be closed, so that the text that must follow may be written. */
  canClose(continuation: string): boolean {
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes[0] === quote && beginsWith(continuation, bytes.subarray(1))) return true;
    }
    return false;
  }

  /** Whether a string can be filled up to any length: whether there is a token of one character. */
  canFill(): boolean {
    const { forbiddenAt } = this.#masked(textState, undefined);
    return (forbiddenAt[1] ?? 0) < (forbiddenAt[0] ?? 0);
  }

  #view(tokens: Uint32Array, count: number): Mask {
    return { tokens: tokens.subarray(0, count), biases: this.#minusInfinity.subarray(0, count) };
  }

  #masked(state: number, continuation: string | undefined): OrderedMask {
    const key = `${state} ${continuation ?? '\n'}`;
    let mask = this.#masks.get(key);
    if (!mask) {
      if (this.#masks.size >= maxKeptMasks) this.#masks.clear();
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
   * States from which tokens of one byte can finish the character. A token that ends within a character is allowed only
   * if so; otherwise a string could be led where no token may follow.
   */
  #completableStates(): readonly boolean[] {
    if (this.#completable) return this.#completable;
    const single: number[] = [];
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes.length === 1) single.push(bytes[0] ?? 0);
    }
    const completable: boolean[] = Array.from({ length: stateCount }, (_, state) => state === textState);
    for (let changed = true; changed;) {
      changed = false;
      for (let state = 1; state < stateCount; state++) {
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
