/** One show on the local backlot: for a newcomer, for scripts, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBacklot, type Backlot } from '#backlot/backlot.ts';
import { equityCents } from '#core/books.ts';
import { stateHash } from '#show/hash.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import type { Settings } from './settings.ts';
import type { Lifecycle } from './lifecycle.ts';
import { keepTidy } from './nightly.ts';
import { tickEachMinute } from './minute-tick.ts';
import { openShowWith, stageDeps, type Services } from './services.ts';
import type { OpenShow } from './open-show.ts';

const SHOW = 'backlot';
const INTERMISSION_SECONDS = 60;
const SEASON_EPISODES = 48;
const DRAIN_LIMIT_MS = 120_000;

export async function runOnBacklot(services: Services): Promise<void> {
  const { settings, lifecycle, log } = services;
  const folder = showFolder(settings, lifecycle);
  const name = settings.show ?? SHOW;
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
  const backlot = await openLocalBacklot(settings, path.join(folder, `${name}.backlot.json`));
  lifecycle.onClose(() => backlot.close());
  const stage = await openStage({
    ...stageDeps(services),
    settings: { token: backlot.token, api: backlot.restApi, cdn: backlot.cdn },
  });
  lifecycle.onClose(() => stage.close());
  await stage.attach(backlot.guildId, running.show);
  const built = await stage.setUp(backlot.guildId);
  if (!built.ok) throw new Error(`the backlot could not be set up: ${built.problems.join(' ')}`);

  const { show } = running;
  if (show.status().mode === 'stopped') show.start('console');
  console.log(
    settings.rounds === undefined
      ? `The show is on: ${backlot.url}   (${show.status().brain} brain, a round every ${settings.paceSeconds} s; Ctrl+C ends it)`
      : `Playing ${settings.rounds} rounds on ${backlot.url}`,
  );
  if (settings.rounds === undefined) lifecycle.onClose(tickEachMinute(() => running.minuteTick(), log));
  await running.run(lifecycle.stop, settings.rounds);
  if (settings.rounds !== undefined && !lifecycle.stop.aborted) await report(running, stage, settings);
}

/** Rounds for a script leave nothing behind, unless they belong to a show with a name. */
function showFolder(settings: Settings, lifecycle: Lifecycle): string {
  if (settings.rounds === undefined || settings.show !== undefined) return settings.dataDir;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  lifecycle.onClose(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function openLocalBacklot(settings: Settings, dataFile: string): Promise<Backlot> {
  return openBacklot({
    port: settings.port,
    guildName: 'Open Outcry',
    botName: 'Open Outcry',
    members: ['Producer', 'Member One', 'Member Two', 'Member Three'],
    dataFile,
    limits: settings.paceSeconds === 0 ? 'none' : 'discord',
  });
}

async function report({ show, store }: OpenShow, stage: Stage, settings: Settings): Promise<void> {
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
