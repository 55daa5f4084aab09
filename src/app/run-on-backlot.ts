/** One show on the local backlot: for a newcomer, for scripts, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { equityCents } from '#core/books.ts';
import { stateHash } from '#show/hash.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import type { Settings } from './settings.ts';
import { EXIT, Farewell, type House } from './lifecycle.ts';
import { keepHouse } from './nightly.ts';
import { nudgeEachMinute } from './minute-tick.ts';
import { produce, stageParts, type Parts } from './services.ts';
import type { Production } from './open-show.ts';

const SHOW = 'backlot';
const INTERMISSION_SECONDS = 60;
const SEASON_EPISODES = 48;
const DRAIN_LIMIT_MS = 120_000;

export async function playOnBacklot(parts: Parts): Promise<void> {
  const { settings, house, log } = parts;
  const folder = showFolder(settings, house);
  const name = settings.show ?? SHOW;
  const production = produce(parts, path.join(folder, `${name}.sqlite`), parts.brain.models, {
    intermissionSeconds: INTERMISSION_SECONDS,
    season: { days: settings.seasonDays ?? null, episodes: settings.seasonEpisodes ?? SEASON_EPISODES },
  });
  house.onClose(() => production.close());
  house.onClose(
    keepHouse(
      () => [production.store],
      () => undefined,
      log,
    ),
  );
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
  if (settings.rounds === undefined) house.onClose(nudgeEachMinute(() => production.nudge(), log));
  await production.run(house.stop, settings.rounds);
  if (settings.rounds !== undefined && !house.stop.aborted) await report(production, stage, settings);
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
    throw new Farewell(
      `Port ${settings.port} is taken; name another with --port, or 0 for any free one.`,
      EXIT.badInput,
      {
        cause: error,
      },
    );
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
