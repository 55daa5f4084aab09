/** A guild's channels: inspected, built, repaired and taken down, one thing after another. */
import type { Guild } from 'discord.js';
import { SerialQueue } from '#lib/serial-queue.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import type { GuildLanguage } from '../guild-language.ts';
import type { Choices, Here } from '../interactions/guild-context.ts';
import { PRODUCER_ROLE_KEY, type Place, type Places } from './places.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { controlPanel, ruleCard, type StandingCard } from './standing-card.ts';
import { letProducersIn, setUpGuild } from './set-up.ts';
import { inspectGuild, NO_CARDS } from './inspect.ts';
import { tearDownGuild } from './tear-down.ts';
import { TopicKeeper } from './topic-keeper.ts';
import type { Inspection, SetupResult, TeardownReport } from './types.ts';
import { WebhookWatch } from './webhook-watch.ts';
import type { DiscordApi } from '../discord/api.ts';

export interface GuildChannelsDeps {
  guild: Guild;
  show: Show;
  places: Places;
  keyValues: KeyValues;
  language: GuildLanguage;
  wording: Wording;
  painter: Painter;
  api: DiscordApi;
  clock: Clock;
  log: Log;
  nonce: (what: string, n: number) => string;
  /** The bot's own user id. */
  botId: string;
}

const NO_CHOICES: Choices = { producerRole: null, language: null };

export class GuildChannels {
  readonly #deps: GuildChannelsDeps;
  readonly #rules: StandingCard;
  readonly #panel: StandingCard;
  /** Set-ups run one after another, so that nothing is built twice. */
  readonly #building = new SerialQueue();
  #buildings = 0;
  readonly #webhooks: WebhookWatch;
  readonly #topics: TopicKeeper;

  constructor(deps: GuildChannelsDeps) {
    this.#deps = deps;
    const { clock, guild, places, log } = deps;
    this.#webhooks = new WebhookWatch({
      places,
      clock,
      log,
      webhooksIn: async (channelId) => [...(await guild.channels.fetchWebhooks(channelId)).keys()],
      repair: (room) => this.repair(room),
      isBuilding: () => this.#buildings > 0,
    });
    this.#topics = new TopicKeeper(deps);
    this.#rules = ruleCard(deps);
    this.#panel = controlPanel(deps);
  }

  /** What is missing is named in the words of `wording`. Rejects with Discord's error. */
  async inspect(here: Here, wording: Wording): Promise<Inspection> {
    const cards = { rules: await this.#rules.state(), panel: await this.#panel.state() };
    return await inspectGuild({ ...this.#deps, wording }, cards, { here });
  }

  /** Rejects with Discord's error. */
  setUp(
    choices: Choices = NO_CHOICES,
    by = 'console',
    told: Wording = this.#deps.wording,
  ): Promise<SetupResult> {
    const deps = { ...this.#deps, told };
    return this.#oneAtATime(async () => {
      this.#settle(choices, by);
      this.#topics.changed();
      const unsettled = choices.producerRole === null ? [] : await letProducersIn(deps, choices.producerRole);
      const result = await setUpGuild(deps);
      if (!result.ok) return result;
      result.report.problems.push(...unsettled);
      await this.#rules.hang(result.report, told);
      await this.#panel.hang(result.report, told);
      return result;
    });
  }

  /**
   * Makes again what belongs to one place and went missing while the show ran. Resolves to whether something was missing.
   * Rejects when it cannot be made.
   */
  async repair(place: Place): Promise<boolean> {
    const result = await this.#oneAtATime(async () => {
      if (this.#deps.places.channel(place) === null)
        throw new Error('the stage was taken down; /setup builds it again');
      return await setUpGuild({ ...this.#deps, told: this.#deps.wording }, place);
    });
    if (!result.ok) throw new Error(result.problems.join(' '));
    return result.report.made.length > 0 || result.report.mended.length > 0;
  }

  /** Brings the panel of the green room up to date. Rejects with Discord's error. */
  refreshPanel(): Promise<void> {
    return this.#panel.refresh();
  }

  /** To be called after every connection: what was to change may be left over from before. */
  connected(): void {
    this.#topics.changed();
  }

  /** Somebody changed the webhooks of a channel. */
  webhooksChanged(channelId: string): void {
    this.#webhooks.heard(channelId);
  }

  /** Stops the show, returns all stakes, removes the channels. Rejects with Discord's error. */
  tearDown(by: string, told: Wording): Promise<TeardownReport> {
    return this.#oneAtATime(async () => {
      const { show } = this.#deps;
      show.stop(by);
      const { pools } = show.audience;
      for (const { id } of pools.live()) pools.refund(id, 'cancelled');
      show.noteSetup('taken down', by);
      return await tearDownGuild({ ...this.#deps, told }, await inspectGuild(this.#deps, NO_CARDS));
    });
  }

  /** Resolves when nothing is being built any more. */
  async close(): Promise<void> {
    await Promise.all([this.#webhooks.close(), this.#topics.close()]);
    await this.#building.idle();
  }

  #settle({ language: spoken, producerRole }: Choices, by: string): void {
    const { show, keyValues, language } = this.#deps;
    const settle = (): void => {
      // What is built stays in this language, even if the server's own language changes.
      language.choose(spoken ?? language.get());
      if (producerRole !== null) keyValues.set(PRODUCER_ROLE_KEY, producerRole);
    };
    const chosen = { ...(spoken && { language: spoken }), ...(producerRole !== null && { producerRole }) };
    if (Object.keys(chosen).length === 0) settle();
    else show.changeSetting(chosen, by, settle);
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const { guild, log } = this.#deps;
    return this.#building.run(async () => {
      this.#buildings += 1;
      try {
        return await work();
      } catch (error) {
        log.warn({ guild: guild.id, ...describeError(error) }, 'a change of the stage failed');
        throw error;
      } finally {
        this.#buildings -= 1;
      }
    });
  }
}
