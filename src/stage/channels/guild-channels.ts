/** A guild's stage with its channels: inspected, built, repaired and taken down, one thing after another. */
import { DiscordAPIError, type Guild } from 'discord.js';
import { SerialQueue } from '#lib/serial-queue.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import type { GuildLanguage } from '../guild-language.ts';
import type { Choices, Here } from '../interactions/guild-context.ts';
import { PRODUCER_ROLE_KEY, type Place, type Places } from './places.ts';
import { rulesCard } from '../presentation/posts/cards.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { letProducersIn, setUpGuild, type SetupReport, type SetupResult } from './set-up.ts';
import { StandingMessage } from '../posts/standing-message.ts';
import { inspectGuild, type RuleCard, type Inspection } from './inspect.ts';
import { tearDownGuild, type TeardownReport } from './tear-down.ts';
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
}

const NO_CHOICES: Choices = { producerRole: null, language: null };

export class GuildChannels {
  readonly #deps: GuildChannelsDeps;
  readonly #rules: StandingMessage;
  /** Set-ups run one after another, so that nothing is built twice. */
  readonly #building = new SerialQueue();

  constructor(deps: GuildChannelsDeps) {
    this.#deps = deps;
    const { nonce, clock } = deps;
    this.#rules = new StandingMessage({
      ...deps,
      note: 'message:rules',
      nonce: () => nonce('c', clock.nowMs()),
      pinned: true,
      remade: true,
    });
  }

  /** What is missing is named as `wording` names it. Rejects with Discord's error. */
  async inspect(here: Here, wording: Wording): Promise<Inspection> {
    return await inspectGuild({ ...this.#deps, wording }, await this.#ruleCard(), { here });
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
      const unsettled = choices.producerRole === null ? [] : await letProducersIn(deps, choices.producerRole);
      const result = await setUpGuild(deps);
      if (!result.ok) return result;
      result.report.problems.push(...unsettled);
      await this.#hangRules(result.report, told);
      return result;
    });
  }

  /** Makes again what belongs to one place: it went missing while the show ran. Rejects when it cannot. */
  async repair(place: Place): Promise<void> {
    const result = await this.#oneAtATime(async () => {
      if (this.#deps.places.channel(place) === null)
        throw new Error('the stage was taken down; /setup builds it again');
      return await setUpGuild({ ...this.#deps, told: this.#deps.wording }, place);
    });
    if (!result.ok) throw new Error(result.problems.join(' '));
  }

  /** Stops the show, returns all stakes, removes the channels. Rejects with Discord's error. */
  tearDown(by: string, told: Wording): Promise<TeardownReport> {
    return this.#oneAtATime(async () => {
      const { show } = this.#deps;
      show.stop(by);
      const pool = show.audience.pool();
      if (pool) show.audience.pools.refund(pool.id, 'cancelled');
      show.noteSetup('taken down', by);
      return await tearDownGuild({ ...this.#deps, told }, await inspectGuild(this.#deps, 'missing'));
    });
  }

  /** Resolves when nothing is being built. */
  async idle(): Promise<void> {
    await this.#building.idle();
  }

  #settle({ language: spoken, producerRole }: Choices, by: string): void {
    const { show, keyValues, language } = this.#deps;
    const settle = (): void => {
      // What is built stays in this language, whatever the server's own will be one day.
      language.choose(spoken ?? language.get());
      if (producerRole !== null) keyValues.set(PRODUCER_ROLE_KEY, producerRole);
    };
    const chosen = { ...(spoken && { language: spoken }), ...(producerRole !== null && { producerRole }) };
    if (Object.keys(chosen).length === 0) settle();
    else show.changeSetting(chosen, by, settle);
  }

  async #hangRules(report: SetupReport, told: Wording): Promise<void> {
    const { places, wording, api } = this.#deps;
    const channelId = places.channel('betting');
    if (channelId === null) return;
    const { setup } = told.texts;
    const stood = await this.#ruleCard();
    try {
      const shown = await this.#rules.show(channelId, rulesCard(wording));
      if (shown.made) report.made.push(setup.ruleCard);
      else report.kept++;
      if (!shown.made && stood === 'unpinned') await api.pin(channelId, shown.messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      report.problems.push(setup.refused(setup.ruleCard, told.shown(error.message, 200)));
    }
  }

  async #ruleCard(): Promise<RuleCard> {
    const { places, api } = this.#deps;
    const where = this.#rules.where();
    if (!where || where.channelId !== places.channel('betting')) return 'missing';
    try {
      const message = await api.message(where.channelId, where.messageId);
      return message.pinned ? 'pinned' : 'unpinned';
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return 'missing';
    }
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const { guild, log } = this.#deps;
    return this.#building.run(async () => {
      try {
        return await work();
      } catch (error) {
        log.warn({ guild: guild.id, ...describeError(error) }, 'a change of the stage failed');
        throw error;
      }
    });
  }
}
