// Which tokens may come next inside a JSON string. A small automaton over bytes says what a token does to the string. It is
// asked about the likeliest tokens alone, never about the whole vocabulary.
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

/** Which tokens may come next. */
export interface Mask {
  allows(token: number): boolean;
  /** All that it allows, where they are known to be few. */
  readonly only?: readonly number[];
}

/** Continuations whose closing tokens are remembered. */
const KEPT_CLOSINGS_MAX = 64;

/** `.`, `!`, `?` */
const SENTENCE_ENDS: ReadonlySet<number> = new Set([0x2e, 0x21, 0x3f]);

export class StringMasks {
  readonly #vocabulary: Vocabulary;
  #completable: readonly boolean[] | undefined;
  #sentenceEnds: readonly number[] | undefined;
  readonly #closings = new Map<string, readonly number[]>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /**
   * The tokens that may come next in a string.
   * @param continuation the text that must follow the closing quote; undefined while the string must not close
   * @param room characters that still fit into the string
   */
  next(state: number, continuation: string | undefined, room: number): Mask {
    if (room === 0 && state === TEXT_STATE && continuation !== undefined)
      return this.only(this.#closingsOf(continuation));
    const completable = this.#completableStates();
    return {
      allows: (token) => {
        const bytes = this.#vocabulary.bytesOf(token);
        const passage = pass(bytes, state);
        if (!passage || passage.characters > room) return false;
        if (passage.quoteAt < 0) return completable[passage.state] === true;
        return continuation !== undefined && beginsWith(continuation, bytes.subarray(passage.quoteAt + 1));
      },
    };
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

  /** Only these tokens. */
  only(tokens: readonly number[]): Mask {
    return { only: tokens, allows: (token) => tokens.includes(token) };
  }

  /** Takes a look at the whole vocabulary now, so that the first answer need not. */
  prepare(): void {
    this.#completableStates();
    this.sentenceEnds();
  }

  /** Whether a full string can always be closed without preventing the text that must follow it. */
  canClose(continuation: string): boolean {
    return this.#closingsOf(continuation).length > 0;
  }

  /** The tokens that close a string and write nothing into it: a handful. */
  #closingsOf(continuation: string): readonly number[] {
    const known = this.#closings.get(continuation);
    if (known) return known;
    const closings: number[] = [];
    for (let token = 0; token < this.#vocabulary.size; token++) {
      const bytes = this.#vocabulary.bytesOf(token);
      if (bytes[0] === QUOTE && beginsWith(continuation, bytes.subarray(1))) closings.push(token);
    }
    if (this.#closings.size >= KEPT_CLOSINGS_MAX) this.#closings.clear();
    this.#closings.set(continuation, closings);
    return closings;
  }

  /** Whether a string can reach any length, which takes a token of one character. */
  canFill(): boolean {
    const one = this.next(TEXT_STATE, undefined, 1);
    for (let token = 0; token < this.#vocabulary.size; token++) {
      if (!one.allows(token)) continue;
      if (pass(this.#vocabulary.bytesOf(token), TEXT_STATE)?.characters === 1) return true;
    }
    return false;
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
