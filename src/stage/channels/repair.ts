/**
 * Mends the permissions of existing channels: those that the bot itself needs there, and those that keep the green room for
 * producers. What an admin withholds from members stays withheld. Discord lets a bot do this only with Manage Roles.
 */
import { DiscordAPIError, OverwriteType, PermissionsBitField, type GuildMember } from 'discord.js';
import { greenRoomRoles } from './plan.ts';
import { heldOf, IN_CHANNELS, lackedIn, namesOf, WELCOME } from './permissions.ts';
import { PRODUCER_ROLE_KEY } from './places.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { describeError } from '#lib/redact.ts';
import type { InspectedPlace, Inspection, SetupDeps, SetupReport, ShowChannel } from './types.ts';

/** Resolves to whether something was changed, so that an earlier inspection is out of date. */
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

/** The bot must be let in by name before everybody is shut out of a channel, or it would shut itself out. */
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

/** Producers still see the channel afterwards, unless an admin's own overwrite names their role. */
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
