/** From what a member typed into the composer to the `data` of an interaction, with Discord's checks of options. */
import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType as T, ApplicationCommandType } from 'discord-api-types/v10';
import type { Guild } from './guild/guild.ts';
import { renderChannel, renderMember } from './guild/render.ts';
import { ViewerRefusal } from './viewer-refusal.ts';

const ATTACHMENT_MAX_BYTES = 10 * 2 ** 20;
const SLASH = ApplicationCommandType.ChatInput;

interface OptionData {
  name: string;
  type: T;
  value: string | number | boolean;
  focused?: true;
}

type Resolved = Record<'users' | 'members' | 'roles' | 'channels' | 'attachments', Record<string, object>>;

export interface CommandLine {
  command: APIApplicationCommand;
  /** The `data` of the interaction. */
  data: object;
}

/**
 * `line` is the command's name with its subcommands ("show start"). With `focused`, the named option is being typed: only
 * then may required options be missing and values be unfinished.
 */
export function readCommandLine(
  guild: Guild,
  commands: readonly APIApplicationCommand[],
  line: string,
  values: Readonly<Record<string, string>>,
  focused?: string,
): CommandLine {
  const [name = '', ...path] = line.trim().replace(/^\//, '').split(/\s+/);
  const command = commands.find((each) => each.type === SLASH && each.name === name);
  if (command === undefined) throw new ViewerRefusal(`There is no command /${name} that you may use here.`);
  const leaf = descend(command, path);
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {}, attachments: {} };
  const options = readOptions(guild, leaf.options, values, focused, resolved);
  const data = {
    id: command.id,
    type: command.type,
    name: command.name,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...withResolved(resolved),
    options: leaf.path.reduceRight<object[]>((inner, step) => [{ ...step, options: inner }], options),
  };
  return { command, data };
}

function descend(
  command: APIApplicationCommand,
  names: readonly string[],
): { options: APIApplicationCommandBasicOption[]; path: { name: string; type: T }[] } {
  const path: { name: string; type: T }[] = [];
  let options: APIApplicationCommandOption[] = command.options ?? [];
  const rest = [...names];
  for (;;) {
    const nested = options.filter((each) => each.type === T.Subcommand || each.type === T.SubcommandGroup);
    const said = ['', command.name, ...path.map((step) => step.name)].join(' ').trim();
    if (nested.length === 0) {
      if (rest.length > 0) throw new ViewerRefusal(`/${said} has no subcommand "${rest.join(' ')}".`);
      return {
        options: options.filter((each) => each.type !== T.Subcommand && each.type !== T.SubcommandGroup),
        path,
      };
    }
    const wanted = rest.shift();
    const next = nested.find((each) => each.name === wanted);
    if (next === undefined) {
      throw new ViewerRefusal(`/${said} needs one of: ${nested.map((each) => each.name).join(', ')}.`);
    }
    path.push({ name: next.name, type: next.type });
    options = next.options ?? [];
  }
}

function readOptions(
  guild: Guild,
  options: readonly APIApplicationCommandBasicOption[],
  values: Readonly<Record<string, string>>,
  focused: string | undefined,
  resolved: Resolved,
): OptionData[] {
  for (const name of Object.keys(values)) {
    if (!options.some((each) => each.name === name)) throw new ViewerRefusal(`There is no option "${name}".`);
  }
  const read: OptionData[] = [];
  for (const option of options) {
    const text = values[option.name] ?? (option.name === focused ? '' : undefined);
    if (option.name === focused) {
      // What is still being typed goes as it is, a number as text.
      read.push({ name: option.name, type: option.type, value: text ?? '', focused: true });
    } else if (text === undefined || text === '') {
      if (option.required === true && focused === undefined) {
        throw new ViewerRefusal(`The option "${option.name}" is required.`);
      }
    } else {
      read.push({ name: option.name, type: option.type, value: readValue(guild, option, text, resolved) });
    }
  }
  return read;
}

function readValue(
  guild: Guild,
  option: APIApplicationCommandBasicOption,
  text: string,
  resolved: Resolved,
): string | number | boolean {
  switch (option.type) {
    case T.String:
      return readChoice(option, text) ?? readText(option, text);
    case T.Integer:
    case T.Number:
      return readChoice(option, text) ?? readNumber(option, text);
    case T.Boolean:
      if (!/^(?:true|false|yes|no)$/i.test(text))
        throw new ViewerRefusal(`"${option.name}" must be true or false.`);
      return /^(?:true|yes)$/i.test(text);
    case T.User:
      return resolveUser(guild, option.name, text, resolved);
    case T.Role:
      return resolveRole(guild, option.name, text, resolved);
    case T.Channel:
      return resolveChannel(guild, option.name, text, resolved);
    case T.Mentionable:
      return text.startsWith('<@&')
        ? resolveRole(guild, option.name, text, resolved)
        : resolveUser(guild, option.name, text, resolved);
    case T.Attachment:
      return resolveAttachment(guild, option.name, text, resolved);
    default:
      option satisfies never;
      throw new ViewerRefusal('This kind of option is unknown here.');
  }
}

