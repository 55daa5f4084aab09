/**
 * The parts of a layout (Discord's Components V2): texts, pictures, rows, and the container around
 * them. A message has at most 40 components, nested ones counted, and 4,000 characters in all its texts.
 */
import {
  ComponentType,
  SeparatorSpacingSize,
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type APISeparatorComponent,
  type APITextDisplayComponent,
} from 'discord.js';
import { CONTENT_MAX, isLayout, type MessageBody, type Picture } from './message.ts';

/** Of all texts of a layout together. */
export const LAYOUT_TEXT_MAX = 4_000;

export const text = (content: string): APITextDisplayComponent => ({
  type: ComponentType.TextDisplay,
  content,
});

export const rule = (): APISeparatorComponent => ({
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
});

/** Shows the picture that the message carries. */
export const gallery = ({ name, alt }: Pick<Picture, 'name' | 'alt'>): APIMediaGalleryComponent => ({
  type: ComponentType.MediaGallery,
  items: [{ media: { url: `attachment://${name}` }, ...(alt !== '' && { description: alt }) }],
});

export function container(
  color: number | null,
  ...components: APIComponentInContainer[]
): APIContainerComponent {
  return { type: ComponentType.Container, ...(color !== null && { accent_color: color }), components };
}

export const layout = (...components: APIMessageTopLevelComponent[]): MessageBody => ({ components });

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** The same message as a layout, for where one stood before: a message that is a layout stays one. */
export function asLayout(body: MessageBody): MessageBody {
  if (isLayout(body)) return body;
  const { content = '', embeds = [], components = [], picture } = body;
  let left = LAYOUT_TEXT_MAX;
  const fitting = (words: string): APITextDisplayComponent[] => {
    const cut = words.slice(0, left);
    left -= cut.length;
    return cut.trim() === '' ? [] : [text(cut)];
  };
  const rows = components.filter((each): each is Row => each.type === ComponentType.ActionRow);
  const words = fitting(content.slice(0, CONTENT_MAX));
  const cards = embeds.map((embed) => {
    const fields = embed.fields?.map((field) => `**${field.name}**\n${field.value}`) ?? [];
    const parts = [
      embed.title === undefined ? '' : `### ${embed.title}`,
      embed.description ?? '',
      ...fields,
      embed.footer === undefined ? '' : `-# ${embed.footer.text}`,
    ];
    return container(embed.color ?? null, ...parts.flatMap(fitting));
  });
  const shown = cards.filter((card) => card.components.length > 0);
  const pictures = picture ? [gallery(picture)] : [];
  return { components: [...words, ...shown, ...pictures, ...rows], ...(picture && { picture }) };
}
