/** The traders' webhooks: one a trader a room with its portrait, so that each looks like a member of the server. */
import type { TextChannel, Webhook } from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { RoomId } from '#core/vocabulary.ts';
import { describeError } from '#lib/redact.ts';
import type { SetupParts, SetupReport } from './set-up.ts';
import { isOurs, type Voice } from './inspect.ts';
import { makeOnce, type Hook } from '../discord/api.ts';

/** Makes the missing webhooks of a room, and hangs the missing portraits. */
export async function setUpVoices(
  parts: SetupParts,
  room: RoomId,
  channel: TextChannel,
  voices: readonly Voice[],
  report: SetupReport,
): Promise<void> {
  const { places, told } = parts;
  for (const { persona, hook: found } of voices) {
    const hook = found ?? (await makeHook(parts, persona, channel, report));
    if (found) report.kept++;
    else report.made.push(told.texts.setup.webhook(persona.name, told.roomName(room)));
    if (found && found.avatar === null) await hangPortrait(parts, persona, found, report);
    places.setHook(room, persona.id, { id: hook.id, token: hook.token ?? '' });
  }
}

async function makeHook(
  parts: SetupParts,
  persona: Persona,
  channel: TextChannel,
  report: SetupReport,
): Promise<Hook> {
  const avatar = await portrait(parts, persona, report);
  const { name } = persona;
  return await makeOnce(
    () => parts.wire.makeHook(channel.id, { name, ...(avatar && { avatar }) }),
    async () => {
      const hook = (await channel.fetchWebhooks()).find(
        (each) => isOurs(each, parts.guild) && each.name === name,
      );
      return hook?.token ? { id: hook.id, token: hook.token } : null;
    },
  );
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
  { painter, told, log }: SetupParts,
  persona: Persona,
  report: SetupReport,
): Promise<string | null> {
  try {
    return `data:image/png;base64,${Buffer.from(await painter.portrait(persona.id)).toString('base64')}`;
  } catch (error) {
    log.warn({ trader: persona.id, ...describeError(error) }, 'a portrait could not be painted');
    const why = error instanceof Error ? error.message : String(error);
    report.problems.push(told.texts.setup.portraitMissing(persona.name, why));
    return null;
  }
}
