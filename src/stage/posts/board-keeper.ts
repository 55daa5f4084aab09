/** Keeps the leaderboard that is pinned in #the-floor up to date: after each round, but only every few seconds. */
import type { Clock, Log, Notes } from '#show/ports/ports.ts';
import type { Show } from '#show/show.ts';
import { Coalescer } from './coalesce.ts';
import type { Places } from '../channels/places.ts';
import { board } from '../presentation/answers/board.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';
import { StandingMessage } from './standing-message.ts';
import type { Wire } from '../discord/api.ts';

const EVERY_MS = 5_000;

export interface BoardParts {
  show: Show;
  places: Places;
  notes: Notes;
  wire: Wire;
  wording: Wording;
  clock: Clock;
  log: Log;
  nonce: (what: string, n: number) => string;
}

export class BoardKeeper {
  readonly #parts: BoardParts;
  readonly #message: StandingMessage;
  readonly #refresh: Coalescer;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    const { wire, notes, log, nonce, clock } = parts;
    this.#message = new StandingMessage({
      wire,
      notes,
      clock,
      log,
      note: 'message:board',
      nonce: () => nonce('b', clock.nowMs()),
      pinned: true,
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
    const { show, places, wording, log } = this.#parts;
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
