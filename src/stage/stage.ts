/** The stage: one Discord connection, a show for each guild that has one. */
import { Events, OAuth2Scopes, type Client, type Guild } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import { connect, restOptions, type ClientSettings } from './discord/client.ts';
import type { Command } from './interactions/command.ts';
import { deployCommands } from './interactions/deploy.ts';
import { GuildStage } from './guild-stage.ts';
import { PATIENCE, type Patience } from './discord/gateway-watch.ts';
import { INVITED_WITH } from './channels/permissions.ts';
import { hearReactions } from './betting/reactions.ts';
import type { Away } from './interactions/guild-context.ts';
import { routeInteractions } from './interactions/router.ts';
import type { SetupResult } from './channels/set-up.ts';
import { languageOf, type Language } from './texts/index.ts';
import { DiscordApi } from './discord/api.ts';

export interface StageDeps {
  settings: ClientSettings;
  /** From commands/index.ts. */
  commands: readonly Command[];
  painter: Painter;
  clock: Clock;
  log: Log;
  /** A person has to act: the process should say so and end with its own exit code. */
  onFatal: (message: string) => void;
  /** The bot was added to a guild while running. */
  onGuild?: (guild: { id: string; name: string }) => void;
  /** Why a guild's show is not there just now; null for a guild without one. */
  whyAway?: (guildId: string) => Away | null;
  /** A guild removed the bot while running; not when Discord merely lost sight of it. */
  onGuildLeft?: (guild: { id: string; name: string }) => void;
  /** What shows speak until `/setup` chose; the server's own language when left out. */
  language?: Language;
  /** How long a command may take before it is answered without its result. */
  answerLimitMs?: number;
  /** How long a silent connection is borne; the usual values when left out. */
  patience?: Partial<Patience>;
  /** Aborts the attempts to connect. */
  signal?: AbortSignal;
}

export interface StageCounts {
  messages: number;
  linesSpoken: number;
  pictures: number;
  failures: number;
}

export interface Stage {
  /** Where an admin invites the bot with all the permissions that it needs. */
  inviteUrl(): string;
  /** Guilds that the bot is in. */
  guilds(): { id: string; name: string }[];
  /** Puts a show on: deploys the commands, hears reactions, begins to post. Once a guild. Rejects with Discord's error. */
  attach(guildId: string, show: Show): Promise<void>;
  /** Takes a show off, after what is being sent. Does no harm to a guild that has none. */
  detach(guildId: string): Promise<void>;
  /** Builds what is missing of a guild's channels and webhooks. Rejects with Discord's error. */
  setUp(guildId: string): Promise<SetupResult>;
  /** Resolves when all shows have shown all that is planned; rejects with the signal's reason. */
  drained(signal: AbortSignal): Promise<void>;
  counts(): StageCounts;
  /** True while Discord's events arrive. */
  connected(): boolean;
  /**
   * Finishes what is being sent, logs out; a second call waits for the first. While Discord is away, discord.js goes on knocking after this: a process that
   * means to end then has to exit.
   */
  close(): Promise<void>;
}

const RECONNECTION_LIMIT_MS = 3_000;

/** Connects to Discord, as long as that takes. Rejects after `onFatal`, or with the signal's reason. */
export async function openStage(deps: StageDeps): Promise<Stage> {
  const { settings, commands, painter, clock, log } = deps;
  const stages = new Map<string, GuildStage>();
  let hopeless = false;
  const onFatal = (message: string): void => {
    hopeless = true;
    deps.onFatal(message);
  };

  const listen = (client: Client): void => {
    routeInteractions(client, {
      commands,
      log,
      contextOf: (guildId) => stages.get(guildId) ?? null,
      whyAway: (guildId) => deps.whyAway?.(guildId) ?? null,
      answerLimitMs: deps.answerLimitMs,
    });
    hearReactions(client, (guildId) => stages.get(guildId)?.table, log);
    client.on(Events.ShardReady, () => reconnected());
    client.on(Events.ShardResume, () => reconnected());
    client.on(Events.GuildCreate, ({ id, name }) => deps.onGuild?.({ id, name }));
    client.on(Events.GuildDelete, ({ id, name }) => deps.onGuildLeft?.({ id, name }));
  };
  const reconnected = (): void => {
    for (const stage of stages.values()) void stage.connected();
  };

  const signal = deps.signal ?? new AbortController().signal;
  const patience = { ...PATIENCE, ...deps.patience };
  const { client, gatewayWatch } = await connect({
    settings,
    api: listen,
    log,
    clock,
    onFatal,
    signal,
    patience,
  });
  const api = new DiscordApi(client.rest, restOptions(settings), settings.token);
  const connected = (): boolean => !hopeless && gatewayWatch.isUp(client);

  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    gatewayWatch.close();
    await Promise.all([...stages.values()].map((stage) => stage.close()));
    if (!connected() && !hopeless) await reconnection(client, clock);
    await client.destroy();
  };

  return {
    inviteUrl: () =>
      client.generateInvite({
        scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands],
        permissions: INVITED_WITH,
      }),
    guilds: () => client.guilds.cache.map(({ id, name }) => ({ id, name })),
    attach: async (guildId, show) => {
      if (stages.has(guildId)) throw new Error(`guild ${guildId} has a show already`);
      const guild = guildOf(client, guildId);
      const language = deps.language ?? languageOf(guild.preferredLocale);
      const stage = new GuildStage({ client, guild, show, api, language, painter, clock, log, connected });
      stages.set(guildId, stage);
      try {
        await deployCommands(client, guildId, commands, show.keyValues);
      } catch (error) {
        stages.delete(guildId);
        await stage.close();
        throw error;
      }
      await stage.connected();
    },
    detach: async (guildId) => {
      const stage = stages.get(guildId);
      stages.delete(guildId);
      await stage?.close();
    },
    setUp: async (guildId) => await stageOf(stages, guildId).setUp(),
    drained: async (signal) => {
      await Promise.all([...stages.values()].map((stage) => stage.drained(signal)));
    },
    counts: () => total([...stages.values()].map((stage) => stage.publisher.counts())),
    connected,
    close: () => (closed ??= close()),
  };
}

/**
 * A client that is destroyed while it connects comes back to life (discord.js 14.28.1, @discordjs/ws 1.2), so its
 * connection is waited for, a while.
 */
async function reconnection(client: Client, clock: Clock): Promise<void> {
  const patience = new AbortController();
  const back = Promise.withResolvers<void>();
  client.once(Events.ShardReady, () => back.resolve());
  client.once(Events.ShardResume, () => back.resolve());
  await Promise.race([back.promise, clock.sleep(RECONNECTION_LIMIT_MS, patience.signal)]);
  patience.abort();
}

function stageOf(stages: ReadonlyMap<string, GuildStage>, guildId: string): GuildStage {
  const stage = stages.get(guildId);
  if (!stage) throw new Error(`guild ${guildId} has no show yet: attach one first`);
  return stage;
}

function guildOf(client: Client, guildId: string): Guild {
  const guild = client.guilds.cache.get(guildId);
  if (!guild) throw new Error(`the bot is in no guild ${guildId}: invite it there first`);
  return guild;
}

function total(counts: readonly StageCounts[]): StageCounts {
  const sum: StageCounts = { messages: 0, linesSpoken: 0, pictures: 0, failures: 0 };
  for (const each of counts) {
    sum.messages += each.messages;
    sum.linesSpoken += each.linesSpoken;
    sum.pictures += each.pictures;
    sum.failures += each.failures;
  }
  return sum;
}
