/** What members can do in Discord. The page and the tests' viewers both act through these functions. */
import {
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits as P,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
} from 'discord-api-types/v10';
import { readCommandLine } from './command-line.ts';
import { commandsFor } from './guild/commands.ts';
import type { Guild } from './guild/guild.ts';
import { deleteMessage, isLoading, postMessage } from './guild/messages.ts';
import { canView, channelPermissions } from './guild/permissions.ts';
import { addReaction, parseEmoji, removeReaction } from './guild/reactions.ts';
import type { ChannelRecord, MessageRecord } from './guild/record.ts';
import type { FirstAnswer, Interaction, InteractionStart } from './interactions.ts';
import { filledIn } from './modal-values.ts';
import type { Backstage } from './rest/call.ts';
import { composeDraft } from './rest/compose.ts';
import { Form } from './rest/form.ts';
import { readMessageInput, requireSomething } from './rest/message-input.ts';
import { notPermitted, ViewerRefusal } from './viewer-refusal.ts';

export interface StartedInteraction {
  interaction: Interaction;
  acknowledged: Promise<FirstAnswer>;
}

/** A channel that the member sees, by id or by name, with or without `#`. */
export function visibleChannel(guild: Guild, userId: string, idOrName: string): ChannelRecord {
  const name = idOrName.replace(/^#/, '');
  const channel = guild.record.channels.find((each) => each.id === idOrName || each.name === name);
  if (channel === undefined || !canView(guild, userId, channel)) {
    throw new ViewerRefusal(`There is no channel "${idOrName}" that you can see.`);
  }
  return channel;
}

/** Whether the member may write in a channel. Where that is denied, commands are as well; buttons and reactions are not. */
export function mayWrite(guild: Guild, userId: string, channel: ChannelRecord): boolean {
  return (channelPermissions(guild, userId, channel) & P.SendMessages) !== 0n;
}

/** What the member sees in a channel, oldest first: private replies only if they are for this member. */
export function visibleMessages(guild: Guild, userId: string, channel: ChannelRecord): MessageRecord[] {
  if (!canView(guild, userId, channel)) return [];
  return guild
    .messagesOf(channel.id)
    .filter((record) => (record.onlyFor === undefined || record.onlyFor === userId) && !isLoading(record));
}

export function say({ guild }: Backstage, userId: string, channelId: string, content: string): MessageRecord {
  const channel = visibleChannel(guild, userId, channelId);
  requirePermission(guild, userId, channel, P.SendMessages, 'You may not write in this channel.');
  const input = readMessageInput(new Form({ content }), []);
  requireSomething(input);
  return postMessage(
    guild,
    channel,
    composeDraft(guild, channel, input, { author: guild.user(userId), userId }),
  );
}

/** Uses a command from the menu of a message (a context-menu command). */
export function messageCommand(
  backstage: Backstage,
  userId: string,
  channelId: string,
  messageId: string,
  name: string,
): StartedInteraction {
  const { guild } = backstage;
  const channel = commandChannel(guild, userId, channelId);
  const { message } = visibleMessage(guild, userId, channel, messageId);
  const chosen = commandsFor(guild, userId, channel).find(
    (each) => each.type === ApplicationCommandType.Message && each.name === name,
  );
  if (chosen === undefined) throw new ViewerRefusal(`There is no command "${name}" that you may use here.`);
  const data = {
    id: chosen.id,
    type: chosen.type,
    name: chosen.name,
    ...(chosen.guild_id === undefined ? {} : { guild_id: chosen.guild_id }),
    target_id: messageId,
    resolved: { messages: { [messageId]: message } },
  };
  const type = InteractionType.ApplicationCommand;
  return start(backstage, { type, userId, channel, data, commandName: chosen.name });
}

export function command(
  backstage: Backstage,
  userId: string,
  channelId: string,
  line: string,
  options: Readonly<Record<string, string>>,
): StartedInteraction {
  const { guild } = backstage;
  const channel = commandChannel(guild, userId, channelId);
  const { command: chosen, data } = readCommandLine(
    guild,
    commandsFor(guild, userId, channel),
    line,
    options,
  );
  return start(backstage, {
    type: InteractionType.ApplicationCommand,
    userId,
    channel,
    data,
    commandName: chosen.name,
  });
}

/** What the bot proposes for an option that is being typed. */
export async function autocomplete(
  backstage: Backstage,
  userId: string,
  channelId: string,
  line: string,
  options: Readonly<Record<string, string>>,
  focused: string,
): Promise<APIApplicationCommandOptionChoice[]> {
  const { guild } = backstage;
  const channel = commandChannel(guild, userId, channelId);
  const { data } = readCommandLine(guild, commandsFor(guild, userId, channel), line, options, focused);
  const type = InteractionType.ApplicationCommandAutocomplete;
  const answer = await start(backstage, { type, userId, channel, data }).acknowledged;
  return answer.type === 'choices' ? answer.choices : [];
}

/** Presses a button or, with `values`, chooses in a select. */
export function press(
  backstage: Backstage,
  userId: string,
  channelId: string,
  messageId: string,
  customId: string,
  values?: readonly string[],
): StartedInteraction {
  const { guild } = backstage;
  const channel = visibleChannel(guild, userId, channelId);
  const source = visibleMessage(guild, userId, channel, messageId);
  const component = findComponent(source.message.components ?? [], customId);
  if (component === undefined) throw new ViewerRefusal('This message has no such button.');
  if (component['disabled'] === true) throw new ViewerRefusal('This button is switched off.');
  const isButton = component['type'] === ComponentType.Button;
  const data = {
    custom_id: customId,
    component_type: component['type'],
    id: component['id'],
    ...(isButton ? {} : { values: values ?? [] }),
  };
  return start(backstage, { type: InteractionType.MessageComponent, userId, channel, data, source });
}

/** Submits a form that the bot opened; `values` are by the fields' custom ids. */
export function submitModal(
  backstage: Backstage,
  opened: Interaction,
  values: Readonly<Record<string, string>>,
): StartedInteraction {
  if (opened.firstAnswer?.type !== 'modal') throw new ViewerRefusal('The bot opened no form.');
  const { modal } = opened.firstAnswer;
  const components = filledIn(modal, values);
  const { userId, channel, source } = opened;
  const data = { custom_id: modal.custom_id, components };
  const type = InteractionType.ModalSubmit;
  return start(backstage, {
    type,
    userId,
    channel,
    data,
    openedBy: opened,
    ...(source === undefined ? {} : { source }),
  });
}

/** Submits the form that the bot opened for this member in answer to that interaction. */
export function submitOpenForm(
  backstage: Backstage,
  userId: string,
  interactionId: string,
  values: Readonly<Record<string, string>>,
): StartedInteraction {
  const opened = backstage.interactions.byId(interactionId);
  if (opened?.userId !== userId) throw new ViewerRefusal('This form is closed.');
  return submitModal(backstage, opened, values);
}

export function react(
  { guild }: Backstage,
  userId: string,
  channelId: string,
  messageId: string,
  emoji: string,
  on: boolean,
): void {
  const channel = visibleChannel(guild, userId, channelId);
  const record = visibleMessage(guild, userId, channel, messageId);
  if (record.onlyFor !== undefined) throw new ViewerRefusal('Nobody can react to a private reply.');
  if (!on) {
    removeReaction(guild, record, emoji, userId);
    return;
  }
  const { id, name } = parseEmoji(guild, emoji);
  // Members who may not add reactions can still click those that are there.
  if (!record.reactions.some((each) => each.emoji.id === id && each.emoji.name === name)) {
    requirePermission(guild, userId, channel, P.AddReactions, 'You may not add reactions in this channel.');
  }
  addReaction(guild, record, emoji, userId);
}

/** Closes a private reply. */
export function dismiss({ guild }: Backstage, userId: string, messageId: string): void {
  const all = Object.values(guild.record.messages).flat();
  const record = all.find(({ message, onlyFor }) => message.id === messageId && onlyFor === userId);
  if (record === undefined) throw new ViewerRefusal('There is no such private reply.');
  deleteMessage(guild, record);
}

/** A channel that the member may use commands in. */
function commandChannel(guild: Guild, userId: string, idOrName: string): ChannelRecord {
  const channel = visibleChannel(guild, userId, idOrName);
  const reason = `You may not write in #${channel.name}, so you cannot use commands there. Its buttons work.`;
  requirePermission(guild, userId, channel, P.SendMessages, reason);
  return channel;
}

function start(backstage: Backstage, interaction: InteractionStart): StartedInteraction {
  if (!backstage.gateway.hasSession || !backstage.guild.hasBot)
    throw new ViewerRefusal('The bot is offline.');
  return backstage.interactions.start(interaction);
}

function visibleMessage(
  guild: Guild,
  userId: string,
  channel: ChannelRecord,
  messageId: string,
): MessageRecord {
  const record = visibleMessages(guild, userId, channel).find(({ message }) => message.id === messageId);
  if (record === undefined) throw new ViewerRefusal('This message is gone.');
  return record;
}

function requirePermission(
  guild: Guild,
  userId: string,
  channel: ChannelRecord,
  bit: bigint,
  reason: string,
): void {
  if ((channelPermissions(guild, userId, channel) & bit) === 0n) throw notPermitted(reason);
}

type Component = Record<string, unknown>;

/** Looks through rows, sections and containers. */
function findComponent(
  components: NonNullable<APIMessage['components']> | unknown[],
  customId: string,
): Component | undefined {
  for (const each of components) {
    if (typeof each !== 'object' || each === null) continue;
    const component: Component = { ...each };
    if (component['custom_id'] === customId) return component;
    const inner = component['components'];
    const nested = [...(Array.isArray(inner) ? (inner as unknown[]) : []), component['accessory']];
    const found = findComponent(nested, customId);
    if (found !== undefined) return found;
  }
  return undefined;
}
