/** Removes what the set-up made in a guild, and nothing else. */
import { DiscordAPIError, RESTJSONErrorCodes, type GuildBasedChannel } from 'discord.js';
import { CATEGORY_KEY } from './places.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { describeError } from '#lib/redact.ts';
import type { Inspection, SetupDeps, TeardownReport } from './types.ts';
import { hasCode } from '../discord/api-errors.ts';

/**
 * Channels take their webhooks and messages with them. Their records are deleted first, so that no post that is still on its way
 * makes a channel again. A channel that cannot be deleted is recorded again.
 */
export async function tearDownGuild(deps: SetupDeps, inspection: Inspection): Promise<TeardownReport> {
  const { guild, keyValues, places, told } = deps;
  const { setup, teardown } = told.texts;
  const report: TeardownReport = { removed: [], stayed: [] };
  const standing = inspection.places.flatMap(({ plan, channel }) => (channel ? [{ plan, channel }] : []));
  places.clear();
  keyValues.delete(CATEGORY_KEY);

  for (const { plan, channel } of standing)
    await remove(deps, channel, setup.channel(channel.name), report, () =>
      places.setChannel(plan.place, channel.id),
    );
  if (!inspection.category) return report;
  const { category } = inspection;
  const recordAgain = (): void => keyValues.set(CATEGORY_KEY, category.id);
  const others = (await guild.channels.fetch()).filter((channel) => channel?.parentId === category.id);
  if (others.size > 0) {
    recordAgain();
    report.stayed.push(teardown.categoryInUse(category.name, others.size));
    return report;
  }
  await remove(deps, category, setup.category(category.name), report, recordAgain);
  return report;
}

async function remove(
  { told, log }: SetupDeps,
  channel: GuildBasedChannel,
  what: string,
  report: TeardownReport,
  recordAgain: () => void,
): Promise<void> {
  try {
    await channel.delete();
    report.removed.push(what);
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return;
    recordAgain();
    if (!(error instanceof DiscordAPIError)) throw error;
    log.warn(describeError(error), 'a channel could not be removed');
    const { why, cure } = discordRefusal(error, told);
    report.stayed.push(told.texts.teardown.stayed(what, why, cure));
  }
}
