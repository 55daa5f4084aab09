// An answer is a flat JSON object. Its keys, their order and the kinds of its values are known beforehand, so all but the
// values is forced: it is fed to the model as the tokenizer would have written it, not generated. The rest is sampled: the
// characters of strings, and only those tokens of an enum at which its values differ.
import { pass, TEXT_STATE, type Mask, type StringMasks } from './string-masks.ts';

export interface StringField {
  name: string;
  kind: 'string';
  /** The most characters (code points). */
  maxLength: number;
  /** The fewest characters. Default: 0. */
  minLength?: number;
  /** The most tokens, a second limit beside maxLength. Default: half of maxLength, and 8 more. */
  maxTokens?: number;
}

export interface EnumField {
  name: string;
  kind: 'enum';
  values: readonly string[];
}

export type Field = StringField | EnumField;

/** Fields in the order in which they are written. */
export type AnswerSchema = readonly Field[];

export function maxTokensOf(field: StringField): number {
  return field.maxTokens ?? Math.ceil(field.maxLength / 2) + 8;
}

/** A tree of the tokens of an enum's values, with all that is forced after them. */
interface Branch {
  next: Map<number, Branch>;
  /** The value, once it is the only one left. */
  value?: string;
  /** The number of tokens on the way to the value. */
  length?: number;
}

interface Step {
  field: Field;
  /** What follows the value's closing quote, up to where the next value begins. */
  continuation: string;
  branches?: Branch;
}

/** One schema in the tokens of one model. It serves any number of answers. */
export class Skeleton {
  readonly steps: readonly Step[];
  readonly opening: readonly number[];
  readonly openingText: string;
  readonly masks: StringMasks;
  readonly #tokenize: (text: string) => readonly number[];
  readonly #rests = new Map<string, readonly number[]>();

  /** @throws RangeError for a schema without fields, a name twice, an enum without values or a value twice,
   *   and for a vocabulary that cannot write quotes */
  constructor(schema: AnswerSchema, masks: StringMasks, tokenize: (text: string) => readonly number[]) {
    checkSchema(schema);
    this.masks = masks;
    this.#tokenize = tokenize;
    this.openingText = `{${JSON.stringify(schema[0]?.name ?? '')}:"`;
    this.opening = tokenize(this.openingText);
    this.steps = schema.map((field, index) => {
      const following = schema[index + 1];
      const continuation = following ? `,${JSON.stringify(following.name)}:"` : '}';
      if (field.kind === 'string') {
        const fillable = !field.minLength || masks.canFill();
        if (!fillable || !masks.canClose(continuation)) {
          throw new RangeError(`the vocabulary of the model cannot write ${field.name} within its limits`);
        }
        return { field, continuation };
      }
      return { field, continuation, branches: this.#branchesOf(field.values, `"${continuation}`) };
    });
  }

  /** The tokens of a text that is forced; the same list for the same text. */
  tokensOf(text: string): readonly number[] {
    let tokens = this.#rests.get(text);
    if (!tokens) this.#rests.set(text, (tokens = text === '' ? [] : this.#tokenize(text)));
    return tokens;
  }

  /** The most tokens that an answer can have, forced ones included. */
  maxTokens(): number {
    let tokens = this.opening.length;
    for (const { field, continuation, branches } of this.steps) {
      if (field.kind === 'string')
        tokens += maxTokensOf(field) + 8 + this.tokensOf(`"${continuation}`).length;
      else if (branches) tokens += longestPath(branches);
    }
    return tokens;
  }

  /** Builds the masks that every answer needs: each takes a look at the whole vocabulary. */
  prepare(): void {
    for (const { field, continuation } of this.steps) {
      if (field.kind !== 'string') continue;
      this.masks.forbidden(TEXT_STATE, continuation, field.maxLength);
      if (field.minLength) this.masks.forbidden(TEXT_STATE, undefined, field.maxLength);
    }
  }

  #branchesOf(values: readonly string[], ending: string): Branch {
    const root: Branch = { next: new Map() };
    for (const value of values) {
      const path = this.tokensOf(JSON.stringify(value).slice(1, -1) + ending);
      let branch = root;
      for (const token of path) {
        let next = branch.next.get(token);
        if (!next) branch.next.set(token, (next = { next: new Map() }));
        branch = next;
      }
      branch.value = value;
      branch.length = path.length;
    }
    return root;
  }
}

