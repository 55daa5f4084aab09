import type { APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import { channelPermissions } from './permissions.ts';
import type { ChannelRecord } from './record.ts';

const COMMANDS_PER_SCOPE = 100;
const NEEDED_FOR_COMMANDS = PermissionFlagsBits.UseApplicationCommands | PermissionFlagsBits.SendMessages;

/** One command's definition, already checked. What an edit leaves out is undefined. */
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

/** Commands are registered for the whole application or for the one guild. */
export type CommandScope = 'global' | 'guild';

export function commandsOf(guild: Guild, scope: CommandScope): APIApplicationCommand[] {
  return scope === 'global' ? guild.record.globalCommands : guild.record.guildCommands;
}

export function findCommand(guild: Guild, scope: CommandScope, id: string): APIApplicationCommand {
  const command = commandsOf(guild, scope).find((each) => each.id === id);
  if (command === undefined) throw refusals.unknownCommand();
  return command;
}

/** Registers a command; one of the same name and type is replaced and keeps its id. Tells whether it is new. */
export function upsertCommand(
  guild: Guild,
  scope: CommandScope,
  input: CommandInput,
): { command: APIApplicationCommand; isNew: boolean } {
  const commands = commandsOf(guild, scope);
  const known = commands.find((each) => each.name === input.name && each.type === input.type);
  if (known === undefined && commands.length >= COMMANDS_PER_SCOPE) throw refusals.tooManyCommands();
  const command = build(guild, scope, input, known?.id);
  store(guild, scope, [...commands.filter((each) => each !== known), command]);
  return { command, isNew: known === undefined };
}

/** Makes these the only commands of the scope. */
export function replaceCommands(
  guild: Guild,
  scope: CommandScope,
  inputs: readonly CommandInput[],
): APIApplicationCommand[] {
  if (inputs.length > COMMANDS_PER_SCOPE) throw refusals.tooManyCommands();
  const before = commandsOf(guild, scope);
  const next = inputs.map((input) =>
    build(
      guild,
      scope,
      input,
      before.find((each) => each.name === input.name && each.type === input.type)?.id,
    ),
  );
  store(guild, scope, next);
  return next;
}

export function editCommand(
  guild: Guild,
  scope: CommandScope,
  id: string,
  input: CommandInput,
): APIApplicationCommand {
  const known = findCommand(guild, scope, id);
  const edited = {
    ...known,
    ...build(
      guild,
      scope,
      {
        ...input,
        type: known.type,
        name: input.name === '' ? known.name : input.name,
        description: input.description ?? known.description,
        options: input.options ?? known.options,
        defaultMemberPermissions:
          input.defaultMemberPermissions === undefined
            ? known.default_member_permissions
            : input.defaultMemberPermissions,
      },
      id,
    ),
  };
  store(
    guild,
    scope,
    commandsOf(guild, scope).map((each) => (each === known ? edited : each)),
  );
  return edited;
}

export function deleteCommand(guild: Guild, scope: CommandScope, id: string): void {
  const known = findCommand(guild, scope, id);
  store(
    guild,
    scope,
    commandsOf(guild, scope).filter((each) => each !== known),
  );
}

/** The commands that a member is offered: those of the guild hide global ones of the same name. */
export function commandsFor(guild: Guild, userId: string, channel?: ChannelRecord): APIApplicationCommand[] {
  const { guildCommands, globalCommands } = guild.record;
  const names = new Set(guildCommands.map(({ name }) => name));
  const all = [...guildCommands, ...globalCommands.filter(({ name }) => !names.has(name))];
  return all
    .filter((command) => mayUse(guild, command, userId, channel))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function mayUse(
  guild: Guild,
  command: APIApplicationCommand,
  userId: string,
  channel: ChannelRecord | undefined,
): boolean {
  const somewhere = channel === undefined ? guild.record.channels : [channel];
  const needed = command.default_member_permissions;
  return somewhere.some((each) => {
    const bits = channelPermissions(guild, userId, each);
    // A member who may not write in a channel cannot use commands there.
    if ((bits & NEEDED_FOR_COMMANDS) !== NEEDED_FOR_COMMANDS) return false;
    if (needed === null) return true;
    // "0" closes a command to all but administrators.
    if (needed === '0') return (bits & PermissionFlagsBits.Administrator) !== 0n;
    return (bits & BigInt(needed)) === BigInt(needed);
  });
}

function build(
  guild: Guild,
  scope: CommandScope,
  input: CommandInput,
  knownId: string | undefined,
): APIApplicationCommand {
  const command = {
    id: knownId ?? guild.ids.next(),
    application_id: guild.record.application.id,
    version: guild.ids.next(),
    type: input.type,
    name: input.name,
    name_localizations: null,
    description: input.description ?? '',
    description_localizations: null,
    default_member_permissions: input.defaultMemberPermissions ?? null,
    ...(input.options === undefined ? {} : { options: input.options }),
    nsfw: input.nsfw ?? false,
    integration_types: input.integrationTypes ?? [0],
    ...(scope === 'guild'
      ? { guild_id: guild.id }
      : { dm_permission: input.dmPermission ?? true, contexts: input.contexts ?? [0, 1, 2] }),
  };
  return command as APIApplicationCommand;
}

function store(guild: Guild, scope: CommandScope, commands: APIApplicationCommand[]): void {
  if (scope === 'global') guild.record.globalCommands = commands;
  else guild.record.guildCommands = commands;
  guild.publish({ t: COMMANDS_CHANGED, d: null, intents: INTENT.always, audience: 'pages' });
}

/** Not one of Discord's events: it tells the pages that the commands changed. */
export const COMMANDS_CHANGED = 'BACKLOT_COMMANDS_CHANGED';
