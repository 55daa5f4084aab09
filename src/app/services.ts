/** What every show of the process shares: content, brain, painter, log. */
import type { Content, Persona } from '#core/content.ts';
import { commands } from '#commands/index.ts';
import { openPainter } from '#paint/painter.ts';
import { systemClock } from '#show/clock.ts';
import type { ModelDesk } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import { isBlocked } from '#stage/presentation/blocklist.ts';
import { openBrain, type OpenBrain } from './open-brain.ts';
import type { Settings } from './settings.ts';
import { castsKept } from './models/kept-casts.ts';
import { labReports } from './models/lab-reports.ts';
import { loadLibrary } from './content.ts';
import type { HealthSources } from './health/health.ts';
import { EXIT, ExitError } from './exit.ts';
import type { Lifecycle } from './lifecycle.ts';
import { openShow, type OpenShowDeps, type OpenShow } from './open-show.ts';

export interface Services {
  settings: Settings;
  content: Content;
  /** All that ship, guests too. */
  personas: readonly Persona[];
  lifecycle: Lifecycle;
  log: Log;
  painter: Painter;
  brain: OpenBrain;
}

/** @param isPlayed whether a show is played by this process, by its name */
export async function openServices(
  settings: Settings,
  lifecycle: Lifecycle,
  log: Log,
  isPlayed: (show: string) => boolean,
): Promise<Services> {
  const { content, personas } = loadLibrary(settings.cast ?? null);
  const brain = await openBrain({
    settings,
    content,
    ownCasts: castsKept(settings, content, personas, isPlayed),
    log,
    say: (line) => console.log(line),
    signal: lifecycle.stop,
  });
  lifecycle.onClose(() => brain.close());
  const painter = openPainter({ office: content.office, cast: personas, log });
  lifecycle.onClose(() => painter.close());
  return { settings, content, personas, lifecycle, log, painter, brain };
}

/** Throws StoreError or SeedError. The caller closes it. */
export function openShowWith(
  { settings, content, personas, brain, log }: Services,
  file: string,
  models: ModelDesk | null,
  defaults: Pick<OpenShowDeps, 'intermissionSeconds' | 'season'>,
): OpenShow {
  return openShow({
    file,
    settings,
    intermissionSeconds: settings.intermissionSeconds ?? defaults.intermissionSeconds,
    season: defaults.season,
    content,
    personas,
    brainFor: brain.brainFor,
    standInFor: brain.standInFor,
    twinFor: brain.twinFor,
    models,
    clock: systemClock,
    log,
    blocks: isBlocked,
  });
}

/** Serves the health of this process where the settings ask for it, until the program ends. */
export async function serveHealth(
  { settings, lifecycle, log }: Pick<Services, 'settings' | 'lifecycle' | 'log'>,
  sources: Omit<HealthSources, 'dataDir'> & { dataDir?: string },
  shard = 0,
): Promise<void> {
  if (settings.healthPort === undefined) return;
  // Only who asks for it pays for the library.
  const { openHealthServer } = await import('./health/server.ts');
  const port = settings.healthPort + shard;
  const server = await openHealthServer(port, { dataDir: settings.dataDir, ...sources }, log);
  lifecycle.onClose(() => server.close());
}

/** For `openStage`. */
export function stageDeps({ painter, log, lifecycle }: Services) {
  return {
    commands,
    painter,
    lab: labReports(log),
    clock: systemClock,
    log,
    onFatal: (message: string) => lifecycle.end(new ExitError(message, EXIT.discordRefused)),
    signal: lifecycle.stop,
  };
}
