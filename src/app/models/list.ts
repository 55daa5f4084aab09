/** The known models as a table for a terminal: what each needs, and how much of that this machine has. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { loadCatalog, type Catalog } from '#brain/catalog.ts';
import { availableMemoryBytes, cacheBytes, roughMemoryBytes } from '#brain/memory.ts';
import { readSpeeds, secondsPerTurn, type Speed } from '#brain/speeds.ts';
import { loadContent } from '../content.ts';
import { modelPlaces, SHIPPED_DIR } from './places.ts';

export interface ListedOn {
  /** Where models that ship are. */
  shippedDir: string;
  /** Where the others are. */
  modelsDir: string;
  speeds: readonly Speed[];
  availableMemoryBytes: number;
  /** Turns in a round. */
  traders: number;
}

/** The shipped catalog on this machine. Throws InputError where a file of the project is damaged. */
export function modelsText(): string {
  const { modelsDir, speedsFile } = modelPlaces();
  return modelTable(loadCatalog(), {
    shippedDir: SHIPPED_DIR,
    modelsDir,
    speeds: readSpeeds(speedsFile),
    availableMemoryBytes: availableMemoryBytes(),
    traders: loadContent().cast.length,
  });
}

interface Row {
  id: string;
  /** Below the models folder. */
  file: string;
  isThere: boolean;
  bytes: number;
  /** Whether `bytes` is the exact length. */
  exact: boolean;
  cacheBytesPerToken?: number | undefined;
  promptStyle: Speed['promptStyle'];
  licence: string;
  goodFor: string;
}

/** One line for each model, the smallest first, at most 100 columns wide; below them, what the marks mean. */
export function modelTable(catalog: Catalog, on: ListedOn): string {
  const lines = rowsOf(catalog, on).map((row) => {
    const memoryBytes = roughMemoryBytes(row.bytes, cacheBytes(row, on.traders));
    const fits = memoryBytes <= on.availableMemoryBytes;
    return line([
      fits ? (row.isThere ? '*' : '') : '!',
      row.id,
      `${row.exact ? '' : '~'}${megabytes(row.bytes)} MB`,
      `~${(memoryBytes / 1e9).toFixed(1)} GB`,
      roundTime(row, on),
      row.licence,
      row.goodFor,
    ]);
  });
  return [
    line(['', 'MODEL', 'DOWNLOAD', 'MEMORY', 'A ROUND', 'LICENCE', 'GOOD FOR']),
    ...lines,
    '',
    `* on this disk   ! needs more memory than the ${(on.availableMemoryBytes / 1e9).toFixed(1)} GB that are free   ~ estimated`,
    on.speeds.length === 0
      ? 'How long a round takes here is not known yet: play one, npm start -- --rounds 3 --pace 0, and look again.'
      : `A round is ${on.traders} turns on this machine: measured, or with ~ scaled from a model that was, by its size.`,
    'To play one: MODEL=smollm2-135m npm start',
  ].join('\n');
}

function rowsOf({ shipped = [], models }: Catalog, { shippedDir, modelsDir }: ListedOn): Row[] {
  return [
    ...shipped.map((entry) => ({ ...entry, approxMB: 0, folder: shippedDir })),
    ...models.map((entry) => ({ ...entry, folder: modelsDir })),
  ]
    .map((entry) => {
      const there = lengthOf(path.join(entry.folder, entry.file));
      const bytes = entry.bytes ?? there;
      return {
        ...entry,
        isThere: there !== null,
        bytes: bytes ?? entry.approxMB * 1_000_000,
        exact: bytes !== null,
      };
    })
    .toSorted((one, other) => one.bytes - other.bytes);
}

/** The widths of all columns except the last; numbers are aligned to the right. */
const WIDTHS = [1, 18, 9, 7, 7, 21];
const TO_THE_RIGHT = new Set([2, 3, 4]);

function line(cells: readonly string[]): string {
  return cells
    .map((cell, column) =>
      TO_THE_RIGHT.has(column) ? cell.padStart(WIDTHS[column] ?? 0) : cell.padEnd(WIDTHS[column] ?? 0),
    )
    .join(' ')
    .trimEnd();
}

const megabytes = (bytes: number): string => Math.round(bytes / 1_000_000).toLocaleString('en');

function roundTime(row: Row, { speeds, traders }: ListedOn): string {
  const model = { file: path.basename(row.file), fileBytes: row.bytes, promptStyle: row.promptStyle };
  const turn = secondsPerTurn(model, speeds);
  if (turn === null) return 'unknown';
  const seconds = turn.seconds * traders;
  // Two figures: an estimate has no more of them.
  return `${turn.measured ? '' : '~'}${Number(seconds.toPrecision(2)).toLocaleString('en')} s`;
}

function lengthOf(file: string): number | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : null;
}
