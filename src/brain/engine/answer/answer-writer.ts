import { maxTokensOf, type Branch, type Skeleton, type Step, type StringField } from './skeleton.ts';
import { pass, TEXT_STATE, type Mask } from './string-masks.ts';

export interface WriterOptions {
  /** Strings that are not sampled, by the names of their fields. */
  given?: Readonly<Record<string, string>> | undefined;
  /** How strings begin that are sampled from there on, by the names of their fields: without quotes, backslashes and line breaks. */
  begun?: Readonly<Record<string, string>> | undefined;
  /** How many tokens fewer than at most all strings may have together. Default: 0. */
  short?: number;
}

/** Writes one answer along a skeleton. */
export class AnswerWriter {
  done = false;
  readonly #skeleton: Skeleton;
  readonly #values: [name: string, value: string][] = [];
  readonly #cut: string[] = [];
  #json: string;
  #index = -1;
  #branch: Branch | undefined;
  #state = TEXT_STATE;
  #characters = 0;
  #tokens = 0;
  #bytes: Uint8Array[] = [];
  #drawn: number[] = [];
  readonly #given: ReadonlyMap<string, string>;
  readonly #begun: ReadonlyMap<string, string>;
  /** The share of their tokens that strings may use. */
  readonly #share: number;

  constructor(skeleton: Skeleton, options: WriterOptions = {}) {
    const { given = {}, begun = {}, short = 0 } = options;
    this.#skeleton = skeleton;
    this.#given = new Map(Object.entries(given));
    this.#begun = new Map(Object.entries(begun));
    const most = skeleton.strings.reduce((sum, field) => sum + maxTokensOf(field), 0);
    this.#share = short === 0 ? 1 : 1 - short / most;
    this.#json = skeleton.openingText;
  }

  /** The answer as text; whole once it is done. */
  get json(): string {
    return this.#json;
  }

