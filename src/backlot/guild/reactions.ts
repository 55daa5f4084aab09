import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import type { MessageRecord, ReactionRecord } from './record.ts';
import { renderMember } from './render.ts';

const DISTINCT_REACTIONS = 20;

// One emoji that Unicode recommends, or one whose variation selector was left out.
const UNICODE_EMOJI = /^(?:\p{RGI_Emoji}|[\p{Emoji}--[0-9#*]]\uFE0F?)$/v;

/** Reads an emoji as reactions name it: a unicode one, or `name:id` of one of the guild's own. */
export function parseEmoji(guild: Guild, text: string): ReactionRecord['emoji'] {
  const custom = /^(?:a:)?(\w{2,32}):(\d+)$/.exec(text);
  if (custom === null) {
    if (!UNICODE_EMOJI.test(text)) throw refusals.unknownEmoji();
    return { id: null, name: text };
  }
  const known = guild.record.emojis.find((emoji) => emoji.id === custom[2]);
  if (known === undefined) throw refusals.unknownEmoji();
  const animated = known.animated === true ? { animated: true } : {};
  return { id: known.id, name: known.name ?? custom[1] ?? '', ...animated };
}

export function addReaction(guild: Guild, record: MessageRecord, emojiText: string, userId: string): void {
  const emoji = parseEmoji(guild, emojiText);
  let reaction = find(record, emoji);
  if (reaction === undefined) {
    if (record.reactions.length >= DISTINCT_REACTIONS) throw refusals.tooManyReactions();
    reaction = { emoji, userIds: [] };
    record.reactions.push(reaction);
  }
  if (reaction.userIds.includes(userId)) return;
  reaction.userIds.push(userId);
  publish(guild, record, 'MESSAGE_REACTION_ADD', {
    ...about(reaction, userId),
    member: renderMember(guild, guild.member(userId)),
    message_author_id: record.message.author.id,
  });
}

export function removeReaction(guild: Guild, record: MessageRecord, emojiText: string, userId: string): void {
  const reaction = find(record, parseEmoji(guild, emojiText));
  if (reaction === undefined || !reaction.userIds.includes(userId)) return;
  reaction.userIds = reaction.userIds.filter((id) => id !== userId);
  if (reaction.userIds.length === 0) forget(record, reaction);
  publish(guild, record, 'MESSAGE_REACTION_REMOVE', about(reaction, userId));
}

export function removeEmoji(guild: Guild, record: MessageRecord, emojiText: string): void {
  const reaction = find(record, parseEmoji(guild, emojiText));
  if (reaction === undefined) throw refusals.unknownEmoji();
  forget(record, reaction);
  publish(guild, record, 'MESSAGE_REACTION_REMOVE_EMOJI', { emoji: reaction.emoji });
}

export function removeAllReactions(guild: Guild, record: MessageRecord): void {
  record.reactions = [];
  publish(guild, record, 'MESSAGE_REACTION_REMOVE_ALL', {});
}

/** The users who reacted, in the order of their ids, as Discord lists them. */
export function reactionUserIds(guild: Guild, record: MessageRecord, emojiText: string): string[] {
  const reaction = find(record, parseEmoji(guild, emojiText));
  return [...(reaction?.userIds ?? [])].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}

function find(record: MessageRecord, emoji: ReactionRecord['emoji']): ReactionRecord | undefined {
  return record.reactions.find((each) =>
    emoji.id === null ? each.emoji.id === null && each.emoji.name === emoji.name : each.emoji.id === emoji.id,
  );
}

function forget(record: MessageRecord, reaction: ReactionRecord): void {
  record.reactions = record.reactions.filter((each) => each !== reaction);
}

function about(reaction: ReactionRecord, userId: string): object {
  return { user_id: userId, emoji: reaction.emoji, burst: false, type: 0 };
}

function publish(guild: Guild, record: MessageRecord, t: string, d: object): void {
  const { id, channel_id } = record.message;
  guild.publish({
    t,
    d: { message_id: id, channel_id, guild_id: guild.id, ...d },
    intents: INTENT.reactions,
    channelId: channel_id,
  });
}
