/** Keeps the leaderboard that is pinned in #the-floor up to date: after each round, but only every few seconds. */
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Show } from '#show/show.ts';
import { Coalescer } from '#lib/coalescer.ts';
import type { Places } from '../channels/places.ts';
import { board, isBoard } from '../presentation/answers/board.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { StandingMessage } from './standing-message.ts';
import type { DiscordApi } from '../discord/api.ts';

const EVERY_MS = 5_000;

export interface BoardDeps {
  show: Show;
  places: Places;
  keyValues: KeyValues;
  api: DiscordApi;
  wording: Wording;
  clock: Clock;
  log: Log;
  nonce: (what: string, n: number) => string;
  /** The bot's own user id. */
  botId: string;
}

export class BoardKeeper {
  readonly #deps: BoardDeps;
  readonly #message: StandingMessage;
  readonly #refresh: Coalescer;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
    const { api, keyValues, log, nonce, clock } = deps;
    this.#message = new StandingMessage({
      api,
      keyValues,
      clock,
      log,
      note: 'message:board',
      nonce: () => nonce('b', clock.nowMs()),
      pinned: { botId: deps.botId, isIt: isBoard },
      remade: true,
    });
    this.#refresh = new Coalescer(() => this.#show(), EVERY_MS, clock);
  }

  changed(): void {
    this.#refresh.ask();
  }

  flush(): Promise<void> {
    return this.#refresh.flush();
  }

  close(): Promise<void> {
    return this.#refresh.close();
  }

  async #show(): Promise<void> {
    const { show, places, wording, log } = this.#deps;
    const channelId = places.channel('floor');
    if (channelId === null) return;
    try {
      await this.#message.show(channelId, board(show.board(), show.state.season, wording));
    } catch (error) {
      // The next round shows it again.
      log.warn({ place: 'floor', ...describeError(error) }, 'the board could not be shown');
    }
  }
}
