/**
 * The composition root: reads the settings, opens the brain, the painter, the stage and a production for each guild, and
 * closes them in order. The only place that knows every part.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { ModelFetchError } from '#brain/download/error.ts';
import { EngineUnavailableError, ModelFileError, TemplateError } from '#brain/engine/errors.ts';
import { RemoteBrainError } from '#brain/remote/address.ts';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { commands } from '#commands/index.ts';
import { equityCents } from '#core/books.ts';
import type { Content } from '#core/content.ts';
import { openPainter } from '#paint/painter.ts';
import { systemClock } from '#show/clock.ts';
import { stateHash } from '#show/hash.ts';
import type { Log, ModelDesk, Painter } from '#show/ports.ts';
import { isBlocked } from '#stage/blocklist.ts';
import { redact } from '#stage/redact.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import { StoreError } from '#store/store.ts';
import { openBrain, type OpenBrain } from './brains.ts';
import { helpText, readSettings, type Settings } from './config.ts';
import { ContentError, loadContent } from './content.ts';
import { keepHouse } from './housekeeping.ts';
import { openProduction, SeedError, type Production } from './production.ts';

const EXIT = { fault: 1, badInput: 2, discordRefused: 3, showIsOpen: 4 } as const;
/** Errors of one line that a person mends by giving something else. */
const BAD_INPUT = [
  ContentError,
  SeedError,
  ModelFileError,
  ModelFetchError,
  TemplateError,
  EngineUnavailableError,
  RemoteBrainError,
];
const BACKLOT_SHOW = 'backlot';
const BACKLOT_INTERMISSION_SECONDS = 60;
const DISCORD_INTERMISSION_SECONDS = 300;
const DRAIN_LIMIT_MS = 120_000;

/** A line for the person at the terminal and the exit code that goes with it. */
class Farewell extends Error {
  readonly code: number;
  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Everything that the house keeps open, closed in reverse order. */
class House {
  readonly stop = new AbortController();
  readonly productions: Production[] = [];
  readonly #closers: (() => unknown)[] = [];
  /** What ended the show, if not a signal. */
  farewell: unknown = null;

  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  end(farewell: unknown): void {
    this.farewell ??= farewell;
    this.stop.abort();
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
    this.#closers.length = 0;
  }
}

interface Parts {
  settings: Settings;
  content: Content;
  house: House;
  log: Log;
  painter: Painter;
  brain: OpenBrain;
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const read = readSettings(process.argv.slice(2), process.env);
  if (read.ok === 'help') return console.log(helpText());
  if (!read.ok) throw new Farewell(read.complaints.join('\n'), EXIT.badInput);
  const { settings } = read;

  const house = new House();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second time somebody means it.
      if (house.stop.signal.aborted) process.exit(130);
      house.stop.abort();
    });
  }
  try {
    const parts = await openParts(settings, house);
    await (settings.discordToken === undefined ? playOnBacklot(parts) : playOnDiscord(parts, settings.discordToken));
  } finally {
    await house.close();
  }
  if (house.farewell) throw house.farewell;
}

async function openParts(settings: Settings, house: House): Promise<Parts> {
  const content = loadContent();
  const log = pino(
    {
      level: settings.logLevel,
      hooks: { streamWrite: redact },
    },
    pino.destination(2),
  );
  const brain = await openBrain({ settings, content, log, say: (line) => console.log(line), signal: house.stop.signal });
  house.onClose(() => brain.close());
  const painter = openPainter({ office: content.office, cast: content.cast, log });
  house.onClose(() => painter.close());
  house.onClose(keepHouse(() => house.productions.map((production) => production.store), log));
  return { settings, content, house, log, painter, brain };
}

function produce(parts: Parts, file: string, intermissionSeconds: number, models: ModelDesk | null): Production {
  const { settings, content, house, brain, log } = parts;
  const production = openProduction({
    file,
    settings,
    intermissionSeconds: settings.intermissionSeconds ?? intermissionSeconds,
    content,
    brainFor: brain.brainFor,
    models,
    clock: systemClock,
    log,
    blocks: isBlocked,
  });
  house.productions.push(production);
  house.onClose(() => production.close());
  return production;
}

// -------------------------------------------------------------------------------------------------------- backlot

async function playOnBacklot(parts: Parts): Promise<void> {
  const { settings, house } = parts;
  const folder = showFolder(settings, house);
  const name = settings.show ?? BACKLOT_SHOW;
  const production = produce(parts, path.join(folder, `${name}.sqlite`), BACKLOT_INTERMISSION_SECONDS, parts.brain.models);
  const backlot = await openLocalBacklot(settings, path.join(folder, `${name}.backlot.json`));
  house.onClose(() => backlot.close());
  const stage = await openStage({
    ...stageParts(parts),
    settings: { token: backlot.token, api: backlot.restApi, cdn: backlot.cdn },
  });
  house.onClose(() => stage.close());
  await stage.attach(backlot.guildId, production.show);
  const built = await stage.setUp(backlot.guildId);
  if (!built.ok) throw new Error(`the backlot could not be set up: ${built.problems.join(' ')}`);

  const { show } = production;
  if (show.status().mode === 'stopped') show.start('console');
  console.log(
    settings.rounds === undefined
      ? `The show is on: ${backlot.url}   (${show.status().brain} brain, a round every ${settings.paceSeconds} s; Ctrl+C ends it)`
      : `Playing ${settings.rounds} rounds on ${backlot.url}`,
  );
  await production.run(house.stop.signal, settings.rounds);
  if (settings.rounds !== undefined && !house.stop.signal.aborted) await report(production, stage, settings);
}