function checkSchema(schema: AnswerSchema): void {
  if (schema.length === 0) throw new RangeError('an answer needs at least one field');
  if (new Set(schema.map(({ name }) => name)).size < schema.length)
    throw new RangeError('a field is named twice');
  for (const field of schema) {
    if (field.kind === 'enum') {
      if (field.values.length === 0) throw new RangeError(`the enum ${field.name} has no values`);
      if (new Set(field.values).size < field.values.length)
        throw new RangeError(`${field.name} has a value twice`);
    } else if (!(field.maxLength >= (field.minLength ?? 0)) || maxTokensOf(field) < 1) {
      throw new RangeError(`the limits of ${field.name} leave no room`);
    }
  }
}

function longestPath(branch: Branch): number {
  if (branch.length !== undefined) return branch.length;
  return Math.max(...[...branch.next.values()].map(longestPath));
}

/** Writes one answer along a skeleton. */
export class AnswerWriter {
  done = false;
  readonly #skeleton: Skeleton;
  readonly #values: [name: string, value: string][] = [];
  #json: string;
  #index = -1;
  #branch: Branch | undefined;
  #state = TEXT_STATE;
  #characters = 0;
  #tokens = 0;
  #bytes: Uint8Array[] = [];

  constructor(skeleton: Skeleton) {
    this.#skeleton = skeleton;
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

  /** Whether the next token is part of a string, not of an enum. */
  get inString(): boolean {
    return this.#branch === undefined;
  }

  /** The name of the field that is being written. */
  get field(): string {
    return this.#step().field.name;
  }

  /** The string so far, unescaped; the replacement character stands for a part of a character at its end. */
  get text(): string {
    return textOf(this.#bytes);
  }

  /** Whether only the end of the string is left, since its room or its tokens are spent. */
  get mustClose(): boolean {
    const { field } = this.#step();
    if (field.kind !== 'string') return false;
    return this.#tokens >= maxTokensOf(field) || this.#characters >= field.maxLength;
  }

  /** The string as the token would leave it. For a token that may come. */
  preview(bytes: Uint8Array): { text: string; closes: boolean } {
    const quoteAt = pass(bytes, this.#state)?.quoteAt ?? -1;
    const closes = quoteAt >= 0;
    return { text: textOf([...this.#bytes, closes ? bytes.subarray(0, quoteAt) : bytes]), closes };
  }

  /** The tokens that must not be sampled next if the string is to end here. It must not be within a character. */
  closings(): Mask {
    return this.#skeleton.masks.forbidden(this.#state, this.#step().continuation, 0);
  }

  /** Tokens to feed before the first sample. */
  begin(): number[] {
    return [...this.#skeleton.opening, ...this.#enterNext()];
  }

  /** The tokens that must not be sampled next. */
  forbidden(): Mask {
    const { masks } = this.#skeleton;
    if (this.#branch) return masks.allBut([...this.#branch.next.keys()]);
    const { field, continuation } = this.#step();
    if (field.kind !== 'string') throw new Error(`no token of ${field.name} is to be sampled`);
    const spent = this.#tokens >= maxTokensOf(field);
    const mayClose = spent || this.#characters >= (field.minLength ?? 0);
    const room = spent ? 0 : field.maxLength - this.#characters;
    return masks.forbidden(this.#state, mayClose ? continuation : undefined, room);
  }

  /** Takes the sampled token and its bytes; returns the tokens to feed after it. */
  accept(token: number, bytes: Uint8Array): number[] {
    return this.#branch ? this.#acceptBranch(this.#branch, token) : this.#acceptCharacters(bytes);
  }

  #step(): Step {
    const step = this.#skeleton.steps[this.#index];
    if (!step) throw new Error('the answer is not being written');
    return step;
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

  #acceptCharacters(bytes: Uint8Array): number[] {
    const { field, continuation } = this.#step();
    const passage = pass(bytes, this.#state);
    this.#tokens++;
    this.#characters += passage?.characters ?? 0;
    if (!passage || (field.kind === 'string' && this.#characters > field.maxLength)) {
      throw new Error(`a token of ${field.name} was sampled although it was forbidden`);
    }
    this.#state = passage.state;
    if (passage.quoteAt < 0) {
      this.#bytes.push(bytes);
      return [];
    }
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
    this.#state = TEXT_STATE;
    this.#characters = 0;
    this.#tokens = 0;
    this.#bytes = [];
    return [];
  }
}

function textOf(bytes: readonly Uint8Array[]): string {
  const text = Buffer.concat(bytes).toString('utf8');
  return text.replace(/\\(["\\])/g, '$1');
}
