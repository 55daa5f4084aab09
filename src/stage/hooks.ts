/** The traders' webhooks: one a trader a room with its portrait, so that each looks like a member of the server. */
import type { TextChannel, Webhook } from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { RoomId } from '#core/vocabulary.ts';
import { describeError } from './redact.ts';
import type { SetupParts, SetupReport } from './setup.ts';

/** Makes the missing webhooks of a room; those of the bot that bear a trader's name are taken over. */
export async function setUpHooks(
  parts: SetupParts,
  room: RoomId,
  channel: TextChannel,
  report: SetupReport,
): Promise<void> {
  const { places, wording, guild } = parts;
  const standing = [...(await channel.fetchWebhooks()).values()].filter(
    (hook) => hook.applicationId === guild.client.application.id,
  );
  for (const persona of wording.content.cast) {
    const noted = places.hook(room, persona.id);
    const found =
      standing.find((hook) => hook.id === noted?.id) ?? standing.find((hook) => hook.name === persona.name);
    const hook = found?.token ? found : await makeHook(parts, persona, channel, report);
    if (hook === found) report.kept++;
    else report.made.push(wording.texts.setup.webhook(persona.name, wording.roomName(room)));
    if (hook === found && hook.avatar === null) await hangPortrait(parts, persona, hook, report);
    places.setHook(room, persona.id, { id: hook.id, token: hook.token ?? '' });
  }
}

async function makeHook(
  parts: SetupParts,
  persona: Persona,
  channel: TextChannel,
  report: SetupReport,
): Promise<Webhook> {
  const avatar = await portrait(parts, persona, report);
  return await channel.createWebhook({ name: persona.name, ...(avatar && { avatar }) });
}

async function hangPortrait(
  parts: SetupParts,
  persona: Persona,
  hook: Webhook,
  report: SetupReport,
): Promise<void> {
  const avatar = await portrait(parts, persona, report);
  if (avatar) await hook.edit({ avatar });
}

/** A trader without a portrait still speaks; the report says what is missing. */
async function portrait(
  { painter, wording, log }: SetupParts,
  persona: Persona,
  report: SetupReport,
): Promise<string | null> {
  try {
    return `data:image/png;base64,${Buffer.from(await painter.portrait(persona.id)).toString('base64')}`;
  } catch (error) {
    log.warn({ trader: persona.id, ...describeError(error) }, 'a portrait could not be painted');
    const why = error instanceof Error ? error.message : String(error);
    report.problems.push(wording.texts.setup.portraitMissing(persona.name, why));
    return null;
  }
}
