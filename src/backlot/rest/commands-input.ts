import { ApplicationCommandOptionType as T, ApplicationCommandType } from 'discord-api-types/v10';
import { compact } from './embeds.ts';
import { Form } from './form.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const OPTIONS_PER_COMMAND = 25;
const OPTION_TYPES: readonly number[] = Object.values(T).filter((each) => typeof each === 'number');

export interface CommandInput {
  type: ApplicationCommandType;
  name: string;
  description: string | undefined;
  defaultMemberPermissions: string | null | undefined;
  options: object[] | undefined;
  nsfw: boolean | undefined;
  contexts: unknown[] | null | undefined;
  integrationTypes: unknown[] | undefined;
  dmPermission: boolean | undefined;
}

/** Reads one command's definition. With `partial`, for an edit, nothing is required. */
export function readCommand(form: Form, { partial = false } = {}): CommandInput {
  const type = form.choice('type', [1, 2, 3]) ?? ApplicationCommandType.ChatInput;
  const isChatInput = type === ApplicationCommandType.ChatInput;
  if (!partial) form.required('name', ...(isChatInput ? ['description'] : []));
  const permissions = form.bits('default_member_permissions')?.toString();
  return {
    type,
    name: isChatInput ? readName(form) : (form.text('name', { min: 1, max: 32 }) ?? ''),
    description: form.text('description', { min: isChatInput ? 1 : 0, max: isChatInput ? 100 : 0 }),
    defaultMemberPermissions: form.isNull('default_member_permissions') ? null : permissions,
    options: readOptions(form, 0),
    nsfw: form.flag('nsfw'),
    contexts: form.isNull('contexts') ? null : form.list('contexts'),
    integrationTypes: form.list('integration_types'),
    dmPermission: form.flag('dm_permission'),
  };
}

function readName(form: Form): string {
  const name = form.text('name', { min: 1, max: 32 });
  if (name === undefined) return '';
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    form.fail('name', 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  return name;
}

function readOptions(form: Form, depth: number): object[] | undefined {
  const parts = form.parts('options', { max: OPTIONS_PER_COMMAND });
  if (parts === undefined) return undefined;
  const names = new Set<string>();
  let optionalSeen = false;
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

function readOption(form: Form, depth: number): { type: number; name: string } {
  form.required('type', 'name', 'description');
  const type = form.choice('type', OPTION_TYPES) ?? 0;
  const isGroup = type === T.SubcommandGroup;
  const isNested = isGroup || type === T.Subcommand;
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

function numberOf(form: Form, key: string): number | undefined {
  const value = form.raw(key);
  if (value === undefined || typeof value === 'number') return value;
  form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${JSON.stringify(value)}" is not a number.`);
  return undefined;
}
