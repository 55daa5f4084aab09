/** Whether the program does what it is there for: Discord answers, the shows move, the disk has room. */
import { statfs } from 'node:fs/promises';
import type { ShowStatus } from '#show/results.ts';
import type { SymptomKind } from '#show/watch/symptoms.ts';
import { errorLine } from '#lib/error-text.ts';

/** With less room than this a show cannot be backed up, and soon not be stored. */
const DISK_LEAST_BYTES = 256 * 2 ** 20;

/** A show, as far as its health goes. */
export interface ShowHealth {
  /** The guild's id, or the show's name. */
  id: string;
  /** Null while the show is not open. */
  status: ShowStatus | null;
  /** Why it is not open, in one line; null while it is only being opened. */
  trouble: string | null;
}

export interface HealthSources {
  /** True while Discord's events arrive. */
  connected: () => boolean;
  shows: () => readonly ShowHealth[];
  /** Why the backlot cannot write its own file, in one line; null while it can. Without a backlot left out. */
  backlotTrouble?: () => string | null;
  /** The folder that must have room. */
  dataDir: string;
  /** Free bytes there for this user; default: asks the system. Rejects with the system's error. */
  freeBytes?: ((folder: string) => Promise<number>) | undefined;
}

export type Problem =
  | { what: 'discord_away' }
  | { what: 'disk_full'; freeBytes: number | null; why?: string }
  | { what: 'show_away'; show: string; why: string | null }
  | { what: 'backlot_unkept'; why: string }
  | { what: SymptomKind; show: string; trader: string | null; count: number };

export interface Health {
  /** True when there is no problem. */
  ok: boolean;
  problems: Problem[];
  discord: { connected: boolean };
  /** By the show's mode; `away` are those that could not be opened. */
  shows: { running: number; paused: number; stopped: number; away: number };
  /** Null where the system does not tell. */
  diskFreeBytes: number | null;
}

export async function healthOf(sources: HealthSources): Promise<Health> {
  const connected = sources.connected();
  const shows = { running: 0, paused: 0, stopped: 0, away: 0 };
  const problems: Problem[] = connected ? [] : [{ what: 'discord_away' }];
  for (const { id, status, trouble } of sources.shows()) {
    shows[status?.mode ?? 'away'] += 1;
    if (!status) problems.push({ what: 'show_away', show: id, why: trouble });
    for (const { kind, trader, count } of status?.symptoms ?? [])
      problems.push({ what: kind, show: id, trader, count });
  }
  const unkept = sources.backlotTrouble?.() ?? null;
  if (unkept !== null) problems.push({ what: 'backlot_unkept', why: unkept });
  const disk = await roomOn(sources);
  if (disk.problem) problems.push(disk.problem);
  return {
    ok: problems.length === 0,
    problems,
    discord: { connected },
    shows,
    diskFreeBytes: disk.freeBytes,
  };
}

async function roomOn({ dataDir, freeBytes = askSystem }: HealthSources): Promise<{
  freeBytes: number | null;
  problem: Problem | null;
}> {
  try {
    const free = await freeBytes(dataDir);
    return {
      freeBytes: free,
      problem: free < DISK_LEAST_BYTES ? { what: 'disk_full', freeBytes: free } : null,
    };
  } catch (error) {
    // A disk that cannot be asked cannot be written either.
    return { freeBytes: null, problem: { what: 'disk_full', freeBytes: null, why: errorLine(error) } };
  }
}

async function askSystem(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
