/**
 * Many servers in one process: this process is the bot, with a show for each guild, and another one is a backlot with all of
 * the guilds. Prints one line of JSON.
 *
 *   node test/bench/servers.ts [--guilds 200] [--pace SECONDS] [--minutes N]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBacklot } from '#backlot/backlot.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { commands } from '#commands/index.ts';
import { openPainter } from '#paint/painter.ts';
import { systemClock } from '#show/clock.ts';
import type { Log } from '#show/ports/clock.ts';
import { ShowSupervisor } from '#app/supervisor.ts';
import { readSettings } from '#app/settings.ts';
import { loadContent } from '#app/content.ts';
import { openShow } from '#app/open-show.ts';
import { openStage } from '#stage/stage.ts';
import { readArguments } from '#test/support/arguments.ts';
import { endOnSignals, held, temporaryFolder } from './ending.ts';

interface Address {
  token: string;
  restApi: string;
  cdn: string;
}

const BACKLOT = 'as-backlot';
const values = readArguments('node test/bench/servers.ts [--guilds 200] [--pace SECONDS] [--minutes N]', {
  guilds: { type: 'string', default: '200' },
  pace: { type: 'string', default: '60' },
  minutes: { type: 'string', default: '2' },
  [BACKLOT]: { type: 'boolean', default: false },
});
const guilds = Number(values.guilds);

if (values[BACKLOT]) {
  const { token, restApi, cdn } = await openBacklot({
    guildName: 'Pit',
    botName: 'Outcry',
    members: ['Producer'],
    limits: 'none',
    guilds,
  });
  process.send?.({ token, restApi, cdn } satisfies Address);
  process.on('disconnect', () => process.exit());
} else {
  endOnSignals();
  await measure();
  process.exit();
}

async function measure(): Promise<void> {
  const read = readSettings(['--pace', values.pace, '--episode-rounds', '12'], {});
  if (read.ok !== true) throw new Error('--pace: seconds from 3 to 600');
  const { settings } = read;
  const folder = temporaryFolder('bench-servers');
  const child = held(fork(import.meta.filename, [`--${BACKLOT}`, '--guilds', values.guilds]));
  const [address] = (await once(child, 'message')) as [Address];
  const { token, restApi: api, cdn } = address;

  const content = loadContent();
  const trouble = { warnings: 0, errors: 0 };
  const warn = () => void (trouble.warnings += 1);
  const error = (details: object, message: string): void => {
    trouble.errors += 1;
    console.error(message, details);
  };
  const log: Log = { debug() {}, info() {}, warn, error };
  const painter = openPainter({ office: content.office, cast: content.cast, log });
  const clock = systemClock;
  const onFatal = (message: string): never => {
    throw new Error(message);
  };
  const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

  const emptyMb = megabytes();
  let sinceMs = performance.now();
  const seconds = () => Math.round((performance.now() - sinceMs) / 100) / 10;
  const connection = { token, api, cdn, requestsPerSecond: 100_000 };
  const stage = await openStage({ settings: connection, commands, painter, clock, log, onFatal });
  const supervisor = new ShowSupervisor({
    open: (guildId) =>
      openShow({
        file: path.join(folder, `${guildId}.sqlite`),
        settings,
        intermissionSeconds: 60,
        season: { days: 14, episodes: null },
        content,
        brainFor: (seed) => createScriptedBrain({ cast: content.cast, seed }),
        models: null,
        clock,
        log,
        blocks: () => false,
      }),
    stage,
    clock,
    log,
  });
  const ids = stage.guilds().map(({ id }) => id);
  await Promise.all(ids.map((id) => supervisor.add(id)));
  const openS = seconds();
  const openMb = megabytes();

  sinceMs = performance.now();
  // The shows, too, are attached one after another.
  for (const id of ids) for (let built = false; !built;) built = await setUp(id);
  const setUpS = seconds();
  const shows = supervisor.openShows().map(({ show }) => show);
  for (const show of shows) show.start('console');

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const cpu = process.cpuUsage();
  const minutes = Number(values.minutes);
  await sleep(minutes * 60_000);
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const counts = shows.map((show) => show.status());
  const line = {
    guilds: ids.length,
    paceSeconds: settings.paceSeconds,
    minutes,
    openS,
    setUpS,
    emptyMb,
    openMb,
    playingMb: megabytes(),
    cpuShare: Math.round((user + system) / 600_000 / minutes) / 100,
    rounds: counts.reduce((sum, { round }) => sum + round, 0),
    behind: counts.filter(({ round }) => round < (minutes * 60) / settings.paceSeconds - 1).length,
    fumbles: counts.reduce((sum, { fumbles }) => sum + fumbles, 0),
    posted: stage.counts(),
    pendingPosts: counts.reduce((sum, { pendingPosts }) => sum + pendingPosts, 0),
    eventLoopMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    trouble,
  };
  console.log(JSON.stringify(line));
  await supervisor.close();
  await stage.close();
  await painter.close();
  child.disconnect();

  async function setUp(id: string): Promise<boolean> {
    try {
      const result = await stage.setUp(id);
      if (!result.ok) throw new Error(result.problems.join(' '));
      return true;
    } catch (cause) {
      // Not attached yet.
      if (!(cause instanceof Error && cause.message.includes('attach one first'))) throw cause;
      await sleep(50);
      return false;
    }
  }
}

function ms(nanoseconds: number): number {
  return Math.round(nanoseconds / 1e6);
}
