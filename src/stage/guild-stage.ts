/** The stage of one guild: its show, its channels, what it posts there and what it hears there. */
import type { Client, Guild } from 'discord.js';
import type { Named } from '#show/audience/member-picks.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { CardView } from '#show/ports/card-views.ts';
import type { Clock, Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import type { Show, ShowNews } from '#show/show.ts';
import type { GuildDeps } from './guild-deps.ts';
import { BettingTable } from './betting/betting-table.ts';
import { BoardKeeper } from './posts/board-keeper.ts';
import { CardPainter } from './posts/card-painter.ts';
import { Sender } from './posts/sender.ts';
import { FloorPainter } from './posts/floor-painter.ts';
import { History } from './posts/history.ts';
import { GuildLanguage } from './guild-language.ts';
import type { Choices, Here, GuildContext } from './interactions/guild-context.ts';
import { nonces } from './discord/nonce.ts';
import type { MessageBody } from './presentation/message.ts';
import { Places, PRODUCER_ROLE_KEY } from './channels/places.ts';
import { GuildChannels } from './channels/guild-channels.ts';
import type { Wording } from './presentation/wording.ts';
import { Publisher } from './posts/publisher.ts';
import { describeError } from '#lib/redact.ts';
import type { Language } from './texts/index.ts';
import { Typing } from './posts/typing.ts';
import type { DiscordApi } from './discord/api.ts';
import type { Inspection, SetupResult, TeardownReport } from './channels/types.ts';

export interface GuildStageDeps {
  client: Client<true>;
  guild: Guild;
  show: Show;
  api: DiscordApi;
  /** What the show speaks until a language is chosen by `/setup`. */
  language: Language;
  painter: Painter;
  clock: Clock;
  log: Log;
  connected: () => boolean;
}

export class GuildStage implements GuildContext {
  readonly show: Show;
  readonly wording: Wording;
  readonly table: BettingTable;
  readonly publisher: Publisher;
  readonly #deps: GuildStageDeps;
  readonly #places: Places;
  readonly #language: GuildLanguage;
  readonly #channels: GuildChannels;
  readonly #floor: FloorPainter;
  readonly #cards: CardPainter;
  readonly #board: BoardKeeper;
  readonly #unsubscribe: () => void;

  constructor(deps: GuildStageDeps) {
    const { client, guild, show, api, painter, clock, log, connected } = deps;
    const { keyValues } = show;
    const places = new Places(show.stageRecord);
    const nonce = nonces(keyValues);
    const language = new GuildLanguage(show.content, keyValues, deps.language);
    const { wording } = language;
    const botId = client.user.id;
    const shared: GuildDeps = { show, places, keyValues, api, wording, clock, log, nonce, botId };
    this.#deps = deps;
    this.#places = places;
    this.#language = language;
    this.#channels = new GuildChannels({ ...shared, guild, language, painter });
    this.#floor = new FloorPainter({ show, painter, log });
    this.#cards = new CardPainter({ painter, log });
    this.show = show;
    this.wording = wording;
    this.table = new BettingTable({ ...shared, connected });
    this.#board = new BoardKeeper(shared);
    const sender = new Sender({
      ...shared,
      outbox: show.outbox,
      floor: this.#floor,
      cards: this.#cards,
      table: this.table,
      repairChannel: async (place) => void (await this.#channels.repair(place)),
      repairHook: async (place) => void (await this.#channels.repair(place)),
    });
    const history = new History({
      ...shared,
      outbox: show.outbox,
      table: this.table,
    });
    this.publisher = new Publisher({
      ...shared,
      sender,
      history,
      typing: new Typing(shared),
    });
    this.#unsubscribe = show.subscribe((news) => this.#hear(news));
    this.publisher.wake();
  }

  language(): Language {
    return this.#language.get();
  }

  wordingIn(language: Language): Wording {
    return this.#language.in(language);
  }

  isReadOnly(channelId: string): boolean {
    return this.#places.isReadOnly(channelId);
  }

  producerRole(): string | null {
    return this.show.keyValues.get(PRODUCER_ROLE_KEY);
  }

  hasStage(): boolean {
    return this.#places.any();
  }

  gallery(): string | null {
    return this.#places.channel('gallery');
  }

  inspect(here: Here, language: Language = this.language()): Promise<Inspection> {
    return this.#channels.inspect(here, this.wordingIn(language));
  }

  async setUp(choices?: Choices, by?: string, told?: Wording): Promise<SetupResult> {
    const result = await this.#channels.setUp(choices, by, told);
    if (!result.ok) return result;
    this.#board.changed();
    this.publisher.retry();
    return result;
  }

  tearDown(by: string, told: Wording): Promise<TeardownReport> {
    return this.#channels.tearDown(by, told);
  }

  bet(named: Named): Promise<Result<Placed, StakeRefusal>> {
    return this.table.bet(named);
  }

  paintFloor(wording: Wording): Promise<MessageBody> {
    return this.#floor.now(wording);
  }

  withCard(body: MessageBody, card: CardView, wording: Wording): Promise<MessageBody> {
    return this.#cards.under(body, card, wording);
  }

  /**
   * To be called after every connection and reconnection: tries failed posts again, brings boards up to date, and reads from the
   * pool's message what happened to the pool meanwhile. Never rejects.
   */
  async connected(): Promise<void> {
    this.publisher.retry();
    this.#board.changed();
    this.table.changed();
    try {
      await this.table.reconcile();
    } catch (error) {
      this.#deps.log.error(
        { guild: this.#deps.guild.id, ...describeError(error) },
        'the open pool could not be compared with its reactions; the next connection tries again',
      );
    }
  }

  /** Somebody changed the webhooks of a channel. */
  webhooksChanged(channelId: string): void {
    this.#channels.webhooksChanged(channelId);
  }

  /** Resolves when everything planned is shown; rejects with the signal's reason. */
  async drained(signal: AbortSignal): Promise<void> {
    await this.publisher.drained(signal);
    await Promise.all([this.#board.flush(), this.table.flush()]);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await Promise.all([
      this.publisher.close(),
      this.#board.close(),
      this.table.close(),
      this.#channels.close(),
    ]);
  }

  /** The show's listeners must not throw: the simulation does not depend on what happens on the stage. */
  #hear(news: ShowNews): void {
    try {
      this.#follow(news);
    } catch (error) {
      this.#deps.log.error(
        { guild: this.#deps.guild.id, ...describeError(error) },
        'the stage could not follow the show',
      );
    }
  }

  #follow(news: ShowNews): void {
    if ('pool' in news) {
      this.table.changed(news.pool);
      // The end of a pool is a post, which is tried until Discord accepts it; a stake is not a post.
      if (this.show.audience.poolById(news.pool)?.status !== 'open') this.publisher.wake();
      return;
    }
    this.publisher.wake();
    if ('bailedOut' in news) {
      this.table.dropNotice(news.bailedOut);
      return;
    }
    if ('forgotten' in news) {
      this.table.dropNotice(news.forgotten);
      return;
    }
    for (const event of news.events) {
      if (event.type === 'roundClosed') this.#board.changed();
      // Called after the transaction that locked the pool, so that a refund is a transaction of its own.
      if (event.type === 'episodeOpened') this.table.belled();
    }
  }
}
