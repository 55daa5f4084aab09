/** Plays one seed: a world from its first event to its last, and what was found. */
import { mkdtempSync, rmSync, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { seen, Violation } from './checks/violation.ts';
import { Faults } from './sim/faults.ts';
import { Killed } from './sim/life.ts';
import { People } from './sim/people.ts';
import { profileOf } from './sim/profile.ts';
import { World, type Counts } from './sim/world.ts';

const DAY_MS = 86_400_000;
/** Memory where there is some: what is tested is what is written, not how slowly. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
/** So long a calm world has to show what waits. */
const CALM_MS = 3 * DAY_MS;

export interface Play {
  seed: number;
  rounds: number;
  /** Only these faults strike; null: all of the seed's. */
  only?: readonly string[] | null;
}

export interface Played {
  seed: number;
  violation: { check: string; message: string; log: readonly string[] } | null;
  struck: readonly string[];
  counts: Counts & { rounds: number; statements: number; messages: number; picks: number };
  simulatedMs: number;
  /** Of everything that stands in Discord: the same seed gives the same. */
  digest: string;
}

export async function playSeed({ seed, rounds, only = null }: Play): Promise<Played> {
  const folder = mkdtempSync(path.join(FOLDER, 'open-outcry-torture-'));
  const faults = new Faults(seed, only);
  const profile = profileOf(seed);
  const world = new World(profile, faults, path.join(folder, 'show.sqlite'));
  const stray: unknown[] = [];
  seen.length = 0;
  const heed = (error: unknown): void => void stray.push(error);
  process.on('unhandledRejection', heed);
  let found: unknown = null;
  let played = 0;
  try {
    world.start();
    new People(world).begin();
    const endMs = profile.startMs + 120 * DAY_MS;
    for (; played < rounds && world.kernel.trueMs < endMs;) {
      await step(world);
      played = Math.max(played, world.bot?.show?.state.round ?? 0);
      assertNoStray(stray);
    }
    await calm(world, stray);
  } catch (error) {
    found = error;
  } finally {
    process.off('unhandledRejection', heed);
    world.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const messages = [...world.discord.messages.values()];
  return {
    seed,
    violation: found === null ? null : describe(found, world.logged),
    struck: faults.struck,
    counts: {
      ...world.counts,
      rounds: played,
      statements: world.disk.statements,
      messages: messages.length,
      picks: world.picks.judged,
    },
    simulatedMs: world.kernel.trueMs - profile.startMs,
    digest: createHash('sha256')
      .update(JSON.stringify(messages.map(({ id, content, webhookId }) => [id, content, webhookId])))
      .digest('hex'),
  };
}

async function step(world: World): Promise<void> {
  try {
    await world.kernel.step();
  } catch (error) {
    // Whatever a killed process was about to do is not done.
    if (!(error instanceof Killed)) throw error;
    await world.kernel.settle();
  }
  world.afterEvent();
}

/** No fault strikes any more: everything that waits is shown, and then nothing may be left over. */
async function calm(world: World, stray: unknown[]): Promise<void> {
  world.faults.end();
  world.disk.setFull(false);
  const untilMs = world.kernel.trueMs + CALM_MS;
  while (world.kernel.trueMs < untilMs) {
    const { bot } = world;
    const show = bot?.show;
    if (show && bot.gateway.up && show.status().mode === 'running') show.pause('console');
    if (show?.status().mode === 'paused' && show.outbox.pending() === 0 && bot?.gateway.up === true) break;
    await step(world);
    assertNoStray(stray);
  }
  const { bot } = world;
  if (!bot?.show) throw new Violation('it comes back', 'no show is on, days after the last fault');
  const waiting = bot.show.outbox.pending();
  if (waiting > 0)
    throw new Violation(
      'everything is shown or told',
      `${waiting} posts still wait, days after the last fault`,
    );
  world.atTheEnd();
}

/** Rejections that nobody heard, but of those that a kill left behind. */
function assertNoStray(stray: unknown[]): void {
  const [violation] = seen;
  if (violation) throw violation;
  for (const error of stray.splice(0)) {
    if (error instanceof Killed) continue;
    if (error instanceof Error && /connection is not open/u.test(error.message)) continue;
    throw error;
  }
}

function describe(error: unknown, log: readonly string[]): NonNullable<Played['violation']> {
  if (error instanceof Violation) return { check: error.check, message: error.message, log };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { check: 'no fault of the program', message, log };
}
