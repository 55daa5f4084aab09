/** A show for each guild that has the bot: those of one shard, or all. */
import path from 'node:path';
import { systemClock } from '#show/clock.ts';
import type { Log, ModelDesk } from '#show/ports/ports.ts';
import { openStage, type Stage } from '#stage/stage.ts';
import { Company } from './supervisor.ts';
import type { Settings } from './settings.ts';
import { Departures, GRACE_DAYS } from './departures.ts';
import { keepHouse } from './nightly.ts';
import { nudgeEachMinute } from './minute-tick.ts';
import { produce, stageParts, type Parts } from './services.ts';
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

export async function playOnDiscord(parts: Parts, token: string, shard: OwnShard): Promise<void> {
  const { settings, house, log } = parts;
  const departures = new Departures(settings.dataDir);
  // What comes and goes before the company is there is seen when it looks around.
  let company: Company | null = null;
  const stage = await openStage({
    ...stageParts(parts),
    settings: { token, api: settings.discordApi },
    onGuild: ({ id }) => {
      if (!company) return;
      void company.enter(id);
      orLog(log, id, () => departures.forget(id));
    },
    onGuildLeft: ({ id }) => {
      if (!company) return;
      void company.leave(id);
      log.warn(
        { guild: id, graceDays: GRACE_DAYS },
        'a server removed the bot: after the grace its show is deleted',
      );
      orLog(log, id, () => departures.note(id, systemClock.nowMs()));
    },
  });
  house.onClose(() => stage.close());
  const here = (company = companyOn(parts, stage));
  house.onClose(() => here.close());
  const guilds = stage.guilds();
  greet(stage, guilds, shard);
  house.onClose(nudgeEachMinute(() => here.nudge(), log));
  const stores = () => here.productions().map(({ store }) => store);
  const sweep = () => sweepDepartures(parts, departures, here, shard);
  house.onClose(keepHouse(stores, sweep, log));

  const opened = await Promise.all(guilds.map(({ id }) => here.enter(id)));
  sweep();
  log.info({ guilds: guilds.length, dataDir: settings.dataDir }, 'on Discord');
  // Nothing works: the operator should not have to read a log to learn why.
  if (opened.length > 0 && opened.every((trouble) => trouble !== null)) house.end(opened[0]);
  if (!house.stop.aborted) await once(house.stop);
}

function companyOn(parts: Parts, stage: Stage): Company {
  const { settings, log } = parts;
  const season = seasonOf(settings);
  const company: Company = new Company({
    open: (guildId) =>
      produce(
        parts,
        path.join(settings.dataDir, `${guildId}.sqlite`),
        deskOfOne(parts.brain.models, () => company.size),
        {
          intermissionSeconds: INTERMISSION_SECONDS,
          season,
        },
      ),
    stage,
    clock: systemClock,
    log,
  });
  return company;
}

function seasonOf({ seasonDays, seasonEpisodes }: Settings): {
  days: number | null;
  episodes: number | null;
} {
  const days = seasonDays ?? (seasonEpisodes === undefined ? SEASON_DAYS : null);
  return { days, episodes: seasonEpisodes ?? null };
}

/** Several shows share the model: none of their producers may change it for the others. */
function deskOfOne(models: ModelDesk | null, shows: () => number): ModelDesk | null {
  if (!models) return null;
  return {
    known: () => (shows() === 1 ? models.known() : []),
    change: async (name) => {
      if (shows() !== 1)
        throw new Error('several servers share the model; only who runs the bot may change it');
      await models.change(name);
    },
  };
}

/** Marks shows of this shard whose guild is gone, takes the marks off those that are back, deletes what is overdue. */
function sweepDepartures({ log }: Parts, departures: Departures, company: Company, shard: OwnShard): void {
  const nowMs = systemClock.nowMs();
  for (const id of departures.guilds()) {
    if (shardOf(id, shard.count) !== shard.id) continue;
    orLog(log, id, () => {
      if (company.has(id)) departures.forget(id);
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
    const why = error instanceof Error ? error.message : String(error);
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

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
