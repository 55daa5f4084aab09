/** What the tests of commands share. */
import type { APIMessage } from 'discord.js';
import type { Viewer } from '#backlot/viewer.ts';

type Component = { type: number; custom_id?: string; label?: string; components?: Component[] };

/** All words of a message: content, embeds, fields. */
export function everyLine(message: Pick<APIMessage, 'content' | 'embeds'>): string {
  const embeds = message.embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ]);
  return [message.content, ...embeds].filter((line) => line !== undefined).join('\n');
}

/** The custom ids of a message's buttons by their labels. */
export function buttons(message: Pick<APIMessage, 'components'>): Map<string, string> {
  const rows = (message.components ?? []) as Component[];
  const all = rows.flatMap((row) => row.components ?? []);
  return new Map(all.map(({ label = '', custom_id: id = '' }) => [label, id]));
}

/** Presses a button of a private message and waits until the answer has replaced the message. */
export async function pressInPlace(
  viewer: Viewer,
  message: APIMessage,
  label: string,
  isAnswer: (text: string) => boolean = () => true,
): Promise<APIMessage> {
  const id = buttons(message).get(label);
  if (id === undefined)
    throw new Error(`no button "${label}" in: ${[...buttons(message).keys()].join(', ')}`);
  const before = everyLine(message);
  await viewer.press(message, id);
  return await viewer.until(
    (now) =>
      now
        .readChannel(message.channel_id)
        .find(
          ({ id: each, ...rest }) =>
            each === message.id && everyLine(rest) !== before && isAnswer(everyLine(rest)),
        ),
    { what: `the answer to ${label}`, timeoutMs: 60_000 },
  );
}
