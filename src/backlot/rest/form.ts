import { refusals, type FieldError } from '../discord-error.ts';
import { isSnowflake } from '../guild/snowflake.ts';

type Path = readonly (string | number)[];

/**
 * Reads one JSON object of a request and notes everything that is wrong with it in Discord's words, so that the answer
 * names all mistakes at once. Call `check` when all is read. `null` reads as absent; ask `isNull` where it matters.
 */
export class Form {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #path: Path;
  readonly #errors: FieldError[];

  constructor(value: unknown, path: Path = [], errors: FieldError[] = []) {
    this.#path = path;
    this.#errors = errors;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#fields = new Map(isObject ? Object.entries(value) : []);
    if (!isObject) {
      errors.push({
        path,
        code: 'MODEL_TYPE_CONVERT',
        message: 'Only dictionaries may be used in a ModelType',
      });
    }
  }

  /** Throws 50035 when anything that was read, here or in a part of this form, was wrong. */
  check(): void {
    if (this.#errors.length > 0) throw refusals.invalidForm(this.#errors);
  }

  fail(key: string | readonly (string | number)[], code: string, message: string): void {
    const steps = typeof key === 'string' ? [key] : key;
    this.#errors.push({ path: [...this.#path, ...steps], code, message });
  }

  has(key: string): boolean {
    return this.#fields.get(key) !== undefined;
  }

  isNull(key: string): boolean {
    return this.#fields.get(key) === null;
  }

  raw(key: string): unknown {
    return this.#fields.get(key) ?? undefined;
  }

  /** Notes an error when the field is absent. */
  required(...keys: string[]): this {
    for (const key of keys) {
      if (this.raw(key) === undefined) this.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
    }
    return this;
  }

  /** A string whose length in characters (code points) is within bounds. */
  text(key: string, { min = 0, max = Infinity }: { min?: number; max?: number } = {}): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.#wrongType(key, 'string');
    const length = characterCount(value);
    if (length >= min && length <= max) return value;
    if (max === Infinity || length < min) {
      this.fail(key, 'BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
    } else if (min > 0) {
      this.fail(key, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    } else {
      this.fail(key, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    }
    return undefined;
  }

  integer(
    key: string,
    { min = -Infinity, max = Infinity }: { min?: number; max?: number } = {},
  ): number | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) return this.#wrongType(key, 'integer');
    if (number < min || number > max) {
      this.fail(key, 'NUMBER_TYPE_MIN', `int value should be between ${min} and ${max}.`);
      return undefined;
    }
    return number;
  }

  flag(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    return typeof value === 'boolean' ? value : this.#wrongType(key, 'boolean');
  }

  snowflake(key: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && isSnowflake(value)) return value;
    this.fail(key, 'NUMBER_TYPE_COERCE', `Value "${JSON.stringify(value)}" is not snowflake.`);
    return undefined;
  }

  /** A bit field that Discord writes as a decimal string. */
  bits(key: string): bigint | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if ((typeof value === 'string' || typeof value === 'number') && /^\d+$/.test(String(value)))
      return BigInt(value);
    return this.#wrongType(key, 'integer');
  }

  choice<T extends number | string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const found = allowed.find((each) => each === value);
    if (found === undefined) {
      this.fail(key, 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    }
    return found;
  }

  url(key: string, schemes: readonly string[] = ['http:', 'https:']): string | undefined {
    const value = this.text(key, { max: 2048 });
    if (value === undefined || value === '') return value;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value;
    this.fail(key, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return undefined;
  }

  list(key: string, { min = 0, max = Infinity }: { min?: number; max?: number } = {}): unknown[] | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      this.fail(key, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return undefined;
    }
    if (value.length < min || value.length > max) {
      this.fail(key, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
      return undefined;
    }
    return value;
  }

  /** The objects of a list, each to be read as a form of its own. */
  parts(key: string, bounds: { min?: number; max?: number } = {}): Form[] | undefined {
    return this.list(key, bounds)?.map(
      (item, index) => new Form(item, [...this.#path, key, index], this.#errors),
    );
  }

  part(key: string): Form | undefined {
    const value = this.raw(key);
    return value === undefined ? undefined : new Form(value, [...this.#path, key], this.#errors);
  }

  /** The same form with a field under another name, for rules that are written for that name. */
  renamed(names: Readonly<Record<string, string>>): Form {
    const fields = [...this.#fields].map(([key, value]) => [names[key] ?? key, value] as const);
    return new Form(Object.fromEntries(fields), this.#path, this.#errors);
  }

  #wrongType(key: string, type: string): undefined {
    const code = type === 'integer' ? 'NUMBER_TYPE_COERCE' : `${type.toUpperCase()}_TYPE_CONVERT`;
    this.fail(key, code, `Could not interpret "${JSON.stringify(this.raw(key))}" as ${type}.`);
    return undefined;
  }
}

/** Length as Discord counts it: code points, not UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
