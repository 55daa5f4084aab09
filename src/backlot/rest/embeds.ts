import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { characterCount, Form } from './form.ts';

const EMBEDS_PER_MESSAGE = 10;
const CHARACTERS_IN_ALL_EMBEDS = 6000;
const PICTURE_SCHEMES = ['http:', 'https:', 'attachment:'];

/** Reads a message's embeds within Discord's limits; pictures may be `attachment://` names. */
export function readEmbeds(message: Form): APIEmbed[] | undefined {
  const embeds = message.parts('embeds', { max: EMBEDS_PER_MESSAGE })?.map(readEmbed);
  if (embeds === undefined) return undefined;
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (total > CHARACTERS_IN_ALL_EMBEDS) {
    const last = Math.max(0, embeds.length - 1);
    message.fail(['embeds', last], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  }
  return embeds;
}

function readEmbed(form: Form): APIEmbed {
  const embed: APIEmbed = compact({
    title: form.text('title', { max: 256 }),
    description: form.text('description', { max: 4096 }),
    url: form.url('url'),
    timestamp: readTimestamp(form),
    color: form.integer('color', { min: 0, max: 0xff_ff_ff }),
    footer: readFooter(form.part('footer')),
    image: readPicture(form.part('image')),
    thumbnail: readPicture(form.part('thumbnail')),
    author: readAuthor(form.part('author')),
    fields: form.parts('fields', { max: 25 })?.map(readField),
  });
  return { type: 'rich' as NonNullable<APIEmbed['type']>, ...embed };
}

function readTimestamp(form: Form): string | undefined {
  const text = form.text('timestamp');
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    form.fail('timestamp', 'DATE_TIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
    return undefined;
  }
  return time.toISOString();
}

function readFooter(form: Form | undefined): APIEmbed['footer'] {
  if (form === undefined) return undefined;
  const text = form.required('text').text('text', { max: 2048 }) ?? '';
  return compact({ text, icon_url: form.url('icon_url', PICTURE_SCHEMES) });
}

function readAuthor(form: Form | undefined): APIEmbed['author'] {
  if (form === undefined) return undefined;
  const name = form.required('name').text('name', { min: 1, max: 256 }) ?? '';
  return compact({ name, url: form.url('url'), icon_url: form.url('icon_url', PICTURE_SCHEMES) });
}

function readPicture(form: Form | undefined): APIEmbed['image'] {
  const url = form?.required('url').url('url', PICTURE_SCHEMES);
  return url === undefined ? undefined : { url };
}

function readField(form: Form): APIEmbedField {
  form.required('name', 'value');
  return {
    name: form.text('name', { min: 1, max: 256 }) ?? '',
    value: form.text('value', { min: 1, max: 1024 }) ?? '',
    inline: form.flag('inline') ?? false,
  };
}

function embedLength(embed: APIEmbed): number {
  const texts = [
    embed.title,
    embed.description,
    embed.footer?.text,
    embed.author?.name,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
  ];
  return texts.reduce((sum, text) => sum + characterCount(text ?? ''), 0);
}

type Compact<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export function compact<T extends object>(value: T): Compact<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Compact<T>;
}
