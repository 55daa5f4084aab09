/** The stage of one guild: its show, its channels, what is posted there and what is heard there. */
import type { Client, Guild } from 'discord.js';
import type { Clock, Log, Painter } from '#show/ports.ts';
import type { Show, ShowNews } from '#show/show.ts';
import { BettingTable } from './betting-table.ts';
import { BoardKeeper } from './board-keeper.ts';
import { Courier } from './courier.ts';
import { LostLines } from './lost-lines.ts';
import { nonces } from './nonce.ts';
import { Places, type Place } from './places.ts';
import { rulesCard } from './presentation/cards.ts';
import type { Wording } from './presentation/wording.ts';
import { Publisher } from './publisher.ts';
import { describeError } from './redact.ts';
import { setUpGuild, type SetupParts, type SetupResult } from './setup.ts';
import { StandingMessage } from './standing-message.ts';
import { Typing } from './typing.ts';
import type { Wire } from './wire.ts';

export interface GuildStageParts {
  client: Client<true>;
  guild: Guild;
  show: Show;
  wire: Wire;
  wording: Wording;
  painter: Painter;
  clock: Clock;
  log: Log;
  connected: () => boolean;
}

export class GuildStage {
  readonly show: Show;
  readonly wording: Wording;
  readonly table: BettingTable;
  readonly publisher: Publisher;
  readonly #parts: GuildStageParts;
  readonly #places: Places;
  readonly #setupParts: SetupParts;
  readonly #rules: StandingMessage;
  readonly #board: BoardKeeper;
  readonly #unsubscribe: () => void;
  /** Set-ups run one after another, so that nothing is built twice. */
  #building: Promise<unknown> = Promise.resolve();

  constructor(parts: GuildStageParts) {
    const { client, guild, show, wire, wording, painter, clock, log, connected } = parts;
    const { notes } = show;
    const places = new Places(notes);
    const nonce = nonces(notes);
    const shared = { show, places, notes, wire, wording, clock, log, nonce };
    this.#parts = parts;
    this.#places = places;
    this.show = show;
    this.wording = wording;
    this.#setupParts = { guild, places, notes, wording, painter, log };
    this.table = new BettingTable({ ...shared, connected });
    this.#board = new BoardKeeper(shared);
    this.#rules = new StandingMessage({
      ...shared,
      note: 'message:rules',
      nonce: () => nonce('c', clock.nowMs()),
      pinned: true,
      remade: true,
    });
    const courier = new Courier({
      ...shared,
      painter,
      table: this.table,
      botId: client.user.id,
      repairChannel: (place) => this.#repair(place),
      repairHook: (place) => this.#repair(place),
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

  /** Builds what is missing. Rejects with Discord's error. */
  setUp(): Promise<SetupResult> {
    return this.#oneAtATime(async () => {
      const result = await setUpGuild(this.#setupParts);
      if (!result.ok) return result;
      await this.#pinRules(result.report.made);
      this.#board.changed();
      this.publisher.retry();
      return result;
    });
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
    await Promise.all([this.publisher.close(), this.#board.close(), this.table.close(), this.#building]);
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
      return;
    }
    this.publisher.wake();
    for (const event of news.events) {
      if (event.type === 'roundClosed') this.#board.changed();
      // Told after the transaction that locked the pool, so that a refund is a transaction of its own.
      if (event.type === 'episodeOpened') this.table.belled();
    }
  }

  /** A channel or its webhooks went missing while the show ran. */
  async #repair(place: Place): Promise<void> {
    const result = await this.#oneAtATime(() => setUpGuild(this.#setupParts, place));
    if (!result.ok) throw new Error(result.problems.join(' '));
  }

  async #pinRules(made: string[]): Promise<void> {
    const channelId = this.#places.channel('betting');
    if (channelId === null) return;
    const shown = await this.#rules.show(channelId, rulesCard(this.wording));
    if (shown.made) made.push(this.wording.texts.setup.pinned);
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#building.then(work);
    this.#building = done.catch((error: unknown) =>
      this.#parts.log.warn({ guild: this.#parts.guild.id, ...describeError(error) }, 'a set-up failed'),
    );
    return done;
  }
}
