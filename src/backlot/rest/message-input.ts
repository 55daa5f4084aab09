import type { APIEmbed, APIMessage, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import type { RequestBody, UploadedFile } from './body.ts';
import { readComponents } from './components.ts';
import { compact, readEmbeds } from './embeds.ts';
import { Form } from './form.ts';

const FILES_PER_MESSAGE = 10;
/** White space and characters without a width: a message of nothing else is empty. */
const UNSEEN = /[\s\u200b-\u200f\u2060\ufeff]/gu;
const MENTION_KINDS = ['everyone', 'roles', 'users'] as const;

export interface AttachmentInput {
  /** The n of an uploaded `files[n]`, or the id of an attachment that stays. */
  id: string;
  filename?: string;
  description?: string;
}

/** The people that a message may mention: Discord's `allowed_mentions`. */
export interface AllowedMentions {
  parse: readonly string[];
  users: readonly string[];
  roles: readonly string[];
}

/** What a request says about a message; what it leaves out is undefined, and what it clears is empty. */
export interface MessageInput {
  content: string | undefined;
  embeds: APIEmbed[] | undefined;
  components: APIMessageTopLevelComponent[] | undefined;
  attachments: AttachmentInput[] | undefined;
  flags: number | undefined;
  files: UploadedFile[];
  /** Undefined: everything that looks like a mention is one. */
  allowedMentions: AllowedMentions | undefined;
  nonce: string | number | undefined;
  enforceNonce: boolean;
  tts: boolean;
  referenceId: string | undefined;
  failIfReferenceMissing: boolean;
}

/**
 * Throws 50035 where Discord's limits are broken. `form` may be a part of the body, as in interactions' answers; `standing` is
 * the message that an edit changes.
 */
export function readMessageInput(
  form: Form,
  files: RequestBody['files'],
  standing: Pick<APIMessage, 'flags' | 'attachments'> = { attachments: [] },
): MessageInput {
  const flags = form.integer('flags', { min: 0 });
  const reference = form.part('message_reference');
  if (files.length > FILES_PER_MESSAGE) {
    form.fail('files', 'BASE_TYPE_MAX_LENGTH', `Must be ${FILES_PER_MESSAGE} or fewer in length.`);
  }
  const input: MessageInput = {
    content: form.isNull('content') ? '' : form.text('content', { max: 2000 }),
    embeds: form.isNull('embeds') ? [] : readEmbeds(form),
    components: form.isNull('components') ? [] : readComponents(form, (flags ?? 0) | (standing.flags ?? 0)),
    attachments: form.isNull('attachments')
      ? []
      : readAttachments(form, [
          ...files.map(({ index }) => String(index)),
          ...standing.attachments.map(({ id }) => id),
        ]),
    flags,
    files,
    allowedMentions: readAllowedMentions(form.part('allowed_mentions')),
    nonce: readNonce(form),
    enforceNonce: form.flag('enforce_nonce') ?? false,
    tts: form.flag('tts') ?? false,
    referenceId: reference?.snowflake('message_id'),
    failIfReferenceMissing: reference?.flag('fail_if_not_exists') ?? true,
  };
  if (((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0) {
    for (const key of ['content', 'embeds'] as const) {
      if ((input[key]?.length ?? 0) > 0) {
        form.fail(
          key,
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The ${key} field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
      }
    }
  }
  if ((form.list('sticker_ids') ?? []).length > 0) throw refusals.invalidSticker();
  form.check();
  return input;
}

/** Throws 50006 for a message that would show nothing. */
export function requireSomething(input: MessageInput): void {
  const shows =
    (input.content ?? '').replaceAll(UNSEEN, '') !== '' ||
    (input.embeds ?? []).some((embed) => Object.keys(embed).some((key) => key !== 'type')) ||
    (input.components ?? []).length > 0 ||
    input.files.length > 0;
  if (!shows) throw refusals.emptyMessage();
}

/** `known`: the numbers of the uploaded files, and the ids of what the message has already. */
function readAttachments(form: Form, known: readonly string[]): AttachmentInput[] | undefined {
  return form.parts('attachments', { max: FILES_PER_MESSAGE })?.map((part) => {
    // A number is that of an uploaded file; text is the id of an attachment that the message has already.
    const raw = part.required('id').raw('id');
    const id = typeof raw === 'number' ? String(raw) : (part.snowflake('id') ?? '');
    if (id !== '' && !known.includes(id)) {
      part.fail('id', 'ATTACHMENT_NOT_FOUND', `There is no uploaded file and no attachment ${id}`);
    }
    return compact({
      id,
      filename: part.text('filename', { max: 1024 }),
      description: part.text('description', { max: 1024 }),
    });
  });
}

function readAllowedMentions(form: Form | undefined): AllowedMentions | undefined {
  if (form === undefined) return undefined;
  const texts = (key: string, max: number): string[] => (form.list(key, { max }) ?? []).map(String);
  const allowed = { parse: texts('parse', 3), users: texts('users', 100), roles: texts('roles', 100) };
  for (const [index, kind] of allowed.parse.entries()) {
    if (MENTION_KINDS.some((known) => known === kind)) continue;
    form.fail(
      ['parse', index],
      'BASE_TYPE_CHOICES',
      `Value must be one of {${MENTION_KINDS.map((known) => `'${known}'`).join(', ')}}.`,
    );
  }
  for (const key of ['users', 'roles'] as const) {
    if (allowed.parse.includes(key) && allowed[key].length > 0) {
      form.fail(
        'parse',
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
      );
    }
  }
  return allowed;
}

function readNonce(form: Form): string | number | undefined {
  const nonce = form.raw('nonce');
  if (nonce === undefined) return undefined;
  if (typeof nonce === 'number' && Number.isSafeInteger(nonce)) return nonce;
  return form.text('nonce', { max: 25 });
}
