import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Guild } from './guild.ts';

/**
 * A message as a bot gets it, over the gateway and over REST. Without MESSAGE_CONTENT, what others said is blank, unless
 * it mentions the bot. Its own webhooks count as others; with a webhook's token their messages are read whole.
 */
export function withoutContent(guild: Guild, message: unknown, intents: number): unknown {
  if ((intents & GatewayIntentBits.MessageContent) !== 0) return message;
  const fields = asObject(message);
  const author = asObject(fields['author']);
  const mentions = Array.isArray(fields['mentions']) ? fields['mentions'] : [];
  const isOwn = author['id'] === guild.botId;
  if (isOwn || mentions.some((user) => asObject(user)['id'] === guild.botId)) return message;
  return { ...fields, content: '', embeds: [], attachments: [], components: [] };
}

export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
