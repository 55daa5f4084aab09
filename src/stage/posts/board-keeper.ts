/** Keeps the pinned leaderboard in #the-floor up to date: after each round, but only once in a few seconds. */
import { Coalescer } from '#lib/coalescer.ts';
import type { GuildDeps } from '../guild-deps.ts';
import { board, isBoard } from '../presentation/answers/board.ts';
import { describeError } from '#lib/redact.ts';
import { ToldOnce } from '#lib/told-once.ts';
import { StandingMessage } from './standing-message.ts';

const EVERY_MS = 5_000;
/** What is left after so many tries waits for the next round. */
const TRIES = 5;

export class BoardKeeper {
  readonly #deps: GuildDeps;
  readonly #message: StandingMessage;
  readonly #refresh: Coalescer;
  readonly #told = new ToldOnce();
  /** How often in a row an old board could not be taken away. */
  #untidy = 0;

  constructor(deps: GuildDeps) {
    this.#deps = deps;
    const { api, log, nonce, clock, show } = deps;
    this.#message = new StandingMessage({
      api,
      stageRecord: show.stageRecord,
      clock,
      log,
      name: 'board',
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
    const { show, places, wording, log, clock } = this.#deps;
    const channelId = places.channel('floor');
    if (channelId === null) return;
    try {
      await this.#message.show(channelId, board(show.board(), show.state.season, wording));
      this.#told.over('board');
      // No round may come for a while that would try again.
      this.#untidy = (await this.#message.tidy(channelId)) ? 0 : this.#untidy + 1;
      if (this.#untidy > 0 && this.#untidy < TRIES) this.#refresh.ask();
    } catch (error) {
      // The next round shows it again.
      const described = describeError(error);
      const level = this.#told.isNews('board', described.error, clock.nowMs()) ? 'warn' : 'debug';
      log[level]({ place: 'floor', ...described }, 'the board could not be shown');
    }
  }
}
