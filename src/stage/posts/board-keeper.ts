/** Keeps the pinned leaderboard in #the-floor up to date: as each round opens, but only once in a few seconds. */
import { setTimeout as pause } from 'node:timers/promises';
import type { GuildDeps } from '../guild-deps.ts';
import { board, isBoard } from '../presentation/answers/board.ts';
import { Keeper } from './keeper.ts';
import { StandingMessage } from './standing-message.ts';

const EVERY_MS = 5_000;
/** How often it is looked whether the bell was heard. */
const BELL_LOOK_MS = 500;
/** What is left after so many tries waits for the next round. */
const TRIES = 5;

export interface BoardDeps extends GuildDeps {
  /** True while an episode is over and members are yet to hear its bell: the board is not to tell them how it ended. */
  isBellToCome: () => boolean;
}

export class BoardKeeper extends Keeper {
  constructor(deps: BoardDeps) {
    const pinned = new PinnedBoard(deps);
    const trouble = 'the board could not be shown';
    super({
      ...deps,
      keep: (again, closing) => pinned.show(again, closing),
      everyMs: EVERY_MS,
      trouble,
      place: 'floor',
    });
  }
}

class PinnedBoard {
  readonly #deps: BoardDeps;
  readonly #message: StandingMessage;
  /** How often in a row an old board could not be taken away. */
  #untidy = 0;

  constructor(deps: BoardDeps) {
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
  }

  async show(again: () => void, closing: AbortSignal): Promise<void> {
    const { show, places, wording, isBellToCome } = this.#deps;
    const channelId = places.channel('floor');
    if (channelId === null) return;
    if (isBellToCome()) {
      // Real time, whatever the show's clock does: the tape needs it to ring the bell.
      await pause(BELL_LOOK_MS, null, { signal: closing, ref: false }).catch(() => undefined);
      return again();
    }
    await this.#message.show(channelId, board(show.board(), show.state.season, wording));
    // No round may come for a while that would try again.
    this.#untidy = (await this.#message.tidy(channelId)) ? 0 : this.#untidy + 1;
    if (this.#untidy > 0 && this.#untidy < TRIES) again();
  }
}
