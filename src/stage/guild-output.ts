/** What one guild's stage shows of its show and hears of it, whatever client holds the connection: posts, board, betting table. */
import { describeError } from '#lib/redact.ts';
import type { Painter } from '#show/ports/painter.ts';
import type { ShowNews } from '#show/show.ts';
import { BettingTable } from './betting/betting-table.ts';
import type { Place } from './channels/places.ts';
import type { GuildDeps } from './guild-deps.ts';
import { BoardKeeper } from './posts/board-keeper.ts';
import { OpeningKeeper } from './posts/opening-keeper.ts';
import { PanelKeeper } from './posts/panel-keeper.ts';
import { CardPainter } from './posts/card-painter.ts';
import { FloorPainter } from './posts/floor-painter.ts';
import { History } from './posts/history.ts';
import { messageLinks } from './posts/message-links.ts';
import { Publisher } from './posts/publisher.ts';
import { Sender } from './posts/sender.ts';
import { ThreadKeeper } from './posts/thread-keeper.ts';
import { Typing } from './posts/typing.ts';

export interface GuildOutputDeps extends GuildDeps {
  guildId: string;
  painter: Painter;
  /** True while Discord's events arrive. */
  connected: () => boolean;
  /** Makes a place's lost channel and lost webhooks again. */
  repair: (place: Place) => Promise<void>;
  /** Shows the panel of the green room as it should read now. Rejects with Discord's error. */
  refreshPanel: () => Promise<void>;
  /** Whether the bot may make events in the guild. Rejects with Discord's error. */
  mayAnnounce: () => Promise<boolean>;
}

export class GuildOutput {
  readonly table: BettingTable;
  readonly publisher: Publisher;
  readonly floor: FloorPainter;
  readonly cards: CardPainter;
  readonly board: BoardKeeper;
  readonly panel: PanelKeeper;
  readonly opening: OpeningKeeper;
  readonly threads: ThreadKeeper;
  readonly #deps: GuildOutputDeps;
  readonly #unsubscribe: () => void;

  constructor(deps: GuildOutputDeps) {
    const { outbox } = deps.show;
    this.#deps = deps;
    this.floor = new FloorPainter(deps);
    this.cards = new CardPainter(deps);
    this.table = new BettingTable(deps);
    this.board = new BoardKeeper({ ...deps, isBellToCome: () => this.publisher.bellAtMs() !== null });
    this.panel = new PanelKeeper({ ...deps, refresh: deps.refreshPanel });
    this.opening = new OpeningKeeper(deps);
    this.threads = new ThreadKeeper(deps);
    const { floor, cards, table } = this;
    const linkOf = messageLinks(deps.guildId, outbox, deps.places);
    this.publisher = new Publisher({
      ...deps,
      sender: new Sender({ ...deps, outbox, floor, cards, table, linkOf }),
      history: new History({ ...deps, outbox, table, linkOf }),
      typing: new Typing(deps),
    });
    this.#unsubscribe = deps.show.subscribe((news) => this.#hear(news));
    this.publisher.wake();
  }

  /**
   * To be called after every connection and reconnection: tries failed posts again, brings boards up to date, and reads from the
   * pool's message what happened to the pool meanwhile. Never rejects.
   */
  async connected(): Promise<void> {
    this.publisher.retry();
    this.board.changed();
    this.panel.changed();
    this.opening.changed();
    this.threads.changed();
    try {
      for (const { id } of this.#deps.show.audience.pools.live()) this.table.changed(id);
      this.table.belledUnheard();
      await this.table.reconcile();
    } catch (error) {
      this.#deps.log.error(
        { guild: this.#deps.guildId, ...describeError(error) },
        'the open pool could not be compared with its reactions; trying again',
      );
    }
  }

  /** Resolves when everything planned is shown; rejects with the signal's reason. */
  async drained(signal: AbortSignal): Promise<void> {
    await this.publisher.drained(signal);
    const { board, panel, opening, threads, table } = this;
    await Promise.all([board, panel, opening, threads, table].map((each) => each.flush()));
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await Promise.all([
      this.publisher.close(),
      this.board.close(),
      this.panel.close(),
      this.opening.close(),
      this.threads.close(),
      this.table.close(),
    ]);
  }

  /** The show's listeners must not throw: the simulation does not depend on what happens on the stage. */
  #hear(news: ShowNews): void {
    try {
      this.#follow(news);
    } catch (error) {
      this.#deps.log.error(
        { guild: this.#deps.guildId, ...describeError(error) },
        'the stage could not follow the show',
      );
    }
  }

  #follow(news: ShowNews): void {
    if ('pool' in news) {
      this.table.changed(news.pool);
      // The end of a pool is a post, which is tried until Discord accepts it; a stake is not a post.
      if (this.#deps.show.audience.poolById(news.pool)?.status !== 'open') this.publisher.wake();
      return;
    }
    if ('audited' in news) {
      this.panel.changed();
      this.opening.changed();
      this.threads.changed();
      return;
    }
    this.publisher.wake();
    if ('posted' in news) return;
    if ('bailedOut' in news) {
      this.table.dropNotice(news.bailedOut);
      return;
    }
    if ('forgotten' in news) {
      this.table.dropNotice(news.forgotten);
      this.panel.changed();
      return;
    }
    for (const event of news.events) {
      if (event.type === 'episodeOpened' || event.type === 'roundClosed') this.panel.changed();
      if (event.type === 'roundOpened' || event.type === 'episodeClosed') this.opening.changed();
      if (event.type === 'episodeOpened') this.threads.changed();
      // A round's trades are no news before the tape tells of them, an episode's end not before the bell.
      if (event.type === 'roundOpened' || event.type === 'episodeClosed') this.board.changed();
      if (event.type === 'roundClosed') this.table.belledUnheard();
      // Called after the transaction that locked the pool, so that a refund is a transaction of its own.
      if (event.type === 'episodeOpened') this.table.belled();
    }
  }
}
