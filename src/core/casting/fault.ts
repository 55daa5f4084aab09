/** What is wrong with a file that was handed in: the field, and the rule that it breaks. Texts are the stage's. */
import type { z } from 'zod';

/** Facts are texts or numbers that the sentence needs. */
export type Fault =
  | { field: string; rule: 'missing' }
  | { field: string; rule: 'wrongType'; expected: string }
  | { field: string; rule: 'tooShort' | 'tooLong' | 'tooSmall' | 'tooLarge'; limit: number }
  | { field: string; rule: 'oneOf'; allowed: string }
  | { field: string; rule: 'unknownField'; names: string }
  | { field: string; rule: 'form'; form: FieldForm }
  | { field: string; rule: 'taken'; value: string; by: string }
  | { field: string; rule: 'refusedName'; value: string }
  | { field: string; rule: 'blocked' }
  | { field: string; rule: 'slots'; limit: number }
  | { field: string; rule: 'other'; says: string };

/** Forms that a text must have. */
export const FIELD_FORMS = ['id', 'name', 'emoji', 'color', 'text'] as const;
export type FieldForm = (typeof FIELD_FORMS)[number];

/** What zod found, in these words; at most `limit`, in the file's order. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], limit: number): Fault[] {
  return issues.slice(0, limit).map(faultOf);
}

function faultOf(issue: z.core.$ZodIssue): Fault {
  const field = fieldName(issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? { field, rule: 'missing' }
        : { field, rule: 'wrongType', expected: issue.expected };
    case 'too_small':
      return {
        field,
        rule: issue.origin === 'string' || issue.origin === 'array' ? 'tooShort' : 'tooSmall',
        limit: Number(issue.minimum),
      };
    case 'too_big':
      return {
        field,
        rule: issue.origin === 'string' || issue.origin === 'array' ? 'tooLong' : 'tooLarge',
        limit: Number(issue.maximum),
      };
    case 'invalid_value':
      return { field, rule: 'oneOf', allowed: issue.values.map(String).join(', ') };
    case 'unrecognized_keys':
      return { field, rule: 'unknownField', names: issue.keys.slice(0, 5).join(', ') };
    case 'invalid_format':
      return { field, rule: 'form', form: formOf(issue.path) };
    default:
      return issue.path.at(-1) === 'emoji'
        ? { field, rule: 'form', form: 'emoji' }
        : { field, rule: 'other', says: issue.message };
  }
}

function formOf(path: readonly PropertyKey[]): FieldForm {
  const last = path.at(-1);
  return FIELD_FORMS.find((form) => form === last) ?? 'id';
}

/** `examples[2].does.speech`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./u, '');
}
