/** Writes the archive of each season that has ended: a file beside the show that a stranger can verify. */
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeFolder } from '#lib/make-folder.ts';
import { SerialQueue } from '#lib/serial-queue.ts';
import { errorText } from '#lib/error-text.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Show } from '#show/show.ts';
import { archiveText, type SeasonSource } from '#show/fairness/archive.ts';
import type { Store } from '#store/store.ts';

export class Archivist {
  readonly #show: Show;
  readonly #store: Store;
  readonly #log: Log;
  readonly #queue = new SerialQueue();

  constructor(show: Show, store: Store, log: Log) {
    this.#show = show;
    this.#store = store;
    this.#log = log;
  }

  /** Never rejects: a season that cannot be archived now is tried again, and its journal is kept until then. */
  async writeDue(): Promise<void> {
    if (!path.isAbsolute(this.#store.file)) return;
    await this.#queue.run(async () => {
      let season: number | null = null;
      try {
        // Reading what is due may fail, too: a row cannot be read, or the show was closed since this was asked for.
        for (const source of this.#show.seasonsToArchive()) {
          season = source.record.season;
          await this.#write(source);
        }
      } catch (error) {
        this.#log.error(
          { file: this.#store.file, ...(season !== null && { season }), error: errorText(error) },
          'a season could not be archived; the next try is in a minute',
        );
      }
    });
  }

  /** Rejects when a season cannot be written. */
  async #write(source: SeasonSource): Promise<void> {
    const { season } = source.record;
    const file = this.#fileOf(season);
    makeFolder(path.dirname(file));
    const part = `${file}.part`;
    rmSync(part, { force: true });
    await pipeline(Readable.from(archiveText(source)), createGzip(), createWriteStream(part));
    renameSync(part, file);
    this.#show.seasonArchived(season);
    this.#log.info({ file, season }, 'a season is archived; npm run verify checks it');
  }

  #fileOf(season: number): string {
    const { dir, name } = path.parse(this.#store.file);
    return path.join(dir, 'archives', `${name}.season-${season}.jsonl.gz`);
  }
}
