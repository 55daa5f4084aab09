// An answer is a flat JSON object. Its keys, their order and the kinds of its values are known beforehand, so all but the
// values is forced: it is fed to the model as the tokenizer would have written it, not generated. The rest is sampled: the
// characters of strings, and only those tokens of an enum at which its values differ.
import type { StringMasks } from './string-masks.ts';

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
export interface Branch {
  next: Map<number, Branch>;
  /** The value, once it is the only one left. */
  value?: string;
  /** The number of tokens on the way to the value. */
  length?: number;
}

export interface Step {
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

  /** The tokens of a text that the schema forces. They are kept: there are as many as the schema has. */
  tokensOf(text: string): readonly number[] {
    let tokens = this.#rests.get(text);
    if (!tokens) this.#rests.set(text, (tokens = this.spell(text)));
    return tokens;
  }

  /** The tokens of any text. They are not kept, since the texts of single answers have no end; 200 characters take 0.05 ms. */
  spell(text: string): readonly number[] {
    return text === '' ? [] : this.#tokenize(text);
  }

  /** Of the most tokens, those that its strings can do without: half of theirs. */
  get spareTokens(): number {
    const { strings } = this;
    return strings.reduce((sum, field) => sum + Math.floor(maxTokensOf(field) / 2), 0);
  }

  get strings(): StringField[] {
    return this.steps.flatMap(({ field }) => (field.kind === 'string' ? [field] : []));
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
