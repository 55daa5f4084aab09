import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { refusals } from '../discord-error.ts';
import type { RequestBody, UploadedFile } from './body.ts';
import { readComponents } from './components.ts';
import { compact, readEmbeds } from './embeds.ts';
import { Form } from './form.ts';

const FILES_PER_MESSAGE = 10;

export interface AttachmentInput {
  /** The n of an uploaded `files[n]`, or the id of an attachment that stays. */
  id: string;
  filename?: string;
  description?: string;
}

/** Whom a message may mention: Discord's `allowed_mentions`. */
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

/** Throws 50035 where Discord's limits are broken. `form` may be a part of the body, as in interactions' answers. */
export function readMessageInput(form: Form, files: RequestBody['files'], knownFlags = 0): MessageInput {
  const flags = form.integer('flags', { min: 0 });
  const reference = form.part('message_reference');
  if (files.length > FILES_PER_MESSAGE) {
    form.fail('files', 'BASE_TYPE_MAX_LENGTH', `Must be ${FILES_PER_MESSAGE} or fewer in length.`);
  }
  const input: MessageInput = {
    content: form.isNull('content') ? '' : form.text('content', { max: 2000 }),
    embeds: form.isNull('embeds') ? [] : readEmbeds(form),
    components: form.isNull('components') ? [] : readComponents(form, (flags ?? 0) | knownFlags),
    attachments: form.isNull('attachments') ? [] : readAttachments(form),
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
  form.check();
  return input;
}

/** Throws 50006 for a message that would show nothing. */
export function requireSomething(input: MessageInput): void {
  const shows =
    (input.content ?? '').trim() !== '' ||
    (input.embeds ?? []).length > 0 ||
    (input.components ?? []).length > 0 ||
    input.files.length > 0;
  if (!shows) throw refusals.emptyMessage();
}

function readAttachments(form: Form): AttachmentInput[] | undefined {
  return form.parts('attachments', { max: FILES_PER_MESSAGE })?.map((part) => {
    // A number that counts the uploaded files, or the id of what is there, which is text.
    const id = part.required('id').raw('id');
    return compact({
      id: typeof id === 'number' ? String(id) : (part.snowflake('id') ?? ''),
      filename: part.text('filename', { max: 1024 }),
      description: part.text('description', { max: 1024 }),
    });
  });
}

function readAllowedMentions(form: Form | undefined): AllowedMentions | undefined {
  if (form === undefined) return undefined;
  const texts = (key: string, max: number): string[] => (form.list(key, { max }) ?? []).map(String);
  const allowed = { parse: texts('parse', 3), users: texts('users', 100), roles: texts('roles', 100) };
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