/** Rounds for a script leave nothing behind, unless they belong to a show with a name. */
function showFolder(settings: Settings, house: House): string {
  if (settings.rounds === undefined || settings.show !== undefined) return settings.dataDir;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  house.onClose(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openLocalBacklot(settings: Settings, dataFile: string): Promise<Backlot> {
  try {
    return await openBacklot({
      port: settings.port,
      guildName: 'Open Outcry',
      botName: 'Open Outcry',
      members: ['Producer', 'Member One', 'Member Two', 'Member Three'],
      dataFile,
      limits: settings.paceSeconds === 0 ? 'none' : 'discord',
    });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    throw new Farewell(`Port ${settings.port} is taken; name another with --port, or 0 for any free one.`, EXIT.badInput, {
      cause: error,
    });
  }
}

async function report({ show, store }: Production, stage: Stage, settings: Settings): Promise<void> {
  await stage.drained(AbortSignal.timeout(DRAIN_LIMIT_MS));
  const { linesSpoken, pictures } = stage.counts();
  const { market, traders, seed } = show.state;
  const { turns, fumbles } = store.show.counts();
  const dollars = Object.values(traders).map((it) => [it.id, equityCents(it.book, market.priceCents) / 100]);
  const line = {
    brain: show.status().brain,
    seed,
    rounds: settings.rounds,
    turns,
    fumbles,
    linesPosted: linesSpoken,
    picturesPosted: pictures,
    equity: Object.fromEntries(dollars),
    ledgerSum: show.audience.ledgerSum(),
    stateHash: stateHash(show.state),
  };
  console.log(JSON.stringify(line));
}

// -------------------------------------------------------------------------------------------------------- Discord

async function playOnDiscord(parts: Parts, token: string): Promise<void> {
  const { settings, house, log } = parts;
  const running = new Map<string, Promise<void>>();
  const enter = (stage: Stage, guild: { id: string; name: string }): void => {
    if (running.has(guild.id)) return;
    running.set(guild.id, playInGuild(parts, stage, guild));
  };
  let stage: Stage | null = null;
  stage = await openStage({
    ...stageParts(parts),
    settings: { token },
    onGuild: (guild) => {
      if (stage) enter(stage, guild);
    },
  });
  house.onClose(() => stage.close());
  for (const guild of stage.guilds()) enter(stage, guild);
  const where = stage.guilds().map((guild) => guild.name);
  console.log(`To invite the bot to a server: ${stage.inviteUrl()}`);
  if (where.length > 0) console.log(`Open Outcry is in ${where.join(', ')}. A producer types /setup, then /show start.`);
  log.info({ guilds: where.length, dataDir: settings.dataDir }, 'on Discord');
  await new Promise<void>((resolve) => house.stop.signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.all(running.values());
}

/** One guild's trouble never stops another's: it is logged, and the others go on. */
async function playInGuild(parts: Parts, stage: Stage, guild: { id: string; name: string }): Promise<void> {
  const { settings, house, log } = parts;
  try {
    const file = path.join(settings.dataDir, `${guild.id}.sqlite`);
    // Several shows share the model: none of their producers may change it for the others.
    const models = stage.guilds().length === 1 ? parts.brain.models : null;
    const production = produce(parts, file, DISCORD_INTERMISSION_SECONDS, models);
    await stage.attach(guild.id, production.show);
    await production.run(house.stop.signal);
  } catch (error) {
    log.error({ guild: guild.id, error: error instanceof Error ? error.message : String(error) }, 'this show has ended');
    if (stage.guilds().length === 1) house.end(error);
  }
}

function stageParts({ painter, log, house }: Parts) {
  return {
    commands,
    painter,
    clock: systemClock,
    log,
    onFatal: (message: string) => house.end(new Farewell(message, EXIT.discordRefused)),
    signal: house.stop.signal,
  };
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Farewell) return error.code;
  if (error instanceof StoreError) return error.code === 'locked' ? EXIT.showIsOpen : EXIT.badInput;
  return BAD_INPUT.some((kind) => error instanceof kind) ? EXIT.badInput : EXIT.fault;
}

try {
  await main();
} catch (error) {
  const code = exitCodeOf(error);
  // A fault of the program shows where; everything else is one line for a person.
  const detail = code === EXIT.fault && error instanceof Error ? error.stack : undefined;
  console.error(redact(detail ?? (error instanceof Error ? error.message : String(error))));
  process.exitCode = code;
}
// A Discord client that was closed while it reconnected can come back to life: nothing is left to wait for.
process.exit();
