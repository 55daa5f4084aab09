import {
  ApplicationCommandOptionType as T,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10';
import type { CommandInput } from '../guild/commands.ts';
import { LOCALES } from '../guild/locale.ts';
import { compact } from './embeds.ts';
import { characterCount, Form } from './form.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const OPTIONS_PER_COMMAND = 25;
/** Names, descriptions and values of a command, its options and its choices, each in its longest language. */
const CHARACTERS_IN_ALL = 8000;
const CONTEXTS: readonly unknown[] = Object.values(InteractionContextType);
const OPTION_TYPES: readonly number[] = Object.values(T).filter((each) => typeof each === 'number');

/** Reads one command's definition. With `partial`, for an edit, nothing is required. */
export function readCommand(form: Form, { partial = false } = {}): CommandInput {
  const type = form.choice('type', [1, 2, 3]) ?? ApplicationCommandType.ChatInput;
  const isChatInput = type === ApplicationCommandType.ChatInput;
  if (!partial) form.required('name', ...(isChatInput ? ['description'] : []));
  const permissions = form.bits('default_member_permissions')?.toString();
  checkWords(form, isChatInput);
  const contexts = form.isNull('contexts') ? null : form.list('contexts');
  for (const [index, context] of (contexts ?? []).entries()) {
    if (!CONTEXTS.includes(context))
      form.fail(
        ['contexts', index],
        'BASE_TYPE_CHOICES',
        `Value must be one of {${CONTEXTS.filter((each) => typeof each === 'number').join(', ')}}.`,
      );
  }
  const length = lengthOf(form);
  if (length > CHARACTERS_IN_ALL) {
    form.fail(
      'name',
      'APPLICATION_COMMAND_TOO_LARGE',
      `Command exceeds maximum size of ${CHARACTERS_IN_ALL} characters (${length})`,
    );
  }
  return {
    type,
    name: isChatInput ? readName(form) : (form.text('name', { min: 1, max: 32 }) ?? ''),
    description: form.text('description', { min: isChatInput ? 1 : 0, max: isChatInput ? 100 : 0 }),
    defaultMemberPermissions: form.isNull('default_member_permissions') ? null : permissions,
    options: readOptions(form, 0),
    nsfw: form.flag('nsfw'),
    contexts,
    integrationTypes: form.list('integration_types'),
    dmPermission: form.flag('dm_permission'),
  };
}

/** Reads a list of commands that takes the place of all there are. */
export function readCommands(forms: readonly Form[]): CommandInput[] {
  const inputs = forms.map((form) => readCommand(form));
  const known = new Set<string>();
  for (const [index, { type, name }] of inputs.entries()) {
    if (known.has(`${type} ${name}`))
      forms[index]?.fail(
        'name',
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    known.add(`${type} ${name}`);
  }
  return inputs;
}

function readName(form: Form): string {
  const name = form.text('name', { min: 1, max: 32 });
  if (name !== undefined) checkName(form, 'name', name);
  return name ?? '';
}

function checkName(form: Form, key: string | readonly string[], name: string): void {
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    form.fail(key, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** Names and descriptions in other languages obey the rules of the first one. */
function checkWords(form: Form, isLowerCase: boolean): void {
  for (const [locale, name] of wordsOf(form, 'name_localizations')) {
    if (isLowerCase) checkName(form, ['name_localizations', locale], name);
  }
  for (const [locale, description] of wordsOf(form, 'description_localizations')) {
    const length = characterCount(description);
    if (length < 1 || length > 100) {
      form.fail(
        ['description_localizations', locale],
        'BASE_TYPE_BAD_LENGTH',
        'Must be between 1 and 100 in length.',
      );
    }
  }
}

function wordsOf(form: Form, key: string): [locale: string, text: string][] {
  const given = form.raw(key);
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([locale, text]): [string, string][] => {
    if (!LOCALES.includes(locale))
      form.fail([key, locale], 'BASE_TYPE_CHOICES', `${locale} is not a supported locale.`);
    return typeof text === 'string' ? [[locale, text]] : [];
  });
}

function lengthOf(form: Form): number {
  const longest = (key: string): number => {
    const texts = [form.raw(key), ...Object.values(form.raw(`${key}_localizations`) ?? {})];
    return Math.max(0, ...texts.map((text) => (typeof text === 'string' ? characterCount(text) : 0)));
  };
  const value = form.raw('value');
  const inner = [...(form.parts('options') ?? []), ...(form.parts('choices') ?? [])];
  return (
    longest('name') +
    longest('description') +
    (typeof value === 'string' ? characterCount(value) : 0) +
    inner.reduce((sum, each) => sum + lengthOf(each), 0)
  );
}

function readOptions(form: Form, depth: number): object[] | undefined {
  const parts = form.parts('options', { max: OPTIONS_PER_COMMAND });
  if (parts === undefined) return undefined;
  const names = new Set<string>();
  let optionalSeen = false;
  const nested = parts.filter((part) => isNesting(part.raw('type')));
  if (nested.length > 0 && nested.length < parts.length) {
    form.fail(
      'options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  return parts.map((part) => {
    const option = readOption(part, depth);
    if (names.has(option.name)) {
      part.fail('name', 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    }
    names.add(option.name);
    const required = part.flag('required') ?? false;
    if (required && optionalSeen) {
      form.fail(
        'options',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optionalSeen ||= !required && option.type > T.SubcommandGroup;
    return option;
  });
}

const isNesting = (type: unknown): boolean => type === T.SubcommandGroup || type === T.Subcommand;

function readOption(form: Form, depth: number): { type: number; name: string } {
  form.required('type', 'name', 'description');
  const type = form.choice('type', OPTION_TYPES) ?? 0;
  const isGroup = type === T.SubcommandGroup;
  const isNested = isNesting(type);
  checkWords(form, true);
  checkBounds(form, 'min_value', 'max_value');
  checkBounds(form, 'min_length', 'max_length');
  if (isNested && depth > (isGroup ? 0 : 1)) {
    form.fail('type', 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-command option cannot be nested here');
  }
  const choices =
    type === T.String || type === T.Integer || type === T.Number ? readChoices(form, type) : undefined;
  const autocomplete = form.flag('autocomplete');
  if (autocomplete === true && (choices ?? []).length > 0) {
    form.fail(
      'autocomplete',
      'APPLICATION_COMMAND_OPTION_CHOICES_AUTOCOMPLETE',
      'Choices and autocomplete are mutually exclusive',
    );
  }
  return compact({
    type,
    name: readName(form),
    description: form.text('description', { min: 1, max: 100 }) ?? '',
    required: isNested ? undefined : (form.flag('required') ?? false),
    choices,
    autocomplete,
    min_value: numberOf(form, 'min_value'),
    max_value: numberOf(form, 'max_value'),
    min_length: form.integer('min_length', { min: 0, max: 6000 }),
    max_length: form.integer('max_length', { min: 1, max: 6000 }),
    channel_types: form.list('channel_types'),
    options: isNested ? (readOptions(form, depth + 1) ?? []) : undefined,
  });
}

function readChoices(form: Form, type: number): object[] | undefined {
  return form.parts('choices', { max: 25 })?.map((choice) => {
    choice.required('name', 'value');
    return {
      name: choice.text('name', { min: 1, max: 100 }) ?? '',
      value:
        type === T.String ? (choice.text('value', { max: 100 }) ?? '') : (numberOf(choice, 'value') ?? 0),
    };
  });
}

function checkBounds(form: Form, least: string, most: string): void {
  const [min, max] = [form.raw(least), form.raw(most)];
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    form.fail(most, 'APPLICATION_COMMAND_OPTION_BOUNDS', `${most} must not be less than ${least}`);
  }
}

function numberOf(form: Form, key: string): number | undefined {
  const value = form.raw(key);
  if (value === undefined || typeof value === 'number') return value;
  form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${JSON.stringify(value)}" is not a number.`);
  return undefined;
}
