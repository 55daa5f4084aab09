import { refusals } from '../discord-error.ts';
import { INTENT } from './events.ts';
import type { Guild } from './guild.ts';
import { changeMessage, postMessage } from './messages.ts';
import type { ChannelRecord, MessageRecord } from './record.ts';

const PINS_PER_CHANNEL = 50;
const PIN_NOTICE = 6;

/** The pinned messages, the one pinned last first. */
export function pinnedMessages(guild: Guild, channel: ChannelRecord): MessageRecord[] {
  return guild
    .messagesOf(channel.id)
    .filter(({ pinnedAt }) => pinnedAt !== undefined)
    .sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));
}

/** Pins a message and says so in the channel, as Discord does. Pinning twice changes nothing. */
export function pinMessage(guild: Guild, channel: ChannelRecord, record: MessageRecord): void {
  if (record.pinnedAt !== undefined) return;
  if (pinnedMessages(guild, channel).length >= PINS_PER_CHANNEL) throw refusals.tooManyPins();
  record.pinnedAt = new Date().toISOString();
  channel.lastPinAt = record.pinnedAt;
  changeMessage(guild, record, { pinned: true }, { edited: false });
  publishPins(guild, channel);
  postMessage(guild, channel, {
    author: guild.record.bot,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    fileKeys: [],
    flags: 0,
    mentions: { mentions: [], mention_roles: [], mention_everyone: false },
    type: PIN_NOTICE,
    more: {
      message_reference: {
        type: 0,
        message_id: record.message.id,
        channel_id: channel.id,
        guild_id: guild.id,
      },
    },
  });
}

export function unpinMessage(guild: Guild, channel: ChannelRecord, record: MessageRecord): void {
  if (record.pinnedAt === undefined) return;
  delete record.pinnedAt;
  changeMessage(guild, record, { pinned: false }, { edited: false });
  publishPins(guild, channel);
}

function publishPins(guild: Guild, channel: ChannelRecord): void {
  guild.publish({
    t: 'CHANNEL_PINS_UPDATE',
    d: { guild_id: guild.id, channel_id: channel.id, last_pin_timestamp: channel.lastPinAt },
    intents: INTENT.guilds,
    channelId: channel.id,
  });
}
