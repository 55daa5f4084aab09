/** The stage: one connection to Discord, and the shows of all guilds that have one. */
import { Events, OAuth2Scopes, Status, type APIGatewayBotInfo, type Client, type Guild } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { LabDesk } from '#show/ports/lab-desk.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import { connect, logOut, type ClientSettings } from './discord/connect.ts';
import type { Command } from './interactions/command.ts';
import { deployCommands } from './interactions/deploy.ts';
import { GuildStage } from './guild-stage.ts';
import { PATIENCE, type Patience } from './discord/gateway-watch.ts';
import { INVITED_WITH } from './channels/permissions.ts';
import { hearReactions } from './betting/reactions.ts';
import type { Away } from './interactions/guild-context.ts';
import { routeInteractions } from './interactions/router.ts';
import { languageOf, type Language } from './texts/index.ts';
import { DiscordApi } from './discord/api.ts';
import { restOptions } from './discord/rest-options.ts';
import type { SetupResult } from './channels/types.ts';

export interface StageDeps {
  settings: ClientSettings;
  /** What Discord said about its gateway a moment ago, if it was asked already. */
  gateway?: APIGatewayBotInfo;
  /** From commands/index.ts. */
  commands: readonly Command[];
  painter: Painter;
  /** What the lab has measured here, for `/report`. Default: nothing. */
  lab?: LabDesk;
  clock: Clock;
  log: Log;
  /** A person must act: the process should say so and end with its own exit code. */
  onFatal: (message: string) => void;
  /** The bot was added to a guild while running, or a guild that was unavailable at Discord is there again. */
  onGuild?: (guild: { id: string; name: string }) => void;
  /** Why a guild's show is not there at the moment; null for a guild without one. */
  whyAway?: (guildId: string) => Away | null;
  /** A guild removed the bot while running. Not called when the guild is merely unavailable at Discord. */
  onGuildLeft?: (guild: { id: string; name: string }) => void;
  /** What shows speak until a language is chosen by `/setup`. Default: the server's own language. */
  language?: Language;
  /** How long a command may take before it is answered without its result. */
  answerLimitMs?: number;
  /** How long a silent connection is tolerated. Default: the usual values. */
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
  /** The address at which an admin invites the bot with all the permissions that it needs. */
  inviteUrl(): string;
  /** The guilds that the bot is in, without those that are unavailable at Discord: `onGuild` tells when they come. */
  guilds(): { id: string; name: string }[];
  /** True also for guilds that are unavailable. */
  isIn(guildId: string): boolean;
  /** Puts a show on: deploys the commands, hears reactions, begins to post. Once per guild. Rejects with Discord's error. */
  attach(guildId: string, show: Show): Promise<void>;
  /** Takes a show off, after what is being sent. Does nothing for a guild that has none. */
  detach(guildId: string): Promise<void>;
  /** Builds the missing ones of a guild's channels and webhooks. Rejects with Discord's error. */
  setUp(guildId: string): Promise<SetupResult>;
  /** Resolves when all shows have shown everything planned; rejects with the signal's reason. */
  drained(signal: AbortSignal): Promise<void>;
  counts(): StageCounts;
  /** True while Discord's events arrive. */
  connected(): boolean;
  /** Finishes what is being sent, logs out; a second call waits for the first. */
  close(): Promise<void>;
}

/** Connects to Discord, however long that takes. Rejects after `onFatal`, or with the signal's reason. */
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
    client.on(Events.WebhooksUpdate, ({ id, guildId }) => stages.get(guildId)?.webhooksChanged(id));
    client.on(Events.GuildCreate, ({ id, name }) => deps.onGuild?.({ id, name }));
    client.on(Events.GuildUnavailable, ({ id }) =>
      log.warn({ guild: id }, 'a server is away at Discord; its show goes on and waits for it'),
    );
    client.on(Events.GuildAvailable, ({ id, name, shardId }) => {
      // Guilds that come with a login are handled with it.
      if (client.ws.shards.get(shardId)?.status !== Status.Ready) return;
      log.info({ guild: id }, 'a server that was away at Discord is back');
      void stages.get(id)?.connected();
      deps.onGuild?.({ id, name });
    });
    client.on(Events.GuildDelete, ({ id, name }) => deps.onGuildLeft?.({ id, name }));
  };
  const reconnected = (): void => {
    for (const stage of stages.values()) void stage.connected();
  };

  const signal = deps.signal ?? new AbortController().signal;
  const patience = { ...PATIENCE, ...deps.patience };
  const { client, gatewayWatch } = await connect({
    settings,
    gateway: deps.gateway ?? null,
    listen,
    log,
    clock,
    onFatal,
    signal,
    patience,
  });
  const api = new DiscordApi(client.rest, restOptions(settings), settings.token);
  const connected = (): boolean => !hopeless && gatewayWatch.isUp();

  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    gatewayWatch.close();
    await Promise.all([...stages.values()].map((stage) => stage.close()));
    await logOut(client, clock);
  };

  return {
    inviteUrl: () => inviteUrl(client.application.id),
    guilds: () =>
      client.guilds.cache.filter(({ available }) => available).map(({ id, name }) => ({ id, name })),
    isIn: (guildId) => client.guilds.cache.has(guildId),
    attach: async (guildId, show) => {
      if (stages.has(guildId)) throw new Error(`guild ${guildId} has a show already`);
      const guild = guildOf(client, guildId);
      const language = deps.language ?? languageOf(guild.preferredLocale);
      const { cdn } = settings;
      const stage = new GuildStage({
        client,
        guild,
        show,
        api,
        cdn,
        language,
        painter,
        lab: deps.lab,
        clock,
        log,
        connected,
      });
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

/** A person opens it in a browser, so it names Discord itself, wherever the bot's own requests go. */
function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(INVITED_WITH),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

function stageOf(stages: ReadonlyMap<string, GuildStage>, guildId: string): GuildStage {
  const stage = stages.get(guildId);
  if (!stage) throw new Error(`guild ${guildId} has no show yet: attach one first`);
  return stage;
}

function guildOf(client: Client, guildId: string): Guild {
  const guild = client.guilds.cache.get(guildId);
  if (!guild) throw new Error(`the bot is in no guild ${guildId}: invite it there first`);
  if (!guild.available)
    throw new Error(`guild ${guildId} is away at Discord: it is tried again when it is back`);
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
