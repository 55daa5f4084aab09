/** One show on the local backlot: for a newcomer, for scripts, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { labPage } from '#lab/report/page.ts';
import type { Log } from '#show/ports/clock.ts';
import { openStage } from '#stage/stage.ts';
import { DEFAULT_LANGUAGE, textsFor } from '#stage/texts/index.ts';
import { rootCode } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import type { Settings } from './settings.ts';
import { EXIT, ExitError } from './exit.ts';
import type { Lifecycle } from './lifecycle.ts';
import { allReports } from './models/lab-reports.ts';
import { backUpHourly } from './upkeep/backups.ts';
import { keepTidy } from './upkeep/nightly.ts';
import { tickEachMinute } from './minute-tick.ts';
import { openShowWith, serveHealth, stageDeps, type Services } from './services.ts';
import { checkDataDir } from './checks/data-dir.ts';
import { report } from './report.ts';

const SHOW = 'backlot';
const INTERMISSION_SECONDS = 60;
const SEASON_EPISODES = 48;
/** What keeps the backlot from its port, by the system's code. */
const PORT_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken',
  EACCES: 'may not be opened by this user',
};

/** Whether it is played there. */
export const isOnBacklot = (show: string, settings: Settings): boolean => show === nameOf(settings);

const nameOf = ({ show }: Settings): string => show ?? SHOW;

export async function runOnBacklot(
  settings: Settings,
  lifecycle: Lifecycle,
  open: () => Promise<Services>,
): Promise<void> {
  // Whoever asked for rounds has none while the brain is still opened.
  if (settings.rounds !== undefined) lifecycle.owe(roundsCutShort());
  const services = await open();
  const { log } = services;
  const folder = showFolder(settings, lifecycle);
  const name = nameOf(settings);
  const running = openShowWith(services, path.join(folder, `${name}.sqlite`), services.brain.models, {
    intermissionSeconds: INTERMISSION_SECONDS,
    season: { days: settings.seasonDays ?? null, episodes: settings.seasonEpisodes ?? SEASON_EPISODES },
  });
  lifecycle.onClose(() => running.close());
  lifecycle.onClose(
    keepTidy(
      () => [running.store],
      () => undefined,
      log,
    ),
  );
  lifecycle.onClose(backUpHourly(() => [running.store], log));
  const backlot = await openLocalBacklot(
    settings,
    path.join(folder, `${name}.backlot.json`),
    running.show.content.cast.length,
    log,
  );
  lifecycle.onClose(() => backlot.close());
  const stage = await openStage({
    ...stageDeps(services),
    settings: { token: backlot.token, api: backlot.restApi, cdn: backlot.cdn },
  });
  lifecycle.onClose(() => stage.close());
  await serveHealth(services, {
    connected: () => stage.connected(),
    shows: () => [{ id: name, status: running.show.status(), trouble: null }],
    backlotTrouble: () => backlot.saveTrouble,
    dataDir: folder,
  });
  await stage.attach(backlot.guildId, running.show);
  const built = await stage.setUp(backlot.guildId);
  if (!built.ok) throw new InputError(`The backlot could not be set up: ${built.problems.join(' ')}`);

  const { show } = running;
  if (show.status().mode === 'stopped') show.start('console');
  console.log(
    settings.rounds === undefined
      ? `The show is on: ${backlot.url}   (${show.status().brain} brain, a round every ${settings.paceSeconds} s; Ctrl+C ends it)`
      : `Playing ${settings.rounds === 1 ? '1 round' : `${settings.rounds} rounds`} on ${backlot.url}`,
  );
  if (settings.rounds === undefined) lifecycle.onClose(tickEachMinute(() => running.minuteTick(), log));
  await running.run(lifecycle.stop, settings.rounds);
  if (settings.rounds === undefined) {
    console.log('The show closes. The same command goes on where it was.');
    return;
  }
  if (lifecycle.stop.aborted) return;
  lifecycle.owe(null);
  await report({ running, stage, rounds: settings.rounds, signal: lifecycle.stop });
}

function roundsCutShort(): ExitError {
  return new ExitError(
    'Told to end before all rounds were played. A show with a name (--show NAME) goes on with its next run.',
    EXIT.atOnce,
  );
}

/** Rounds for a script leave nothing behind, unless they belong to a show with a name. */
function showFolder(settings: Settings, lifecycle: Lifecycle): string {
  if (settings.rounds === undefined || settings.show !== undefined) {
    checkDataDir(settings.dataDir);
    return settings.dataDir;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  lifecycle.onClose(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openLocalBacklot(
  settings: Settings,
  dataFile: string,
  traders: number,
  log: Log,
): Promise<Backlot> {
  try {
    return await openBacklot({
      port: settings.port,
      guildName: 'Open Outcry',
      description: textsFor(DEFAULT_LANGUAGE).tagline(traders),
      botName: 'Open Outcry',
      members: ['Producer', 'Member One', 'Member Two', 'Member Three'],
      dataFile,
      ownPages: [{ id: 'lab', title: 'The lab', html: () => labPage(allReports(log)) }],
      limits: settings.paceSeconds === 0 ? 'none' : 'discord',
      onError: (error) => log.error({ error: error.message }, 'the backlot itself could not be kept'),
    });
  } catch (error) {
    const trouble = PORT_TROUBLE[rootCode(error)];
    if (trouble === undefined) throw error;
    throw new ExitError(
      `Port ${settings.port} ${trouble}; name another with --port, or 0 for any free one.`,
      EXIT.badInput,
      { cause: error },
    );
  }
}
