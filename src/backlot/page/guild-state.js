// @ts-check
/**
 * What the viewer knows of the guild, kept up to date from the server's frames. Objects in it are replaced, never
 * changed, when their content changes, so that a view can tell by identity what it must draw anew.
 *
 * @typedef {import('../page-protocol.ts').ServerFrame} ServerFrame
 * @typedef {import('../page-protocol.ts').Persona} Persona
 * @typedef {import('discord-api-types/v10').APIMessage} APIMessage
 * @typedef {import('discord-api-types/v10').APIUser} APIUser
 * @typedef {import('discord-api-types/v10').APIRole} APIRole
 * @typedef {import('discord-api-types/v10').APIApplicationCommand} APIApplicationCommand
 * @typedef {{ id: string, type: number, name: string, parent_id?: string | null, position?: number, topic?: string | null,
 *   permission_overwrites?: { id: string, deny: string }[] }} Channel
 * @typedef {{ channelId: string, interactionId: string, ephemeral: boolean, sinceMs: number }} Thinking
 *
 * @typedef {object} GuildState
 * @property {{ id: string, name: string, description: string | null, roles: APIRole[] }} guild
 * @property {Map<string, Channel>} channels
 * @property {Map<string, APIMessage[]>} messages newest last, by channel
 * @property {APIApplicationCommand[]} commands
 * @property {Persona[]} personas
 * @property {string} as the id of the user that the viewer acts as
 * @property {boolean} botOnline
 * @property {ReadonlySet<string>} readOnly where the viewer may not write, by channel
 * @property {APIUser | undefined} bot as its role names it, then as it signs what it writes
 * @property {Map<string, Thinking>} thinking by interaction
 * @property {Map<string, number>} unread messages that came since the viewer last looked, by channel
 * @property {object} directory replaced whenever a name that messages may mention changes
 */

import { isLoading, isPrivate, isWebhookVoice } from './messages.js';
import { countReaction, mergeReactions, sameEmoji } from './reactions.js';

/** More than this many messages a channel are not kept: the page is a window, not an archive. */
const keptMessages = 100;

/**
 * @param {Extract<ServerFrame, { type: 'snapshot' }>} frame
 * @param {GuildState} [before] what the same viewer knew: what was unread and unanswered stays so
 * @returns {GuildState}
 */
export function fromSnapshot(frame, before) {
  /** @type {GuildState} */
  const state = {
    guild: frame.guild,
    channels: new Map(frame.channels.map((channel) => [channel.id, /** @type {Channel} */ (channel)])),
    messages: new Map(),
    commands: frame.commands,
    personas: frame.personas,
    as: frame.as,
    botOnline: frame.botOnline,
    readOnly: new Set(frame.readOnly),
    bot: botOf(frame.guild.roles),
    thinking: new Map(before?.thinking),
    unread: new Map([...(before?.unread ?? [])].filter(([channelId]) => channelId in frame.messages)),
    directory: {},
  };
  for (const [channelId, messages] of Object.entries(frame.messages)) {
    state.messages.set(channelId, messages.slice(-keptMessages));
    for (const message of messages) learnBot(state, message);
  }
  return state;
}

/** Discord gives every bot a role of its own that tells whose it is. @param {APIRole[]} roles @returns {APIUser | undefined} */
function botOf(roles) {
  const role = roles.find(({ tags }) => tags?.bot_id !== undefined);
  const id = role?.tags?.bot_id;
  if (role === undefined || id === undefined) return undefined;
  return { id, username: role.name, global_name: null, discriminator: '0', avatar: null, bot: true };
}

/**
 * Takes in one frame that came after the snapshot.
 *
 * @param {GuildState} state
 * @param {ServerFrame} frame
 */
export function applyFrame(state, frame) {
  if (frame.type === 'commands') state.commands = frame.commands;
  else if (frame.type === 'readOnly') state.readOnly = new Set(frame.channelIds);
  else if (frame.type === 'bot') {
    state.botOnline = frame.online;
    if (!frame.online) state.thinking.clear();
  } else if (frame.type === 'thinking') {
    const { channelId, interactionId, ephemeral } = frame;
    state.thinking.set(interactionId, { channelId, interactionId, ephemeral, sinceMs: Date.now() });
  } else if (frame.type === 'event') applyEvent(state, frame.t, /** @type {any} */ (frame.d));
}

/**
 * @param {GuildState} state
 * @param {string} name
 * @param {any} data Discord's payload of that event
 */
