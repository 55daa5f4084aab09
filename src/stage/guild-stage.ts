/** The stage of one guild: its show, its channels, what is posted there and what is heard there. */
import type { Client, Guild } from 'discord.js';
import type { CardView, Clock, Log, Painter } from '#show/ports/ports.ts';
import type { Show, ShowNews } from '#show/show.ts';
import { BettingTable } from './betting/betting-table.ts';
import { BoardKeeper } from './posts/board-keeper.ts';
import { CardPainter } from './posts/card-painter.ts';
import { Courier } from './posts/sender.ts';
import { FloorPainter } from './posts/floor-painter.ts';
import { GuildLanguage } from './guild-language.ts';
import type { Choices, Here, House } from './interactions/guild-context.ts';
import { LostLines } from './posts/lost-lines.ts';
import { nonces } from './discord/nonce.ts';
import type { MessageBody } from './presentation/message.ts';
import { Places, PRODUCER_ROLE_NOTE } from './channels/places.ts';
import { Premises } from './channels/guild-channels.ts';
import type { Wording } from './presentation/wording.ts';
import { Publisher } from './posts/publisher.ts';
import { describeError } from '#lib/redact.ts';
import type { SetupResult } from './channels/set-up.ts';
import type { Survey } from './channels/inspect.ts';
import type { TeardownReport } from './channels/tear-down.ts';
import type { Language } from './texts/index.ts';
import { Typing } from './posts/typing.ts';
import type { Wire } from './discord/api.ts';

export interface GuildStageParts {
  client: Client<true>;
  guild: Guild;
  show: Show;
  wire: Wire;
  /** What it speaks until `/setup` chose. */
  language: Language;
  painter: Painter;
  clock: Clock;
  log: Log;
  connected: () => boolean;
}

export class GuildStage implements House {
  readonly show: Show;
  readonly wording: Wording;
  readonly table: BettingTable;
  readonly publisher: Publisher;
  readonly #parts: GuildStageParts;
  readonly #language: GuildLanguage;
  readonly #premises: Premises;
  readonly #floor: FloorPainter;
  readonly #cards: CardPainter;
  readonly #board: BoardKeeper;
  readonly #unsubscribe: () => void;

  constructor(parts: GuildStageParts) {
    const { client, guild, show, wire, painter, clock, log, connected } = parts;
    const { notes } = show;
    const places = new Places(notes);
    const nonce = nonces(notes);
    const language = new GuildLanguage(show.content, notes, parts.language);
    const { wording } = language;
    const shared = { show, places, notes, wire, wording, clock, log, nonce };
    this.#parts = parts;
    this.#language = language;
    this.#premises = new Premises({ ...shared, guild, language, painter });
    this.#floor = new FloorPainter({ show, painter, log });
    this.#cards = new CardPainter({ painter, log });
    this.show = show;
    this.wording = wording;
    this.table = new BettingTable({ ...shared, connected, botId: client.user.id });
    this.#board = new BoardKeeper(shared);
    const courier = new Courier({
      ...shared,
      outbox: show.outbox,
      floor: this.#floor,
      cards: this.#cards,
      table: this.table,
      botId: client.user.id,
      repairChannel: (place) => this.#premises.repair(place),
      repairHook: (place) => this.#premises.repair(place),
    });
    this.publisher = new Publisher({
      ...shared,
      courier,
      lost: new LostLines(notes),
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

  producerRole(): string | null {
    return this.show.notes.get(PRODUCER_ROLE_NOTE);
  }

  survey(here: Here): Promise<Survey> {
    return this.#premises.survey(here);
  }

  async setUp(choices?: Choices, by?: string, told?: Wording): Promise<SetupResult> {
    const result = await this.#premises.setUp(choices, by, told);
    if (!result.ok) return result;
    this.#board.changed();
    this.publisher.retry();
    return result;
  }

  tearDown(by: string, told: Wording): Promise<TeardownReport> {
    return this.#premises.tearDown(by, told);
  }

  paintFloor(wording: Wording): Promise<MessageBody> {
    return this.#floor.now(wording);
  }

  withCard(body: MessageBody, card: CardView, wording: Wording): Promise<MessageBody> {
    return this.#cards.under(body, card, wording);
  }

  /**
   * After every (re)connection: failed posts are tried again, boards are brought up to date, and what happened to the
   * pool meanwhile is read from it. Never rejects.
   */
  async connected(): Promise<void> {
    this.publisher.retry();
    this.#board.changed();
    this.table.changed();
    try {
      await this.table.reconcile();
    } catch (error) {
      this.#parts.log.error(
        { guild: this.#parts.guild.id, ...describeError(error) },
        'the open pool could not be compared with its reactions; the next connection tries again',
      );
    }
  }

  /** Resolves when all that is planned is shown; rejects with the signal's reason. */
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
      this.#premises.idle(),
    ]);
  }

  /** The show's listeners must not throw: what happens on the stage is no matter of the simulation. */
  #hear(news: ShowNews): void {
    try {
      this.#follow(news);
    } catch (error) {
      this.#parts.log.error(
        { guild: this.#parts.guild.id, ...describeError(error) },
        'the stage could not follow the show',
      );
    }
  }

  #follow(news: ShowNews): void {
    if ('pool' in news) {
      this.table.changed(news.pool);
      // What closed it is a post too, which is tried until Discord takes it; a stake is none.
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
      // Told after the transaction that locked the pool, so that a refund is a transaction of its own.
      if (event.type === 'episodeOpened') this.table.belled();
    }
  }
}
