/** The known models as a table for a terminal: what each needs, and how much of that this machine has. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { loadCatalog, type Catalog } from '#brain/catalog.ts';
import { availableMemoryBytes, cacheBytes, roughMemoryBytes } from '#brain/memory.ts';
import { gpuFor, type GpuChoice } from '#brain/gpu.ts';
import { readSpeeds, secondsPerTurn, type Speed } from '#brain/speeds.ts';
import { loadContent } from '../content.ts';
import type { ModelSettings } from '../settings.ts';
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
  threads: number | undefined;
  gpu: GpuChoice;
}

/** The shipped catalog, and what was played beside it, on this machine and with these settings. Throws InputError where a file of the project is damaged. */
export function modelsText({ threads, gpu, ...asked }: ModelSettings): string {
  const { modelsDir, speedsFile } = modelPlaces(asked.modelsDir);
  return modelTable(loadCatalog(), {
    shippedDir: SHIPPED_DIR,
    modelsDir,
    speeds: readSpeeds(speedsFile),
    availableMemoryBytes: availableMemoryBytes(),
    traders: loadContent().cast.length,
    threads,
    gpu,
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
  /** Whether it ships with the project. */
  ships: boolean;
  /** Its last columns. */
  about: string[];
}

/** One line for each model, the smallest first, at most 100 columns wide; below them, what the marks mean. */
export function modelTable(catalog: Catalog, on: ListedOn): string {
  const rows = rowsOf(catalog, on);
  const lines = rows.map((row) => {
    const memoryBytes = roughMemoryBytes(row.bytes, cacheBytes(row, on.traders));
    const fits = memoryBytes <= on.availableMemoryBytes;
    return line([
      fits ? (row.isThere ? '*' : '') : '!',
      row.id,
      `${row.exact ? '' : '~'}${megabytes(row.bytes)} MB`,
      `~${(memoryBytes / 1e9).toFixed(1)} GB`,
      roundTime(row, on),
      ...row.about,
    ]);
  });
  return [
    line(['', 'MODEL', 'DOWNLOAD', 'MEMORY', 'A ROUND', 'LICENCE', 'GOOD FOR']),
    ...lines,
    '',
    `* on this disk   ! needs more memory than the ${(on.availableMemoryBytes / 1e9).toFixed(1)} GB that are free   ~ estimated`,
    rows.every((row) => roundTime(row, on) === UNKNOWN)
      ? 'How long a round takes here is not known yet: play one, npm start -- --rounds 3 --pace 0, and look again.'
      : `A round is ${on.traders} turns on this machine: measured, or with ~ scaled from a model that was, by its size.`,
    'To play one: MODEL=smollm2-135m npm start',
  ].join('\n');
}

function rowsOf({ shipped = [], models }: Catalog, on: ListedOn): Row[] {
  const known = [
    ...shipped.map((entry) => ({ ...entry, approxMB: 0, folder: on.shippedDir, ships: true })),
    ...models.map((entry) => ({ ...entry, folder: on.modelsDir, ships: false })),
  ].map((entry): Row => {
    const there = lengthOf(path.join(entry.folder, entry.file));
    const bytes = entry.bytes ?? there;
    return {
      ...entry,
      isThere: there !== null,
      bytes: bytes ?? entry.approxMB * 1_000_000,
      exact: bytes !== null,
      about: [entry.licence, entry.goodFor],
    };
  });
  return [...known, ...ownRows(on)].toSorted((one, other) => one.bytes - other.bytes);
}

/** Files that the catalog does not know and that were played here, if they still lie there. */
function ownRows({ speeds, modelsDir }: ListedOn): Row[] {
  const files = new Map(speeds.flatMap((speed) => (speed.path === undefined ? [] : [[speed.path, speed]])));
  return [...files].flatMap(([file, { fileBytes, promptStyle }]): Row[] => {
    if (lengthOf(file) !== fileBytes) return [];
    const name = path.dirname(file) === path.resolve(modelsDir) ? path.basename(file) : file;
    const about = name.length > NAME_MAX ? `…${name.slice(1 - NAME_MAX)}` : name;
    return [
      {
        id: 'yours',
        file,
        isThere: true,
        bytes: fileBytes,
        exact: true,
        promptStyle,
        ships: false,
        about: [about],
      },
    ];
  });
}

/** The widths of all columns except the last; numbers are aligned to the right. */
const WIDTHS = [1, 18, 9, 7, 7, 21];
/** Of a file's name or path, in place of the last two. */
const NAME_MAX = 50;
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

const UNKNOWN = 'unknown';

function roundTime(row: Row, { speeds, traders, threads, gpu }: ListedOn): string {
  const turn = secondsPerTurn(
    {
      file: path.basename(row.file),
      fileBytes: row.bytes,
      promptStyle: row.promptStyle,
      threads: threads ?? null,
      mayUseGpu: gpuFor(gpu, row.ships) !== 'off',
    },
    speeds,
  );
  if (turn === null) return UNKNOWN;
  const seconds = turn.seconds * traders;
  // Two figures: an estimate has no more of them.
  return `${turn.measured ? '' : '~'}${Number(seconds.toPrecision(2)).toLocaleString('en')} s`;
}

function lengthOf(file: string): number | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : null;
}