type Choosable = Extract<APIApplicationCommandBasicOption, { type: T.String | T.Integer | T.Number }>;

/** Undefined when the option has no choices; a choice may be given by its name or its value. */
function readChoice(option: Choosable, text: string): string | number | undefined {
  const choices: readonly { name: string; value: string | number }[] = option.choices ?? [];
  if (choices.length === 0) return undefined;
  const chosen = choices.find((each) => String(each.value) === text || each.name === text);
  if (chosen === undefined) {
    throw new ViewerRefusal(
      `"${option.name}" must be one of: ${choices.map((each) => each.name).join(', ')}.`,
    );
  }
  return chosen.value;
}

function readText(option: Extract<Choosable, { type: T.String }>, text: string): string {
  const min = ('min_length' in option ? option.min_length : undefined) ?? 0;
  const max = ('max_length' in option ? option.max_length : undefined) ?? 6000;
  if (text.length >= min && text.length <= max) return text;
  throw new ViewerRefusal(`"${option.name}" must have between ${min} and ${max} characters.`);
}

function readNumber(option: Extract<Choosable, { type: T.Integer | T.Number }>, text: string): number {
  const number = Number(text);
  if (
    text.trim() === '' ||
    !Number.isFinite(number) ||
    (option.type === T.Integer && !Number.isSafeInteger(number))
  ) {
    throw new ViewerRefusal(
      `"${option.name}" must be a ${option.type === T.Integer ? 'whole number' : 'number'}.`,
    );
  }
  const min = 'min_value' in option ? option.min_value : undefined;
  const max = 'max_value' in option ? option.max_value : undefined;
  if (number >= (min ?? -Infinity) && number <= (max ?? Infinity)) return number;
  throw new ViewerRefusal(`"${option.name}" must be ${rangeText(min, max)}.`);
}

/** A range that is open at one end names the other alone. */
function rangeText(min: number | undefined, max: number | undefined): string {
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : `between ${min} and ${max}`;
}

function resolveUser(guild: Guild, option: string, text: string, resolved: Resolved): string {
  const wanted = text.replace(/^<@!?(\d+)>$/, '$1').replace(/^@/, '');
  const user = [...guild.record.people, guild.record.bot].find(
    (each) => each.id === wanted || each.username === wanted || each.global_name === wanted,
  );
  if (user === undefined)
    throw new ViewerRefusal(`"${option}" must be a member, and nobody here is called "${text}".`);
  resolved.users[user.id] = user;
  const { user: _, ...member } = { user, ...renderMember(guild, guild.member(user.id)) };
  resolved.members[user.id] = { ...member, permissions: '0' };
  return user.id;
}

function resolveRole(guild: Guild, option: string, text: string, resolved: Resolved): string {
  const wanted = text.replace(/^<@&(\d+)>$/, '$1').replace(/^@/, '');
  const role = guild.record.roles.find((each) => each.id === wanted || each.name === wanted);
  if (role === undefined)
    throw new ViewerRefusal(`"${option}" must be a role, and there is no role "${text}".`);
  resolved.roles[role.id] = role;
  return role.id;
}

function resolveChannel(guild: Guild, option: string, text: string, resolved: Resolved): string {
  const wanted = text.replace(/^<#(\d+)>$/, '$1').replace(/^#/, '');
  const channel = guild.record.channels.find((each) => each.id === wanted || each.name === wanted);
  if (channel === undefined)
    throw new ViewerRefusal(`"${option}" must be a channel, and there is no channel "${text}".`);
  resolved.channels[channel.id] = { ...renderChannel(guild, channel), permissions: '0' };
  return channel.id;
}

/** A file, as `data:application/json;name=card.json;base64,...`. */
function resolveAttachment(guild: Guild, option: string, text: string, resolved: Resolved): string {
  const [, type = '', name = '', data] =
    /^data:([\w.+/-]{0,100});name=([^;,]{1,300});base64,([A-Za-z0-9+/=]*)$/.exec(text) ?? [];
  if (data === undefined) throw new ViewerRefusal(`"${option}" takes a file; choose one.`);
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > ATTACHMENT_MAX_BYTES)
    throw new ViewerRefusal(
      `Your files are too powerful. The limit is ${ATTACHMENT_MAX_BYTES / 2 ** 20} MB.`,
    );
  const id = guild.ids.next();
  const filename = decodeURIComponent(name).replaceAll(/[^\w.-]/g, '_');
  const key = `ephemeral-attachments/${guild.record.application.id}/${id}/${filename}`;
  const contentType = type === '' ? 'application/octet-stream' : type;
  guild.files.put(key, bytes, contentType);
  const url = guild.cdnUrl(key);
  resolved.attachments[id] = {
    id,
    filename,
    size: bytes.length,
    url,
    proxy_url: url,
    content_type: contentType,
    ephemeral: true,
  };
  return id;
}

function withResolved(resolved: Resolved): { resolved?: Partial<Resolved> } {
  const filled = Object.entries(resolved).filter(([, entries]) => Object.keys(entries).length > 0);
  return filled.length === 0 ? {} : { resolved: Object.fromEntries(filled) };
}
