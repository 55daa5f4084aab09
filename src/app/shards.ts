/**
 * More guilds than one gateway connection takes: discord.js's ShardingManager runs a process for each shard. This process
 * only spawns them. Each of them opens the shows of its own guilds, and the lock on a show's file proves it.
 */
import { ShardingManager, type Shard } from 'discord.js';
import type { ChildProcess } from 'node:child_process';
import type { Clock, Log } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { EXIT, ExitError } from './exit.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ShardRange } from './settings.ts';

export interface Sharding {
  token: string;
  /** Those of this machine: others may run on another, with a data folder of its own. */
  shards: ShardRange;
  /** What each process runs. */
  file: string;
  args: readonly string[];
  lifecycle: Lifecycle;
  clock: Clock;
  log: Log;
}

/** Discord lets a bot identify once in five seconds. */
const BETWEEN_SPAWNS_MS = 5_500;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 300_000;
const HEALTHY_MS = 600_000;
/** Exit codes that no new try will mend: a person must act. */
const FINAL: ReadonlySet<number> = new Set([EXIT.badInput, EXIT.discordRefused, EXIT.showIsOpen]);
/** What the manager sends to have a shard end in order. */
const STOP_MESSAGE = 'open-outcry:stop';

/** Which shard this process is, of how many; null when it is not one of the manager's. */
export function ownShard(
  env: Readonly<Record<string, string | undefined>>,
): { id: number; count: number } | null {
  const { SHARDING_MANAGER, SHARDS, SHARD_COUNT } = env;
  if (SHARDING_MANAGER === undefined || SHARDS === undefined) return null;
  return { id: Number(SHARDS), count: Number(SHARD_COUNT) };
}

/** As Discord deals guilds out. */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** Whether a show is one of this shard's: it is called by its guild's id. */
export function isOfShard(show: string, { id, count }: { id: number; count: number }): boolean {
  return /^\d{1,20}$/.test(show) && shardOf(show, count) === id;
}

/** In a shard's process: ends the show when the manager says so, or is gone. */
export function heedManager(lifecycle: Lifecycle): void {
  process.on('message', (message) => {
    if (message === STOP_MESSAGE) lifecycle.end();
  });
  process.on('disconnect', () => lifecycle.end());
  // It may have died before anything here listened.
  if (!process.connected) lifecycle.end();
}

/** Runs until the program is to end or a shard ends for good; then all have ended. */
export async function manageShards(sharding: Sharding): Promise<void> {
  const { token, shards, file, args, lifecycle, clock } = sharding;
  const manager = new ShardingManager(file, {
    token,
    totalShards: shards.of,
    shardList: idsOf(shards),
    respawn: false,
    shardArgs: [...args],
    // discord.js would start them without the engine's flags that bootstrap.mjs gave this process.
    execArgv: [...process.execArgv],
  });
  lifecycle.onAtOnce(() => {
    for (const { process: child } of manager.shards.values()) child?.kill('SIGKILL');
  });
  const lives: Lives = new Map();
  const running: Promise<void>[] = [];
  for (const id of idsOf(shards)) {
    if (lifecycle.stop.aborted) break;
    running.push(keepAlive(manager.createShard(id), lives, sharding));
    if (id < shards.last) await clock.sleep(BETWEEN_SPAWNS_MS, lifecycle.stop);
  }
  await Promise.all(running);
}

function idsOf({ first, last }: ShardRange): number[] {
  return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
}

/** Of each shard, by its id: since when its present process lives, and with what exit code the one before ended. */
type Lives = Map<number, { sinceMs: number; codeBefore: number | null }>;

/** Spawns a shard again whenever its process dies, ever more slowly. Resolves when the program is to end. */
async function keepAlive(shard: Shard, lives: Lives, { lifecycle, clock, log }: Sharding): Promise<void> {
  const backoff = new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
  let code: number | null = null;
  while (!lifecycle.stop.aborted) {
    const sinceMs = clock.nowMs();
    lives.set(shard.id, { sinceMs, codeBefore: code });
    code = await lifeOf(shard, lifecycle.stop);
    if (lifecycle.stop.aborted) return;
    if (code !== null && isFinal(code, shard, lives, clock.nowMs())) {
      lifecycle.end(
        new ExitError(`Shard ${shard.id} ended for good with exit code ${code}; see above.`, code),
      );
      return;
    }
    if (clock.nowMs() - sinceMs >= HEALTHY_MS) backoff.reset();
    const retryInMs = backoff.next();
    log.error(
      { shard: shard.id, code, retryInMs },
      'a shard died; it is started again, and the others go on',
    );
    await clock.sleep(retryInMs, lifecycle.stop);
  }
}

/**
 * All shards have the same settings: where another runs with them, what this one met may pass, as when memory has no room for its model
 * at that moment. One that has met it, too, and lives again since a moment ago, may be about to meet it again.
 */
function isFinal(code: number, { id, manager }: Shard, lives: Lives, nowMs: number): boolean {
  if (code !== EXIT.badInput) return FINAL.has(code);
  return ![...manager.shards.values()].some((other) => {
    const life = lives.get(other.id);
    if (other.id === id || other.process === null || !life) return false;
    return life.codeBefore !== EXIT.badInput || nowMs - life.sinceMs >= HEALTHY_MS;
  });
}

/** Resolves with the exit code of one life of the shard's process; null when a signal ended it. */
async function lifeOf(shard: Shard, stop: AbortSignal): Promise<number | null> {
  // A shard is a process in the manager's default mode; -1: nobody waits for it to be ready.
  const child: ChildProcess = await shard.spawn(-1);
  const tell = (): void => {
    if (child.connected) child.send(STOP_MESSAGE);
  };
  stop.addEventListener('abort', tell, { once: true });
  if (stop.aborted) tell();
  try {
    return await new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  } finally {
    stop.removeEventListener('abort', tell);
  }
}
