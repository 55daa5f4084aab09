/** The traders' webhooks: each trader has one in each room, with its portrait, so that it looks like a member of the server. */
import { DiscordAPIError, RESTJSONErrorCodes, type Webhook } from 'discord.js';
import type { Persona } from '#core/content.ts';
import type { RoomId } from '#core/vocabulary.ts';
import type { Log } from '#show/ports/clock.ts';
import { describeError } from '#lib/redact.ts';
import { errorText } from '#lib/error-text.ts';
import { isOurs } from './inspect.ts';
import type { SetupDeps, SetupReport, ShowChannel, TraderVoice } from './types.ts';
import type { WebhookCredentials } from '#show/ports/stage-record.ts';
import type { DiscordApi } from '../discord/api.ts';
import { hasCode } from '../discord/api-errors.ts';
import { makeOnce } from '../discord/make-once.ts';

/** Makes a room's missing webhooks, brings back those that were moved, and puts names and portraits right. */
export async function setUpWebhooks(
  deps: SetupDeps,
  room: RoomId,
  channel: ShowChannel,
  webhooks: readonly TraderVoice[],
  report: SetupReport,
): Promise<void> {
  const { places, told } = deps;
  for (const { persona, webhook: found } of webhooks) {
    const what = told.texts.setup.webhook(persona.name, told.roomName(room));
    if (found) {
      if (found.name === persona.name) report.kept++;
      else {
        await deps.api.changeHook(found.id, { name: persona.name });
        report.mended.push(told.texts.setup.renamed(what));
      }
      if (found.avatar === null) await hangPortrait(deps, persona, found, report);
      places.setHook(room, persona.id, { id: found.id, token: found.token ?? '' });
      continue;
    }
    const noted = places.webhook(room, persona.id);
    if (noted && (await bringBack(deps, persona, noted, channel))) {
      report.mended.push(told.texts.setup.broughtBack(what));
      continue;
    }
    await dismiss(deps, room, webhooks);
    places.setHook(room, persona.id, await makeHook(deps, persona, channel, report));
    report.made.push(what);
  }
}

/** Discord gives a channel 15 webhooks: before they are full, those of traders who left go, whose last lines were shown long ago. */
const CROWDED = 12;

async function dismiss(
  { places, api, log }: SetupDeps,
  room: RoomId,
  cast: readonly TraderVoice[],
): Promise<void> {
  const kept = places.webhooksIn(room);
  if (kept.length < CROWDED) return;
  for (const webhook of kept.filter(({ trader }) => cast.every(({ persona }) => persona.id !== trader))) {
    await discard(webhook, api, log);
    places.forgetHook(room, webhook.trader);
  }
}

/** Resolves to false if the webhook is gone, or may not be moved: then it is deleted, so that nothing speaks through it. */
async function bringBack(
  { api, log }: SetupDeps,
  persona: Persona,
  webhook: WebhookCredentials,
  channel: ShowChannel,
): Promise<boolean> {
  try {
    await api.changeHook(webhook.id, { channel_id: channel.id, name: persona.name });
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    log.info({ trader: persona.id, ...describeError(error) }, 'a webhook could not be brought back');
    if (!hasCode(error, RESTJSONErrorCodes.UnknownWebhook)) await discard(webhook, api, log);
    return false;
  }
}

async function discard(webhook: WebhookCredentials, api: DiscordApi, log: Log): Promise<void> {
  try {
    await api.deleteHook(webhook);
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    log.info(describeError(error), 'a webhook in another channel could not be deleted');
  }
}

async function makeHook(
  deps: SetupDeps,
  persona: Persona,
  channel: ShowChannel,
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
    return `data:image/png;base64,${Buffer.from(await painter.portrait(persona)).toString('base64')}`;
  } catch (error) {
    log.warn({ trader: persona.id, ...describeError(error) }, 'a portrait could not be painted');
    const why = errorText(error);
    report.problems.push(told.texts.setup.portraitMissing(persona.name, why));
    return null;
  }
}
