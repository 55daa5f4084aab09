import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Guild } from './guild/guild.ts';
import { isLoading } from './guild/messages.ts';
import { RECORD_FORMAT, type GuildRecord } from './guild/record.ts';

/** Changes are gathered for this long before they are written. */
const GATHER_MS = 300;
/** At most this share of the time goes into writing: a long write makes the next one wait. */
const REST_AFTER_WRITE = 10;

/** The folder beside the data file in which pictures are kept. */
export function filesFolder(dataFile: string): string {
  return `${dataFile}.files`;
}

/** Reads a stored guild; undefined when there is none yet. Addresses of pictures are moved to where it is served now. */
export function loadRecord(dataFile: string, baseUrl: string): GuildRecord | undefined {
  mkdirSync(path.dirname(dataFile), { recursive: true });
  if (!existsSync(dataFile)) return undefined;
  const text = readFileSync(dataFile, 'utf8');
  let record: GuildRecord;
  try {
    record = JSON.parse(text) as GuildRecord;
  } catch (cause) {
    throw new Error(`The backlot's file ${dataFile} is no JSON. Delete it to start with a fresh guild.`, {
      cause,
    });
  }
  const format: number = record.format;
  if (format !== RECORD_FORMAT) {
    throw new Error(
      `The backlot's file ${dataFile} has format ${format}, this version reads ${RECORD_FORMAT}. ` +
        'Delete it to start with a fresh guild.',
    );
  }
  const moved = JSON.parse(text.replaceAll(record.baseUrl, baseUrl)) as GuildRecord;
  return { ...moved, baseUrl };
}

/** Keeps a guild's file up to date while it runs: written beside and renamed, so that it is whole at every instant. */
export class GuildFile {
  readonly #guild: Guild;
  readonly #dataFile: string;
  readonly #onError: (error: Error) => void;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #restUntilMs = 0;

  constructor(guild: Guild, dataFile: string, onError: (error: Error) => void) {
    this.#guild = guild;
    this.#dataFile = dataFile;
    this.#onError = onError;
    this.#unsubscribe = guild.subscribe(() => this.#plan());
    this.#plan();
  }

  /** Writes what is still to be written. */
  async close(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
    await this.#guild.files.settled();
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const delayMs = Math.max(GATHER_MS, this.#restUntilMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write()).catch(this.#onError);
    }, delayMs);
    this.#timer.unref();
  }

  async #write(): Promise<void> {
    const startedMs = Date.now();
    const beside = `${this.#dataFile}.new`;
    try {
      await writeFile(beside, JSON.stringify(storable(this.#guild)));
      await rename(beside, this.#dataFile);
    } catch (cause) {
      throw new Error(
        `The backlot cannot write ${this.#dataFile}. Is its folder there, with room on the disk?`,
        {
          cause,
        },
      );
    }
    this.#restUntilMs = Date.now() + (Date.now() - startedMs) * REST_AFTER_WRITE;
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