function applyEvent(state, name, data) {
  switch (name) {
    case 'MESSAGE_CREATE':
      addMessage(state, data);
      break;
    case 'MESSAGE_UPDATE':
      settleThinking(state, data);
      changeMessage(state, data.channel_id, data.id, (message) => ({
        ...message,
        ...data,
        reactions: mergeReactions(message.reactions, data.reactions),
      }));
      break;
    case 'MESSAGE_DELETE':
      dropMessages(state, data.channel_id, [data.id]);
      break;
    case 'MESSAGE_DELETE_BULK':
      dropMessages(state, data.channel_id, data.ids);
      break;
    case 'MESSAGE_REACTION_ADD':
    case 'MESSAGE_REACTION_REMOVE': {
      const step = name === 'MESSAGE_REACTION_ADD' ? 1 : -1;
      const own = data.user_id === state.as;
      changeMessage(state, data.channel_id, data.message_id, (message) => ({
        ...message,
        reactions: countReaction(message.reactions ?? [], data.emoji, step, own),
      }));
      break;
    }
    case 'MESSAGE_REACTION_REMOVE_ALL':
      changeMessage(state, data.channel_id, data.message_id, (message) => ({ ...message, reactions: [] }));
      break;
    case 'MESSAGE_REACTION_REMOVE_EMOJI':
      changeMessage(state, data.channel_id, data.message_id, (message) => ({
        ...message,
        reactions: (message.reactions ?? []).filter((reaction) => !sameEmoji(reaction.emoji, data.emoji)),
      }));
      break;
    case 'CHANNEL_CREATE':
    case 'CHANNEL_UPDATE':
    case 'THREAD_CREATE':
    case 'THREAD_UPDATE':
      state.channels.set(data.id, { ...state.channels.get(data.id), ...data });
      state.directory = {};
      break;
    case 'CHANNEL_DELETE':
    case 'THREAD_DELETE':
      state.channels.delete(data.id);
      state.messages.delete(data.id);
      state.unread.delete(data.id);
      state.directory = {};
      break;
    case 'GUILD_UPDATE':
      state.guild = { ...state.guild, name: data.name ?? state.guild.name };
      break;
    case 'GUILD_ROLE_CREATE':
    case 'GUILD_ROLE_UPDATE':
      state.guild = {
        ...state.guild,
        roles: [...state.guild.roles.filter((role) => role.id !== data.role.id), data.role],
      };
      state.directory = {};
      break;
    case 'GUILD_ROLE_DELETE':
      state.guild = { ...state.guild, roles: state.guild.roles.filter((role) => role.id !== data.role_id) };
      state.directory = {};
      break;
    default: // Discord sends many more events than a window onto a guild shows.
  }
}

/** @param {GuildState} state @param {APIMessage} message */
function addMessage(state, message) {
  settleThinking(state, message);
  learnBot(state, message);
  const before = state.messages.get(message.channel_id) ?? [];
  if (before.some((known) => known.id === message.id)) return;
  state.messages.set(message.channel_id, [...before, message].slice(-keptMessages));
  if (message.author.id !== state.as && !isPrivate(message)) {
    state.unread.set(message.channel_id, (state.unread.get(message.channel_id) ?? 0) + 1);
  }
}

/**
 * @param {GuildState} state
 * @param {string} channelId
 * @param {string} messageId
 * @param {(message: APIMessage) => APIMessage} change
 */
function changeMessage(state, channelId, messageId, change) {
  const messages = state.messages.get(channelId);
  const at = messages?.findIndex((message) => message.id === messageId) ?? -1;
  const message = messages?.[at];
  if (messages && message) state.messages.set(channelId, messages.with(at, change(message)));
}

/** @param {GuildState} state @param {string} channelId @param {string[]} ids */
export function dropMessages(state, channelId, ids) {
  const gone = new Set(ids);
  const messages = state.messages.get(channelId) ?? [];
  state.messages.set(
    channelId,
    messages.filter((message) => !gone.has(message.id)),
  );
}

/** The snapshot does not show the bot's account as such. @param {GuildState} state @param {APIMessage} message */
function learnBot(state, message) {
  if (message.author.bot !== true || isWebhookVoice(message)) return;
  if (state.bot?.id === message.author.id && state.bot.avatar === message.author.avatar) return;
  state.bot = message.author;
  state.directory = {};
}

/** @param {GuildState} state @param {APIMessage} message */
function settleThinking(state, message) {
  const interactionId = message.interaction_metadata?.id;
  if (interactionId !== undefined && !isLoading(message)) {
    state.thinking.delete(interactionId);
  }
}
