import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BacklotError, systemCode } from './backlot-error.ts';
import type { Guild } from './guild/guild.ts';
import { isLoading } from './guild/messages.ts';
import { RECORD_FORMAT, type GuildRecord } from './guild/record.ts';
import { makeFolder, reason, unwritable, writeWhole } from './disk.ts';

/** Changes are gathered for this long before they are written. */
const GATHER_MS = 300;
/** At most this share of the time goes into writing: a long write makes the next one wait. */
const REST_AFTER_WRITE = 10;
/** How long after a failed write the next one is tried. */
const RETRY_MS = 5000;

const FRESH = 'Move it away or delete it to start with a fresh guild.';

/** The folder beside the data file in which pictures are kept. */
export function filesFolder(dataFile: string): string {
  return `${dataFile}.files`;
}

/** Reads a stored guild; undefined when there is none yet. The addresses of its pictures follow `baseUrl`. */
export function loadRecord(dataFile: string, baseUrl: string): GuildRecord | undefined {
  const text = readText(dataFile);
  if (text === undefined) return undefined;
  const { baseUrl: before } = parseRecord(dataFile, text);
  return { ...parseRecord(dataFile, text.replaceAll(before, baseUrl)), baseUrl };
}

function readText(dataFile: string): string | undefined {
  try {
    makeFolder(path.dirname(dataFile));
  } catch (cause) {
    throw unwritable(dataFile, cause);
  }
  try {
    return readFileSync(dataFile, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw new BacklotError('fileUnreadable', `The backlot cannot read ${dataFile}: ${reason(cause)}`, {
      cause,
    });
  }
}

function parseRecord(dataFile: string, text: string): GuildRecord {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw unreadable(dataFile, 'is no JSON', cause);
  }
  const fields: Partial<Record<string, unknown>> = { ...(isObject(parsed) ? parsed : {}) };
  const { format } = fields;
  if (typeof format !== 'number') throw unreadable(dataFile, 'holds no guild');
  if (format !== RECORD_FORMAT) {
    throw unreadable(dataFile, `has format ${format}, this version reads ${RECORD_FORMAT}`);
  }
  const damaged = Object.entries(SHAPE).find(([key, isWhole]) => !isWhole(fields[key]));
  if (damaged !== undefined)
    throw unreadable(dataFile, `is damaged: "${damaged[0]}" is not as it was written`);
  return parsed as GuildRecord;
}

function unreadable(dataFile: string, what: string, cause?: unknown): BacklotError {
  return new BacklotError('fileUnreadable', `The backlot's file ${dataFile} ${what}. ${FRESH}`, { cause });
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isId = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value);

/** Just enough of a record to tell it from a file that was cut short and patched, or that is something else. */
const SHAPE: Readonly<Record<Exclude<keyof GuildRecord, 'format'>, (value: unknown) => boolean>> = {
  baseUrl: isText,
  lastId: isId,
  token: isText,
  guild: isObject,
  application: isObject,
  bot: isObject,
  botRoleId: isId,
  people: isList,
  members: isList,
  roles: isList,
  channels: isList,
  webhooks: isList,
  emojis: isList,
  events: (value) => value === undefined || isList(value),
  messages: isObject,
  globalCommands: isList,
  guildCommands: isList,
  files: isObject,
};

/** Keeps a guild's file up to date while it runs. */
export class GuildFile {
  readonly #guild: Guild;
  readonly #dataFile: string;
  readonly #onError: (error: Error) => void;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #restUntilMs = 0;
  /** The failure reported last: the same one is reported once, until a write succeeds again. */
  #told: string | undefined;

  /** Writes the guild for the first time, so that a file that cannot be kept is known before anybody relies on it. */
  static async open(guild: Guild, dataFile: string, onError: (error: Error) => void): Promise<GuildFile> {
    const file = new GuildFile(guild, dataFile, onError);
    try {
      await file.#write();
    } catch (error) {
      file.#unsubscribe();
      clearTimeout(file.#timer);
      throw error;
    }
    return file;
  }

  private constructor(guild: Guild, dataFile: string, onError: (error: Error) => void) {
    this.#guild = guild;
    this.#dataFile = dataFile;
    this.#onError = onError;
    this.#unsubscribe = guild.subscribe(() => this.#plan());
  }

  /** Why the guild cannot be written, in one line; null while it can. */
  get trouble(): string | null {
    return this.#told ?? null;
  }

  /** Writes what is still to be written. */
  async close(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const delayMs = Math.max(GATHER_MS, this.#restUntilMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write()).catch((error: unknown) => this.#tell(error));
    }, delayMs);
    this.#timer.unref();
  }

  async #write(): Promise<void> {
    const startedMs = Date.now();
    await writeWhole(this.#dataFile, JSON.stringify(storable(this.#guild)));
    await this.#guild.files.settled();
    this.#told = undefined;
    this.#restUntilMs = Date.now() + (Date.now() - startedMs) * REST_AFTER_WRITE;
  }

  #tell(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (error.message !== this.#told) this.#onError(error);
    this.#told = error.message;
    // What could not be written is tried again, even if nothing else happens in the guild.
    this.#restUntilMs = Date.now() + RETRY_MS;
    this.#plan();
  }
}

/** Private replies and answers that never came are gone after a restart, as they are on Discord. */
function storable(guild: Guild): GuildRecord {
  const messages = Object.entries(guild.record.messages).map(([channelId, records]) => [
    channelId,
    records.filter((record) => record.onlyFor === undefined && !isLoading(record)),
  ]);
  return { ...guild.record, lastId: guild.ids.last, messages: Object.fromEntries(messages) };
}
