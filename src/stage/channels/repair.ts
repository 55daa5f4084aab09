/**
 * Mends the permissions of channels that stand: what the bot itself needs there, and that the green room is for producers.
 * What an admin withheld from members stays withheld. Discord lets a bot do it only with Manage Roles.
 */
import { DiscordAPIError, OverwriteType, PermissionsBitField, type GuildMember } from 'discord.js';
import { greenRoomRoles } from './plan.ts';
import { heldOf, IN_CHANNELS, lackedIn, namesOf, WELCOME } from './permissions.ts';
import { PRODUCER_ROLE_KEY } from './places.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { describeError } from '#lib/redact.ts';
import type { InspectedPlace, Inspection, SetupDeps, SetupReport, ShowChannel } from './types.ts';

/** True when something was changed, so that an inspection from before no longer tells how it is. */
export async function repairPermissions(
  deps: SetupDeps,
  { me, places }: Inspection,
  report: SetupReport,
): Promise<boolean> {
  const { told, log } = deps;
  const { setup } = told.texts;
  const ill = places.filter(({ repairable }) => repairable);
  for (const place of ill) {
    const { channel, exposed } = place;
    if (!channel) continue;
    try {
      await repairOwn(channel, me, place, deps, report);
      if (exposed) await seal(channel, me, deps, report);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      log.warn({ place: place.plan.place, ...describeError(error) }, 'permissions could not be mended');
      const { why, cure } = discordRefusal(error, told);
      report.problems.push(setup.refused(setup.channel(channel.name), why, cure));
    }
  }
  return ill.length > 0;
}

/** Before everybody is shut out of a channel the bot must be let in by name, or it shuts itself out. */
async function repairOwn(
  channel: ShowChannel,
  me: GuildMember,
  { exposed }: InspectedPlace,
  { told: { texts } }: SetupDeps,
  report: SetupReport,
): Promise<void> {
  const lacked = lackedIn(channel.permissionsFor(me), IN_CHANNELS);
  const grant = exposed ? heldOf(me, [...IN_CHANNELS, ...WELCOME]) : lacked;
  if (grant.length === 0) return;
  await channel.permissionOverwrites.edit(me.id, allowing(grant), { type: OverwriteType.Member });
  if (lacked.length === 0) return;
  const names = namesOf(lacked).map((name) => texts.permissions[name]);
  report.mended.push(texts.setup.mendedOwn(texts.setup.channel(channel.name), names.join(', ')));
}

/** Producers see it already, as everybody does: they go on seeing it, but for those whom an admin named. */
async function seal(
  channel: ShowChannel,
  me: GuildMember,
  { guild, keyValues, told }: SetupDeps,
  report: SetupReport,
): Promise<void> {
  const { ViewChannel, SendMessages } = PermissionsBitField.Flags;
  const { permissionOverwrites } = channel;
  for (const role of greenRoomRoles(guild, keyValues.get(PRODUCER_ROLE_KEY))) {
    if (permissionOverwrites.cache.has(role.id)) continue;
    const allow = allowing(heldOf(me, [ViewChannel, SendMessages]));
    await permissionOverwrites.edit(role.id, allow, { type: OverwriteType.Role });
  }
  await permissionOverwrites.edit(guild.id, { ViewChannel: false }, { type: OverwriteType.Role });
  report.mended.push(told.texts.setup.sealed(told.texts.setup.channel(channel.name)));
}

const allowing = (bits: readonly bigint[]) =>
  Object.fromEntries(new PermissionsBitField(bits).toArray().map((name) => [name, true]));
