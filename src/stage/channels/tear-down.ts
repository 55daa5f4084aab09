/** Removes what the set-up made in a guild, and nothing else. */
import { ChannelType, DiscordAPIError, RESTJSONErrorCodes, type GuildBasedChannel } from 'discord.js';
import { CATEGORY_NOTE, channelNote } from './places.ts';
import { describeError } from '#lib/redact.ts';
import type { SetupParts } from './set-up.ts';
import type { Survey } from './inspect.ts';
import { hasCode } from '../discord/api.ts';

export interface TeardownReport {
  /** Names of what is gone now. */
  removed: string[];
  /** What stayed and why: one line each. */
  stayed: string[];
}

/**
 * Channels take their webhooks and messages with them. Notes go first, so that nothing that is still being posted makes a
 * channel again; what cannot be deleted keeps its note.
 */
export async function tearDownGuild(parts: SetupParts, survey: Survey): Promise<TeardownReport> {
  const { guild, notes, told } = parts;
  const { setup, teardown } = told.texts;
  const report: TeardownReport = { removed: [], stayed: [] };
  const standing = survey.places.flatMap(({ blueprint, channel }) =>
    channel ? [{ blueprint, channel }] : [],
  );
  for (const prefix of ['channel:', 'webhook:', 'message:'])
    for (const { name } of notes.entries(prefix)) notes.delete(name);

  for (const { blueprint, channel } of standing)
    await remove(parts, channel, channelNote(blueprint.place), setup.channel(channel.name), report);
  if (!survey.category) return report;
  const { category } = survey;
  const others = (await guild.channels.fetch()).filter((channel) => channel?.parentId === category.id);
  if (others.size > 0) {
    notes.set(CATEGORY_NOTE, category.id);
    report.stayed.push(teardown.categoryInUse(category.name, others.size));
    return report;
  }
  await remove(parts, category, CATEGORY_NOTE, setup.category(category.name), report);
  return report;
}

async function remove(
  { notes, told, log }: SetupParts,
  channel: GuildBasedChannel,
  note: string,
  what: string,
  report: TeardownReport,
): Promise<void> {
  try {
    await channel.delete();
    report.removed.push(what);
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return;
    notes.set(note, channel.id);
    if (!(error instanceof DiscordAPIError)) throw error;
    log.warn(describeError(error), 'a channel could not be removed');
    const isCategory = channel.type === ChannelType.GuildCategory;
    report.stayed.push(told.texts.teardown.stayed(what, told.shown(error.message, 200), isCategory));
  }
}
