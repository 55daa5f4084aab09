/**
 * A show on a real database with the scripted brain, torn down when the test ends. Only time and faults are doubles. The
 * database is in memory, so that nobody waits for a disk, unless the show is to be opened again.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { forCast } from '#brain/cast-brain.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import type { Persona } from '#core/content.ts';
import { DEFAULT_RULES, type Rules } from '#core/state.ts';
import { systemClock } from '#show/clock.ts';
import type { Answer, Brain, ModelDesk, Twin } from '#show/ports/brain.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Schedule } from '#show/schedule/settings.ts';
import { Show } from '#show/show.ts';
import { openStore, type Store } from '#store/store.ts';
import { content } from '#test/support/floor.ts';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface Theatre {
  show: Show;
  store: Store;
  play: (rounds: number) => Promise<void>;
  /** Closes this one and opens the same database again, as after a restart of the process. It has to be `onDisk`. */
  restart: () => Theatre;
}

export interface Staging {
  rules?: Partial<Rules>;
  seed?: number;
  started?: boolean;
  /** In a file of its own, for `restart`. */
  onDisk?: boolean;
  turnLimitMs?: number;
  /** Milliseconds a round; 0, as fast as it can, when left out. */
  paceMs?: number;
  intermissionMs?: number;
  models?: ModelDesk;
  clock?: Clock;
  /** Continuous when left out. */
  schedule?: Schedule;
  /** All that ship, guests too; the cast when left out. */
  personas?: readonly Persona[];
  /** Who thinks; the scripted brain when left out. */
  brain?: Brain;
  /** Plays where the brain leaves nothing to see; none when left out. */
  standIn?: Brain;
  /** What every episode is compared with; nothing when left out. */
  twin?: Twin;
  log?: Log;
  /** What a trader's brain does instead of thinking. */
  faults?: Record<string, () => Promise<Answer>>;
  /** True for a text that must not be shown; nothing when left out. */
  blocks?: (text: string) => boolean;
}

export function theatre(t: TestContext, staging: Staging = {}): Theatre {
  if (staging.onDisk !== true) return raise(t, ':memory:', staging);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return raise(t, path.join(folder, 'show.sqlite'), staging);
}

function raise(t: TestContext, file: string, staging: Staging): Theatre {
  const store = openStore(file);
  t.after(() => store.close());
  const seed = staging.seed ?? 1;
  const brain =
    staging.brain ??
    forCast(
      () => show.content.cast,
      (cast) => createScriptedBrain({ cast, seed }),
    );
  const show: Show = new Show({
    content,
    ...(staging.personas && { personas: staging.personas }),
    rules: { ...DEFAULT_RULES, ...staging.rules },
    seed,
    store,
    brain: faulty(brain, staging.faults ?? {}),
    standIn: staging.standIn,
    twin: staging.twin,
    models: staging.models ?? null,
    clock: staging.clock ?? systemClock,
    log: staging.log ?? silentLog,
    schedule: staging.schedule,
    paceMs: staging.paceMs ?? 0,
    intermissionMs: staging.intermissionMs,
    turnLimitMs: staging.turnLimitMs ?? 5_000,
    pictureEveryRounds: 1,
    blocks: staging.blocks ?? (() => false),
  });
  if (staging.started !== false && show.status().mode === 'stopped') show.start('console');
  return {
    show,
    store,
    play: (rounds) => show.run(AbortSignal.timeout(60_000), rounds),
    restart: () => {
      assert.ok(staging.onDisk, 'what is in memory only cannot be opened again');
      store.close();
      return raise(t, file, staging);
    },
  };
}

function faulty(brain: Brain, faults: Record<string, () => Promise<Answer>>): Brain {
  return {
    get label() {
      return brain.label;
    },
    think: (turn, signal) => faults[turn.observation.trader]?.() ?? brain.think(turn, signal),
    close: () => brain.close(),
  };
}
