/** The tables of `bench:peers`. */
import { readFileSync } from 'node:fs';
import { median } from '../medians.ts';
import { isWhole } from '../show-turns.ts';
import type { Load } from '../load.ts';
import type { RoundTold } from './ways.ts';

export interface Row {
  way: string;
  threads: number;
  load: Load;
  rounds: RoundTold[];
  /** Of the way's process, in MiB; null where the system does not tell. */
  residentMiB: number | null;
}

export const ENGINE = 'this engine';

const seconds = ({ rounds }: Row): number => median(rounds.map(({ ms }) => ms / 1_000));
const msAToken = ({ rounds }: Row): number =>
  median(rounds.map(({ ms, forced, sampled }) => ms / (forced + sampled)));

const COLUMNS: [head: string, width: number, of: (row: Row) => string][] = [
  ['load', -5, ({ load }) => load],
  ['threads', 7, ({ threads }) => String(threads)],
  ['way', -24, ({ way }) => way],
  ['s a round', 9, (row) => seconds(row).toFixed(2)],
  ['ms a written token', 18, (row) => msAToken(row).toFixed(1)],
  ['read', 6, (row) => aTurn(row, ({ read }) => read)],
  ['forced', 6, (row) => aTurn(row, ({ forced }) => forced)],
  ['sampled', 7, (row) => aTurn(row, ({ sampled }) => sampled)],
  ['not whole', 10, notWhole],
  ['MiB', 5, ({ residentMiB }) => residentMiB?.toFixed(0) ?? '?'],
];

function aTurn({ rounds }: Row, of: (round: RoundTold) => number): string {
  const turns = rounds.reduce((sum, { answers }) => sum + answers.length, 0);
  return (rounds.reduce((sum, round) => sum + of(round), 0) / turns).toFixed(1);
}

function notWhole({ rounds }: Row): string {
  const answers = rounds.flatMap((round) => round.answers);
  return `${answers.filter((answer) => !isWhole(answer)).length} of ${answers.length}`;
}

export function table(rows: readonly Row[]): string {
  const lines = [
    COLUMNS.map(([head, width]) => padded(head, width)),
    ...rows.map((row) => COLUMNS.map(([, width, of]) => padded(of(row), width))),
  ];
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n');
}

function padded(text: string, width: number): string {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

/** How many times as fast as each peer the engine is, each of them at its own better number of threads. */
export function ratios(rows: readonly Row[]): string[] {
  return [...Map.groupBy(rows, ({ load }) => load)].flatMap(([load, ofLoad]) => {
    const ways = [...Map.groupBy(ofLoad, ({ way }) => way)];
    const best = (of: (row: Row) => number, way: string): number =>
      Math.min(...(ways.find(([name]) => name === way)?.[1] ?? []).map(of));
    return ways
      .filter(([way]) => way !== ENGINE)
      .map(([way]) => {
        const round = best(seconds, way) / best(seconds, ENGINE);
        const token = best(msAToken, way) / best(msAToken, ENGINE);
        return `${load}: ${round.toFixed(2)} times as fast a round as ${way}, ${token.toFixed(2)} times a written token`;
      });
  });
}

/** Null where the system is not Linux, or the process is gone. */
export function residentMiB(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
