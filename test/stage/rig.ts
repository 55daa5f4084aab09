/** A whole rig for the tests of the stage: a backlot, a real show on a real database, and the stage between them. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { TestContext } from 'node:test';
import type { APIMessage } from 'discord.js';
import { openBacklot, type Backlot, type BacklotOptions } from '#backlot/backlot.ts';
import { commands } from '#commands/index.ts';
import { systemClock } from '#show/clock.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import type { ClientSettings } from '#stage/discord/connect.ts';
import type { Command } from '#stage/interactions/command.ts';
import type { Patience } from '#stage/discord/gateway-watch.ts';
import { openStage, type Stage, type StageDeps } from '#stage/stage.ts';
import { hastyClock } from '#test/support/clock.ts';
import { validateAgainstOpenApi } from '#test/support/openapi.ts';
import { theatre, type Staging, type Theatre } from '#test/support/theatre.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** The painter has its own tests for pictures: here one pixel will do. */
export const pixelPainter: Painter = {
  floor: async () => PIXEL,
  round: async () => PIXEL,
  card: async () => PIXEL,
  portrait: async () => PIXEL,
  close: async () => {},
};

export interface Logged {
  level: 'debug' | 'info' | 'warn' | 'error';
  details: object;
  message: string;
}

export interface Rig {
  backlot: Backlot;
  stage: Stage;
  theatre: Theatre;
  show: Show;
  logged: Logged[];
  fatal: string[];
  /** Plays rounds and waits until everything in them is shown. */
  play: (rounds: number) => Promise<void>;
  shown: () => Promise<void>;
  /** Closes the stage and opens another on the same show and the same backlot. */
  reopen: () => Promise<void>;
}

export interface Building {
  backlot?: Partial<BacklotOptions>;
  staging?: Staging;
  painter?: Painter;
  setUp?: boolean;
  clock?: Clock;
  patience?: Partial<Patience>;
  answerWithinMs?: number;
  /** Commands in place of the shipped ones. */
  commands?: readonly Command[];
  lab?: StageDeps['lab'];
}

/** A rig where time passes twenty times as fast: for whatever waits before it tries again or shows something new. */
export function inHaste(staging: Staging = {}): Building {
  return {
    clock: hastyClock(600_000, 20),
    // Heartbeats keep to real time, so by this clock every connection is silent.
    patience: { silentMs: Infinity, stuckMs: Infinity },
    staging,
  };
}

export const MEMBERS = ['Producer', 'Ann', 'Ben', 'Cleo'] as const;

export async function openRig(t: TestContext, building: Building = {}): Promise<Rig> {
  const backlot = await openForTest(t, building.backlot);
  const playing = theatre(t, { ...building.staging, ...(building.clock && { clock: building.clock }) });
  const logged: Logged[] = [];
  const fatal: string[] = [];
  const open = (): Promise<Stage> =>
    openTestStage(backlot, {
      settings: { ...settingsFor(backlot), answerWithinMs: building.answerWithinMs },
      log: logInto(logged),
      onFatal: (message) => fatal.push(message),
      ...(building.painter && { painter: building.painter }),
      ...(building.clock && { clock: building.clock }),
      ...(building.patience && { patience: building.patience }),
      ...(building.commands && { commands: building.commands }),
      ...(building.lab && { lab: building.lab }),
    });
  const rig: Rig = {
    backlot,
    stage: await open(),
    theatre: playing,
    show: playing.show,
    logged,
    fatal,
    play: async (rounds) => {
      await playing.play(rounds);
      await rig.shown();
    },
    shown: () => rig.stage.drained(AbortSignal.timeout(20_000)),
    reopen: async () => {
      await rig.stage.close();
      rig.stage = await open();
      await rig.stage.attach(backlot.guildId, playing.show);
    },
  };
  await rig.stage.attach(backlot.guildId, playing.show);
  if (building.setUp !== false) {
    const built = await rig.stage.setUp(backlot.guildId);
    assert.ok(built.ok, `the set-up failed: ${JSON.stringify(built)}`);
    assert.deepEqual(built.report.problems, []);
  }
  return rig;
}

/** Every request and every answer must have been as Discord describes them. */
export async function openForTest(t: TestContext, options: Partial<BacklotOptions> = {}): Promise<Backlot> {
  const backlot = await openBacklot({
    guildName: 'The Pit',
    botName: 'Outcry',
    members: MEMBERS,
    limits: 'none',
    ...options,
  });
  const { violations } = validateAgainstOpenApi(backlot);
  const stages: Stage[] = [];
  stagesAt.set(backlot, stages);
  t.after(async () => {
    await Promise.all(stages.map((stage) => stage.close()));
    await backlot.close();
    assert.deepEqual(violations, []);
  });
  return backlot;
}

/** Rigs that must be closed before their backlot. */
const stagesAt = new WeakMap<Backlot, Stage[]>();

function settingsFor({ token, restApi, cdn }: Backlot): ClientSettings {
  return { token, api: restApi, cdn, requestsPerSecond: Number.POSITIVE_INFINITY };
}

export async function openTestStage(backlot: Backlot, parts: Partial<StageDeps> = {}): Promise<Stage> {
  const stage = await openStage({
    settings: settingsFor(backlot),
    commands,
    painter: pixelPainter,
    clock: systemClock,
    log: logInto([]),
    onFatal: () => {},
    ...parts,
  });
  stagesAt.get(backlot)?.push(stage);
  return stage;
}

export function logInto(logged: Logged[]): Log {
  const at = (level: Logged['level']) => (details: object, message: string) => {
    logged.push({ level, details, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The open pool's message, once all reactions are offered. */
export function table(rig: Rig): Promise<APIMessage> {
  return rig.backlot
    .viewer('Ann')
    .untilMessage(
      'betting-window',
      (message) =>
        message.embeds[0]?.title?.startsWith('Who gains most') === true &&
        (message.reactions?.length ?? 0) === 4,
      { what: 'the open pool' },
    );
}

export async function eventually(what: string, check: () => boolean, limitMs = 20_000): Promise<void> {
  const patience = AbortSignal.timeout(limitMs);
  while (!check()) {
    if (patience.aborted) assert.fail(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