  /** The values decided so far, by the names of their fields. */
  get fields(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  /** The names of the strings that ended because their room or their tokens were spent. */
  get cut(): readonly string[] {
    return this.#cut;
  }

  /** Whether the next token is part of a string, not of an enum. */
  get inString(): boolean {
    return this.#branch === undefined;
  }

  /** The tokens at which the values of the enum part here, and what each can still become. */
  get ways(): { token: number; values: string[] }[] {
    return [...(this.#branch?.next ?? [])].map(([token, branch]) => ({ token, values: valuesOf(branch) }));
  }

  /** The name of the field that is being written. */
  get field(): string {
    return this.#step().field.name;
  }

  /** The string so far, unescaped; the replacement character stands for a part of a character at its end. */
  get text(): string {
    return textOf(this.#bytes);
  }

  /** The tokens of the string that were drawn so far: those that it was begun with are none. */
  get drawn(): readonly number[] {
    return this.#drawn;
  }

  /** Whether only the end of the string is left, since its room or its tokens are spent. */
  get mustClose(): boolean {
    const { field } = this.#step();
    if (field.kind !== 'string') return false;
    return this.#isSpent(field) || this.#characters >= field.maxLength;
  }

  /** Whether the string stands between two characters, where a sentence may end. */
  get isBetweenCharacters(): boolean {
    return this.#state === TEXT_STATE;
  }

  /** The string as the token would leave it. For a token that may come. */
  preview(bytes: Uint8Array): { text: string; closes: boolean } {
    const quoteAt = pass(bytes, this.#state)?.quoteAt ?? -1;
    const closes = quoteAt >= 0;
    return { text: textOf([...this.#bytes, closes ? bytes.subarray(0, quoteAt) : bytes]), closes };
  }

  /** The tokens that end the string here. It must not be within a character. */
  closings(): Mask {
    return this.#skeleton.masks.next(this.#state, this.#step().continuation, 0);
  }

  /** Tokens to feed before the first sample. */
  begin(): number[] {
    return [...this.#skeleton.opening, ...this.#enterNext()];
  }

  /** The tokens that may be sampled next. */
  next(): Mask {
    const { masks } = this.#skeleton;
    if (this.#branch) return masks.only([...this.#branch.next.keys()]);
    const { field, continuation } = this.#step();
    if (field.kind !== 'string') throw new Error(`no token of ${field.name} is to be sampled`);
    const spent = this.#isSpent(field);
    const mayClose = spent || this.#characters >= (field.minLength ?? 0);
    const room = spent ? 0 : field.maxLength - this.#characters;
    return masks.next(this.#state, mayClose ? continuation : undefined, room);
  }

  /** Takes the sampled token and its bytes; returns the tokens to feed after it. */
  accept(token: number, bytes: Uint8Array): number[] {
    return this.#branch ? this.#acceptBranch(this.#branch, token) : this.#acceptCharacters(token, bytes);
  }

  #step(): Step {
    const step = this.#skeleton.steps[this.#index];
    if (!step) throw new Error('the answer is not being written');
    return step;
  }

  #isSpent(field: StringField): boolean {
    return this.#tokens >= Math.floor(maxTokensOf(field) * this.#share);
  }

  #acceptBranch(branch: Branch, token: number): number[] {
    const next = branch.next.get(token);
    if (!next) throw new Error(`token ${token} was sampled although it was forbidden`);
    return this.#follow(next);
  }

  /** Follows a branch as far as there is no choice. */
  #follow(start: Branch): number[] {
    const forced: number[] = [];
    let branch = start;
    while (branch.value === undefined && branch.next.size === 1) {
      for (const [token, next] of branch.next) {
        forced.push(token);
        branch = next;
      }
    }
    if (branch.value === undefined) {
      this.#branch = branch;
      return forced;
    }
    this.#branch = undefined;
    const written = JSON.stringify(branch.value);
    const following = this.#finishValue(branch.value, written.slice(1), []);
    return this.done ? [] : [...forced, ...following];
  }

  #acceptCharacters(token: number, bytes: Uint8Array): number[] {
    const { field, continuation } = this.#step();
    const passage = pass(bytes, this.#state);
    const { mustClose } = this;
    this.#tokens++;
    this.#characters += passage?.characters ?? 0;
    if (!passage || (field.kind === 'string' && this.#characters > field.maxLength)) {
      throw new Error(`a token of ${field.name} was sampled although it was forbidden`);
    }
    this.#state = passage.state;
    if (passage.quoteAt < 0) {
      this.#bytes.push(bytes);
      this.#drawn.push(token);
      return [];
    }
    if (mustClose) this.#cut.push(field.name);
    this.#bytes.push(bytes.subarray(0, passage.quoteAt));
    const inner = Buffer.concat(this.#bytes).toString('utf8');
    const rest = continuation.slice(Buffer.from(bytes.subarray(passage.quoteAt + 1)).toString('utf8').length);
    return this.#finishValue(String(JSON.parse(`"${inner}"`)), `${inner}"`, this.#skeleton.tokensOf(rest));
  }

  /** Closes the value and enters the next one. Nothing is fed after the last value. */
  #finishValue(value: string, written: string, forced: readonly number[]): number[] {
    const { field, continuation } = this.#step();
    this.#values.push([field.name, value]);
    this.#json += written + continuation;
    this.done = this.#index === this.#skeleton.steps.length - 1;
    return this.done ? [] : [...forced, ...this.#enterNext()];
  }

  #enterNext(): number[] {
    const step = this.#skeleton.steps[++this.#index];
    if (step?.branches) return this.#follow(step.branches);
    const given = step && this.#given.get(step.field.name);
    if (step && given !== undefined) {
      const written = JSON.stringify(given).slice(1);
      return this.#finishValue(given, written, this.#skeleton.spell(written + step.continuation));
    }
    const begun = (step && this.#begun.get(step.field.name)) ?? '';
    const forced = this.#skeleton.spell(begun);
    this.#state = TEXT_STATE;
    this.#characters = Array.from(begun).length;
    this.#tokens = forced.length;
    this.#bytes = begun === '' ? [] : [Buffer.from(begun)];
    this.#drawn = [];
    return [...forced];
  }
}

function valuesOf(branch: Branch): string[] {
  return branch.value === undefined ? [...branch.next.values()].flatMap(valuesOf) : [branch.value];
}

function textOf(bytes: readonly Uint8Array[]): string {
  const text = Buffer.concat(bytes).toString('utf8');
  return text.replace(/\\(["\\])/g, '$1');
}
