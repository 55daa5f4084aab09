/** A message as the stage writes it: plain data, turned into Discord's body in one place so that nothing pings by accident. */
import {
  ComponentType,
  MessageFlags,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type RawFile,
} from 'discord.js';

export interface Picture {
  name: string;
  /** PNG or GIF, as the name says. */
  bytes: Uint8Array;
  /** For whoever cannot see the picture; Discord accepts 1,024 characters. */
  alt: string;
}

/**
 * Either words with embeds and rows of buttons, or a layout: components of which one is more than a row. Discord shows a layout
 * (Components V2) without content and embeds.
 */
export interface MessageBody {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
  picture?: Picture;
  /** The role that the message pings: the one that members take for it. */
  pings?: string;
}

export const CONTENT_MAX = 2_000;

/** The body of Discord's request. Absent parts are sent as empty ones, so that an edit removes what is gone. */
export interface RestBody {
  content?: string | null;
  embeds?: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments?: { id: string; filename: string; description: string }[];
  flags?: MessageFlags;
  allowed_mentions: { parse: []; roles?: string[] };
}

export function isLayout({ components = [] }: Pick<MessageBody, 'components'>): boolean {
  return components.some(({ type }) => type !== ComponentType.ActionRow);
}

export function restBody(body: MessageBody): { body: RestBody; files?: RawFile[] } {
  const components = body.components ?? [];
  const rest: RestBody = isLayout(body)
    ? // An edit that makes a layout of an earlier message has to empty what a layout cannot have.
      {
        content: null,
        embeds: [],
        components,
        attachments: [],
        flags: MessageFlags.IsComponentsV2,
        allowed_mentions: { parse: [] },
      }
    : {
        content: (body.content ?? '').slice(0, CONTENT_MAX).toWellFormed(),
        embeds: body.embeds ?? [],
        components,
        allowed_mentions: { parse: [], ...(body.pings !== undefined && { roles: [body.pings] }) },
      };
  const { picture } = body;
  if (!picture) return { body: rest };
  return {
    body: { ...rest, attachments: [{ id: '0', filename: picture.name, description: picture.alt }] },
    files: [
      {
        name: picture.name,
        data: Buffer.from(picture.bytes),
        contentType: picture.name.endsWith('.gif') ? 'image/gif' : 'image/png',
      },
    ],
  };
}

/** Routine posts make no sound. */
export const SILENT = MessageFlags.SuppressNotifications;

/**
 * What two copies of one message have in common, whoever stored it: Discord trims contents, adds to embeds and numbers
 * components, so only words and file names count.
 */
export function fingerprint(message: {
  content?: string | undefined;
  embeds?: readonly { title?: string | undefined; description?: string | undefined }[] | undefined;
  attachments?: readonly { filename: string }[] | undefined;
  components?: readonly object[] | undefined;
}): string {
  const embeds = (message.embeds ?? []).map((embed) => [
    (embed.title ?? '').trim(),
    (embed.description ?? '').trim(),
  ]);
  const files = (message.attachments ?? []).map((file) => file.filename);
  return JSON.stringify([(message.content ?? '').trim(), embeds, files, ...layoutWords(message.components)]);
}

/** The texts of a layout, in their order; none for rows of buttons. */
export function layoutWords(components: readonly object[] = []): string[] {
  return components.flatMap((each) => {
    if ('content' in each && typeof each.content === 'string') return [each.content.trim()];
    const inner = 'components' in each && Array.isArray(each.components) ? each.components : [];
    return layoutWords(inner.filter((one): one is object => typeof one === 'object' && one !== null));
  });
}
