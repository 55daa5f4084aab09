/** Removes what the set-up made in a guild, and nothing else. */
import { DiscordAPIError, RESTJSONErrorCodes, type GuildBasedChannel } from 'discord.js';
import { CATEGORY_KEY, channelKey } from './places.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { describeError } from '#lib/redact.ts';
import type { Inspection, SetupDeps, TeardownReport } from './types.ts';
import { hasCode } from '../discord/api-errors.ts';

/**
 * Channels take their webhooks and messages with them. Their notes go first, so that no post that is still on its way makes
 * a channel again; a channel that cannot be deleted gets its note back.
 */
export async function tearDownGuild(deps: SetupDeps, inspection: Inspection): Promise<TeardownReport> {
  const { guild, keyValues, told } = deps;
  const { setup, teardown } = told.texts;
  const report: TeardownReport = { removed: [], stayed: [] };
  const standing = inspection.places.flatMap(({ plan, channel }) => (channel ? [{ plan, channel }] : []));
  for (const prefix of ['channel:', 'webhook:', 'message:'])
    for (const { name } of keyValues.entries(prefix)) keyValues.delete(name);

  for (const { plan, channel } of standing)
    await remove(deps, channel, channelKey(plan.place), setup.channel(channel.name), report);
  if (!inspection.category) return report;
  const { category } = inspection;
  const others = (await guild.channels.fetch()).filter((channel) => channel?.parentId === category.id);
  if (others.size > 0) {
    keyValues.set(CATEGORY_KEY, category.id);
    report.stayed.push(teardown.categoryInUse(category.name, others.size));
    return report;
  }
  await remove(deps, category, CATEGORY_KEY, setup.category(category.name), report);
  return report;
}

async function remove(
  { keyValues, told, log }: SetupDeps,
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
    keyValues.set(note, channel.id);
    if (!(error instanceof DiscordAPIError)) throw error;
    log.warn(describeError(error), 'a channel could not be removed');
    const { why, cure } = discordRefusal(error, told);
    report.stayed.push(told.texts.teardown.stayed(what, why, cure));
  }
}
