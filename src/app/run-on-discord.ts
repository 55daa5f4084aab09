/** A show for each guild that has the bot: those of one shard, or all. */
import path from 'node:path';
import type { APIGatewayBotInfo } from 'discord.js';
import { systemClock } from '#show/clock.ts';
import type { ModelDesk } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import { errorText } from '#lib/error-text.ts';
import { aborted } from '#lib/abortable.ts';
import { ShowSupervisor } from './supervisor.ts';
import type { Settings } from './settings.ts';
import { Departures, GRACE_DAYS } from './departures.ts';
import { backUpHourly } from './upkeep/backups.ts';
import { keepTidy } from './upkeep/nightly.ts';
import { tickEachMinute } from './minute-tick.ts';
import { openShowWith, serveHealth, stageDeps, type Services } from './services.ts';
import type { ShowHealth } from './health/health.ts';
import { shardOf } from './shards.ts';

const INTERMISSION_SECONDS = 300;
const SEASON_DAYS = 14;

interface Guild {
  id: string;
  name: string;
}

export interface OwnShard {
  id: number;
  count: number;
}

/** `gateway`: what Discord said about its gateway a moment ago, if it was asked already. */
export async function runOnDiscord(
  services: Services,
  token: string,
  shard: OwnShard,
  gateway?: APIGatewayBotInfo,
): Promise<void> {
  const { settings, lifecycle, log } = services;
  const departures = new Departures(settings.dataDir);
  // Whatever comes and goes before there is a supervisor is in the list that it starts from.
  let supervisor: ShowSupervisor | null = null;
  let connected = (): boolean => false;
  // Before the stage, which waits for Discord however long it is away.
  await serveHealth(
    services,
    { connected: () => connected(), shows: () => healthOfShows(supervisor) },
    shard.id,
  );
  const stage = await openStage({
    ...stageDeps(services),
    settings: { token, api: settings.discordApi },
    ...(gateway && { gateway }),
    onGuild: ({ id }) => {
      if (!supervisor) return;
      void supervisor.add(id);
      orLog(log, id, () => departures.forget(id));
    },
    whyAway: (guildId) => (supervisor ? supervisor.whyAway(guildId) : { why: null, retryAtMs: null }),
    onGuildLeft: ({ id }) => {
      if (!supervisor) return;
      void supervisor.remove(id);
      log.warn(
        { guild: id, graceDays: GRACE_DAYS },
        'a server removed the bot: after the grace its show is deleted',
      );
      orLog(log, id, () => departures.note(id, systemClock.nowMs()));
    },
  });
  connected = () => stage.connected();
  lifecycle.onClose(() => stage.close());
  const here = (supervisor = supervisorOf(services, stage));
  lifecycle.onClose(() => here.close());
  const guilds = stage.guilds();
  greet(stage, guilds, shard);
  lifecycle.onClose(tickEachMinute(() => here.minuteTick(), log));
  const stores = () => here.openShows().map(({ store }) => store);
  const sweep = () => sweepDepartures(services, departures, stage, shard);
  lifecycle.onClose(keepTidy(stores, sweep, log));
  lifecycle.onClose(backUpHourly(stores, log));

  const opened = await Promise.all(guilds.map(({ id }) => here.add(id)));
  sweep();
  log.info({ guilds: guilds.length, dataDir: settings.dataDir }, 'on Discord');
  // Nothing works: the operator should not have to read a log to learn why.
  if (opened.length > 0 && opened.every((trouble) => trouble !== null)) lifecycle.end(opened[0]);
  if (!lifecycle.stop.aborted) await aborted(lifecycle.stop);
}

function supervisorOf(services: Services, stage: Stage): ShowSupervisor {
  const { settings, log } = services;
  const season = seasonOf(settings);
  const supervisor: ShowSupervisor = new ShowSupervisor({
    open: (guildId) =>
      openShowWith(
        services,
        path.join(settings.dataDir, `${guildId}.sqlite`),
        deskOf(services.brain.models, () => supervisor.size),
        {
          intermissionSeconds: INTERMISSION_SECONDS,
          season,
        },
      ),
    stage,
    clock: systemClock,
    log,
  });
  return supervisor;
}

function healthOfShows(supervisor: ShowSupervisor | null): ShowHealth[] {
  return (supervisor?.shows() ?? []).map(({ guildId, show, trouble }) => ({
    id: guildId,
    status: show?.status() ?? null,
    trouble,
  }));
}

function seasonOf({ seasonDays, seasonEpisodes }: Settings): {
  days: number | null;
  episodes: number | null;
} {
  const days = seasonDays ?? (seasonEpisodes === undefined ? SEASON_DAYS : null);
  return { days, episodes: seasonEpisodes ?? null };
}

/** All shows of this process think with one model. */
function deskOf(models: ModelDesk | null, shows: () => number): ModelDesk | null {
  return models && { ...models, isShared: () => shows() > 1 };
}

/** Marks shows of this shard whose guild is gone, takes the marks off those that are back, deletes what is overdue. */
function sweepDepartures({ log }: Services, departures: Departures, stage: Stage, shard: OwnShard): void {
  const nowMs = systemClock.nowMs();
  for (const id of departures.guilds()) {
    if (shardOf(id, shard.count) !== shard.id) continue;
    orLog(log, id, () => {
      if (stage.isIn(id)) departures.forget(id);
      else departures.note(id, nowMs);
      if (departures.deleteIfOverdue(id, nowMs))
        log.warn({ guild: id }, "a server's show is deleted: the grace is over");
    });
  }
}

/** A file that cannot be written is no reason to stop the shows. */
function orLog(log: Log, guild: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const why = errorText(error);
    log.error(
      { guild, error: why },
      'the departure of a server could not be kept on file; tried again tonight',
    );
  }
}

function greet(stage: Stage, guilds: readonly Guild[], shard: OwnShard): void {
  if (shard.id === 0) console.log(`To invite the bot to a server: ${stage.inviteUrl()}`);
  if (guilds.length === 0) return;
  const where = guilds.length <= 5 ? guilds.map(({ name }) => name).join(', ') : `${guilds.length} servers`;
  const which = shard.count > 1 ? ` (shard ${shard.id} of ${shard.count})` : '';
  console.log(`Open Outcry is in ${where}${which}. A producer types /setup, then /show start.`);
}
