/** The traders' webhooks: one a trader a room with its portrait, so that each looks like a member of the server. */
import type { TextChannel, Webhook } from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { RoomId } from '#core/vocabulary.ts';
import { describeError } from '#lib/redact.ts';
import { errorText } from '#lib/error-text.ts';
import type { SetupDeps, SetupReport } from './set-up.ts';
import { isOurs, type TraderWebhook } from './inspect.ts';
import { makeOnce, type WebhookCredentials } from '../discord/api.ts';

/** Makes the missing webhooks of a room, and hangs the missing portraits. */
export async function setUpWebhooks(
  deps: SetupDeps,
  room: RoomId,
  channel: TextChannel,
  webhooks: readonly TraderWebhook[],
  report: SetupReport,
): Promise<void> {
  const { places, told } = deps;
  for (const { persona, webhook: found } of webhooks) {
    const webhook = found ?? (await makeHook(deps, persona, channel, report));
    if (found) report.kept++;
    else report.made.push(told.texts.setup.webhook(persona.name, told.roomName(room)));
    if (found && found.avatar === null) await hangPortrait(deps, persona, found, report);
    places.setHook(room, persona.id, { id: webhook.id, token: webhook.token ?? '' });
  }
}

async function makeHook(
  deps: SetupDeps,
  persona: Persona,
  channel: TextChannel,
  report: SetupReport,
): Promise<WebhookCredentials> {
  const avatar = await portrait(deps, persona, report);
  const { name } = persona;
  return await makeOnce(
    () => deps.api.makeHook(channel.id, { name, ...(avatar && { avatar }) }),
    async () => {
      const webhook = (await channel.fetchWebhooks()).find(
        (each) => isOurs(each, deps.guild) && each.name === name,
      );
      return webhook?.token ? { id: webhook.id, token: webhook.token } : null;
    },
  );
}

async function hangPortrait(
  deps: SetupDeps,
  persona: Persona,
  webhook: Webhook,
  report: SetupReport,
): Promise<void> {
  const avatar = await portrait(deps, persona, report);
  if (avatar) await webhook.edit({ avatar });
}

/** A trader without a portrait still speaks; the report says what is missing. */
async function portrait(
  { painter, told, log }: SetupDeps,
  persona: Persona,
  report: SetupReport,
): Promise<string | null> {
  try {
    return `data:image/png;base64,${Buffer.from(await painter.portrait(persona.id)).toString('base64')}`;
  } catch (error) {
    log.warn({ trader: persona.id, ...describeError(error) }, 'a portrait could not be painted');
    const why = errorText(error);
    report.problems.push(told.texts.setup.portraitMissing(persona.name, why));
    return null;
  }
}
