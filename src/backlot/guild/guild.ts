import { FileShelf } from '../files.ts';
import { refusals } from '../discord-error.ts';
import type { GuildEvent, GuildListener } from './events.ts';
import type { ChannelRecord, GuildRecord, MemberRecord, MessageRecord, WebhookRecord } from './record.ts';
import { Snowflakes } from './snowflake.ts';
import type { APIUser } from 'discord-api-types/v10';

/**
 * A guild while the backlot runs: its record, its ids, its files, and the listeners to its events. Each file beside this
 * one changes one part of the record and publishes the change.
 */
export class Guild {
  readonly record: GuildRecord;
  readonly ids: Snowflakes;
  readonly files: FileShelf;
  readonly #listeners = new Set<GuildListener>();

  /** Guilds of one backlot share `ids`, so that no two things in them have the same one. */
  constructor(record: GuildRecord, filesFolder: string | undefined, ids = new Snowflakes()) {
    this.record = record;
    this.ids = ids;
    this.ids.continueAfter(record.lastId);
    this.files = new FileShelf(record.files, filesFolder);
  }

  get id(): string {
    return this.record.guild.id;
  }

  get botId(): string {
    return this.record.bot.id;
  }

  /** Whether the bot is a member; it may have been removed. */
  get hasBot(): boolean {
    return this.record.members.some(({ userId }) => userId === this.botId);
  }

  /** Listeners are called in the order in which they subscribed. Returns a function that ends the subscription. */
  subscribe(listener: GuildListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: GuildEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  channel(id: string): ChannelRecord {
    const channel = this.record.channels.find((each) => each.id === id);
    if (channel === undefined) throw refusals.unknownChannel();
    return channel;
  }

  messagesOf(channelId: string): MessageRecord[] {
    return (this.record.messages[channelId] ??= []);
  }

  message(channelId: string, messageId: string): MessageRecord {
    const found = this.messagesOf(channelId).find((each) => each.message.id === messageId);
    if (found === undefined) throw refusals.unknownMessage();
    return found;
  }

  webhook(id: string): WebhookRecord {
    const webhook = this.record.webhooks.find((each) => each.id === id);
    if (webhook === undefined) throw refusals.unknownWebhook();
    return webhook;
  }

  /** A person or the bot. */
  user(id: string): APIUser {
    const user = id === this.botId ? this.record.bot : this.record.people.find((person) => person.id === id);
    if (user === undefined) throw refusals.unknownUser();
    return user;
  }

  member(userId: string): MemberRecord {
    const member = this.record.members.find((each) => each.userId === userId);
    if (member === undefined) throw refusals.unknownMember();
    return member;
  }

  cdnUrl(key: string): string {
    return `${this.record.baseUrl}/cdn/${key.split('/').map(encodeURIComponent).join('/')}`;
  }
}
