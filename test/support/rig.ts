/**
 * The whole show in one process, as main.ts wires it: backlot, stage, show, database, painter. Real sockets, a real
 * client, a real file; torn down when the test ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { commands } from '#commands/index.ts';
import type { Rules } from '#core/state.ts';
import { openPainter } from '#paint/painter.ts';
import { systemClock } from '#show/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { validateAgainstOpenApi } from '#test/support/openapi.ts';
import { silentLog, theatre, type Theatre } from '#test/support/theatre.ts';

export interface Rig {
  readonly backlot: Backlot;
  /** The one that is open now: another after `restart`. */
  theatre: Theatre;
  stage: Stage;
  /** Plays rounds and waits until everything of them is shown. */
  play: (rounds: number) => Promise<void>;
  /** The bot goes away, the backlot stays; then the bot comes back on the same database. */
  restart: () => Promise<void>;
}

export const CREW = ['Producer', 'Ann', 'Bob'] as const;

export async function openRig(
  t: TestContext,
  staging: { rules?: Partial<Rules>; seed?: number } = {},
): Promise<Rig> {
  const backlot = await openBacklot({
    guildName: 'Open Outcry',
    description: textsFor('en').tagline(content.cast.length),
    botName: 'Open Outcry',
    members: CREW,
    limits: 'none',
  });
  const validation = validateAgainstOpenApi(backlot);
  const painter = openPainter({ office: content.office, cast: content.cast, log: silentLog });
  const rig: Rig = {
    backlot,
    theatre: theatre(t, { ...staging, onDisk: true, started: false }),
    stage: await stageFor(backlot, painter),
    play: async (rounds) => {
      await rig.theatre.play(rounds);
      await rig.stage.drained(AbortSignal.timeout(60_000));
    },
    restart: async () => {
      await rig.stage.close();
      rig.theatre = rig.theatre.restart();
      rig.stage = await stageFor(backlot, painter);
      await rig.stage.attach(backlot.guildId, rig.theatre.show);
    },
  };
  t.after(async () => {
    await rig.stage.close();
    await painter.close();
    await backlot.close();
    assert.deepEqual(
      validation.violations,
      [],
      "everything sent agrees with Discord's description of its API",
    );
  });
  await rig.stage.attach(backlot.guildId, rig.theatre.show);
  const built = await rig.stage.setUp(backlot.guildId);
  assert.ok(built.ok);
  assert.ok(rig.theatre.show.start('console').ok);
  return rig;
}

function stageFor(backlot: Backlot, painter: Painter): Promise<Stage> {
  return openStage({
    settings: { token: backlot.token, api: backlot.restApi, cdn: backlot.cdn },
    commands,
    painter,
    clock: systemClock,
    log: silentLog,
    onFatal: (message) => assert.fail(message),
  });
}

/** A folder for a test's files, gone when it ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
