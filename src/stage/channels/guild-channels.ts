/** A guild's stage as a building: surveyed, built, mended and taken down, one thing after another. */
import { DiscordAPIError, type Guild } from 'discord.js';
import type { Clock, Log, Notes, Painter } from '#show/ports/ports.ts';
import type { Show } from '#show/show.ts';
import type { GuildLanguage } from '../guild-language.ts';
import type { Choices, Here } from '../interactions/guild-context.ts';
import { PRODUCER_ROLE_NOTE, type Place, type Places } from './places.ts';
import { rulesCard } from '../presentation/posts/cards.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { letProducersIn, setUpGuild, type SetupReport, type SetupResult } from './set-up.ts';
import { StandingMessage } from '../posts/standing-message.ts';
import { surveyGuild, type RuleCard, type Survey } from './inspect.ts';
import { tearDownGuild, type TeardownReport } from './tear-down.ts';
import type { Wire } from '../discord/api.ts';

export interface PremisesParts {
  guild: Guild;
  show: Show;
  places: Places;
  notes: Notes;
  language: GuildLanguage;
  wording: Wording;
  painter: Painter;
  wire: Wire;
  clock: Clock;
  log: Log;
  nonce: (what: string, n: number) => string;
}

const NO_CHOICES: Choices = { producerRole: null, language: null };

export class Premises {
  readonly #parts: PremisesParts;
  readonly #rules: StandingMessage;
  /** Set-ups run one after another, so that nothing is built twice. */
  #building: Promise<unknown> = Promise.resolve();

  constructor(parts: PremisesParts) {
    this.#parts = parts;
    const { nonce, clock } = parts;
    this.#rules = new StandingMessage({
      ...parts,
      note: 'message:rules',
      nonce: () => nonce('c', clock.nowMs()),
      pinned: true,
      remade: true,
    });
  }

  /** Rejects with Discord's error. */
  async survey(here: Here): Promise<Survey> {
    return await surveyGuild(this.#parts, await this.#ruleCard(), { here });
  }

  /** Rejects with Discord's error. */
  setUp(
    choices: Choices = NO_CHOICES,
    by = 'console',
    told: Wording = this.#parts.wording,
  ): Promise<SetupResult> {
    const parts = { ...this.#parts, told };
    return this.#oneAtATime(async () => {
      this.#settle(choices, by);
      const unsettled =
        choices.producerRole === null ? [] : await letProducersIn(parts, choices.producerRole);
      const result = await setUpGuild(parts);
      if (!result.ok) return result;
      result.report.problems.push(...unsettled);
      await this.#hangRules(result.report, told);
      return result;
    });
  }

  /** Makes again what belongs to one place: it went missing while the show ran. Rejects when it cannot. */
  async repair(place: Place): Promise<void> {
    const result = await this.#oneAtATime(async () => {
      if (this.#parts.places.channel(place) === null)
        throw new Error('the stage was taken down; /setup builds it again');
      return await setUpGuild({ ...this.#parts, told: this.#parts.wording }, place);
    });
    if (!result.ok) throw new Error(result.problems.join(' '));
  }

  /** Stops the show, returns all stakes, removes the channels. Rejects with Discord's error. */
  tearDown(by: string, told: Wording): Promise<TeardownReport> {
    return this.#oneAtATime(async () => {
      const { show } = this.#parts;
      show.stop(by);
      const pool = show.audience.pool();
      if (pool) show.audience.pools.refund(pool.id, 'cancelled');
      show.noteSetup('taken down', by);
      return await tearDownGuild({ ...this.#parts, told }, await surveyGuild(this.#parts, 'missing'));
    });
  }

  /** Resolves when nothing is being built. */
  async idle(): Promise<void> {
    await this.#building;
  }

  #settle({ language: spoken, producerRole }: Choices, by: string): void {
    const { show, notes, language } = this.#parts;
    const settle = (): void => {
      // What is built stays in this language, whatever the server's own will be one day.
      language.choose(spoken ?? language.get());
      if (producerRole !== null) notes.set(PRODUCER_ROLE_NOTE, producerRole);
    };
    const chosen = { ...(spoken && { language: spoken }), ...(producerRole !== null && { producerRole }) };
    if (Object.keys(chosen).length === 0) settle();
    else show.changeSetting(chosen, by, settle);
  }

  async #hangRules(report: SetupReport, told: Wording): Promise<void> {
    const { places, wording, wire } = this.#parts;
    const channelId = places.channel('betting');
    if (channelId === null) return;
    const { setup } = told.texts;
    const stood = await this.#ruleCard();
    try {
      const shown = await this.#rules.show(channelId, rulesCard(wording));
      if (shown.made) report.made.push(setup.ruleCard);
      else report.kept++;
      if (!shown.made && stood === 'unpinned') await wire.pin(channelId, shown.messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      report.problems.push(setup.refused(setup.ruleCard, told.shown(error.message, 200)));
    }
  }

  async #ruleCard(): Promise<RuleCard> {
    const { places, wire } = this.#parts;
    const where = this.#rules.where();
    if (!where || where.channelId !== places.channel('betting')) return 'missing';
    try {
      const message = await wire.message(where.channelId, where.messageId);
      return message.pinned ? 'pinned' : 'unpinned';
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return 'missing';
    }
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const { guild, log } = this.#parts;
    const done = this.#building.then(work);
    this.#building = done.catch((error: unknown) =>
      log.warn({ guild: guild.id, ...describeError(error) }, 'a change of the stage failed'),
    );
    return done;
  }
}
