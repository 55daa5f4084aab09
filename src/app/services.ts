/** What every show of the process shares: content, brain, painter, log. */
import { pino } from 'pino';
import type { Content } from '#core/content.ts';
import { commands } from '#commands/index.ts';
import { openPainter } from '#paint/painter.ts';
import { systemClock } from '#show/clock.ts';
import type { Log, ModelDesk, Painter } from '#show/ports/ports.ts';
import { isBlocked } from '#stage/presentation/blocklist.ts';
import { redact } from '#lib/redact.ts';
import { openBrain, type OpenBrain } from './open-brain.ts';
import type { Settings } from './settings.ts';
import { loadContent } from './content.ts';
import { EXIT, Farewell, type House } from './lifecycle.ts';
import { openProduction, type Producing, type Production } from './open-show.ts';

export interface Parts {
  settings: Settings;
  content: Content;
  house: House;
  log: Log;
  painter: Painter;
  brain: OpenBrain;
}

export function openLog(settings: Settings): Log {
  return pino({ level: settings.logLevel, hooks: { streamWrite: redact } }, pino.destination(2));
}

export async function openParts(settings: Settings, house: House, log: Log): Promise<Parts> {
  const content = loadContent();
  const brain = await openBrain({
    settings,
    content,
    log,
    say: (line) => console.log(line),
    signal: house.stop,
  });
  house.onClose(() => brain.close());
  const painter = openPainter({ office: content.office, cast: content.cast, log });
  house.onClose(() => painter.close());
  return { settings, content, house, log, painter, brain };
}

/** Throws StoreError or SeedError. The caller closes it. */
export function produce(
  { settings, content, brain, log }: Parts,
  file: string,
  models: ModelDesk | null,
  defaults: Pick<Producing, 'intermissionSeconds' | 'season'>,
): Production {
  return openProduction({
    file,
    settings,
    intermissionSeconds: settings.intermissionSeconds ?? defaults.intermissionSeconds,
    season: defaults.season,
    content,
    brainFor: brain.brainFor,
    models,
    clock: systemClock,
    log,
    blocks: isBlocked,
  });
}

/** For `openStage`. */
export function stageParts({ painter, log, house }: Parts) {
  return {
    commands,
    painter,
    clock: systemClock,
    log,
    onFatal: (message: string) => house.end(new Farewell(message, EXIT.discordRefused)),
    signal: house.stop,
  };
}
