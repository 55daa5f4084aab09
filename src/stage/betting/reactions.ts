/**
 * Hears members' reactions on a pool's message and tells the table. It does not hear that the message itself was deleted, which
 * would take an intent for all messages: the table notices when it edits or reads the message, at the latest at the bell.
 */
import { Events, type Client, type MessageReaction, type PartialMessageReaction } from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import type { BettingTable } from './betting-table.ts';
import { describeError } from '#lib/redact.ts';

/** `tableOf` returns the table of a guild's show. */
export function hearReactions(
  client: Client,
  tableOf: (guildId: string) => BettingTable | undefined,
  log: Log,
): void {
  const tableAt = (message: { id: string; guildId: string | null }): BettingTable | undefined => {
    const table = message.guildId === null ? undefined : tableOf(message.guildId);
    return table?.isTable(message.id) === true ? table : undefined;
  };
  const guarded = (what: string, work: () => Promise<void> | void): void => {
    const done = async (): Promise<void> => await work();
    done().catch((error: unknown) => log.error(describeError(error), `${what} could not be counted`));
  };

  client.on(Events.MessageReactionAdd, (reaction, user) => {
    guarded('a reaction', async () => {
      const table = tableAt(reaction.message);
      // In a guild the member comes with the reaction, so nothing need be requested here, and the order is kept.
      if (!table) return;
      const known = user.partial ? await user.fetch() : user;
      if (!known.bot) table.heard(user.id, emojiOf(reaction), true);
    });
  });
  client.on(Events.MessageReactionRemove, (reaction, user) => {
    guarded('a reaction taken off', () =>
      tableAt(reaction.message)?.heard(user.id, emojiOf(reaction), false),
    );
  });
  client.on(Events.MessageReactionRemoveAll, (message) => {
    guarded('the end of all reactions', () => tableAt(message)?.cleared());
  });
  client.on(Events.MessageReactionRemoveEmoji, (reaction) => {
    guarded('the end of a reaction', () => tableAt(reaction.message)?.reconcile());
  });
  client.on(Events.ChannelDelete, (channel) => {
    guarded('a deleted betting window', () => {
      if (!channel.isDMBased()) tableOf(channel.guildId)?.channelDeleted(channel.id);
    });
  });
}

function emojiOf(reaction: MessageReaction | PartialMessageReaction): string {
  return reaction.emoji.name ?? '';
}
