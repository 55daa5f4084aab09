/**
 * Hears members' reactions on a pool's message and tells the table. That the message itself was deleted is not heard (it
 * would take an intent for all messages): the table finds out when it edits or reads it, at the bell at the latest.
 */
import {
  Events,
  type Client,
  type MessageReaction,
  type PartialMessageReaction,
  type PartialUser,
  type User,
} from 'discord.js';
import type { Log } from '#show/ports.ts';
import type { BettingTable } from './betting-table.ts';
import { describeError } from './redact.ts';

/** `tables` are all that stand now, one a guild. */
export function hearReactions(client: Client, tables: () => readonly BettingTable[], log: Log): void {
  const tableOf = (messageId: string): BettingTable | undefined =>
    tables().find((table) => table.isTable(messageId));
  const guarded = (what: string, work: () => Promise<void> | void): void => {
    const done = async (): Promise<void> => await work();
    done().catch((error: unknown) => log.error(describeError(error), `${what} could not be counted`));
  };

  client.on(Events.MessageReactionAdd, (reaction, user) => {
    const table = tableOf(reaction.message.id);
    if (!table) return;
    guarded('a reaction', async () => {
      if (await isMember(user)) await table.reacted(user.id, emojiOf(reaction));
    });
  });
  client.on(Events.MessageReactionRemove, (reaction, user) => {
    guarded('a reaction taken off', () =>
      tableOf(reaction.message.id)?.unreacted(user.id, emojiOf(reaction)),
    );
  });
  client.on(Events.MessageReactionRemoveAll, (message) => {
    guarded('the end of all reactions', () => tableOf(message.id)?.cleared());
  });
  client.on(Events.MessageReactionRemoveEmoji, (reaction) => {
    guarded('the end of a reaction', () => tableOf(reaction.message.id)?.reconcile());
  });
  client.on(Events.ChannelDelete, (channel) => {
    guarded('a deleted betting window', () => {
      for (const table of tables()) table.channelDeleted(channel.id);
    });
  });
}

async function isMember(user: User | PartialUser): Promise<boolean> {
  const known = user.partial ? await user.fetch() : user;
  return !known.bot;
}

function emojiOf(reaction: MessageReaction | PartialMessageReaction): string {
  return reaction.emoji.name ?? '';
}
