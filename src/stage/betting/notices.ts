/** What the pool's message tells members for a short while: only the newest notices, and one for each member. */
import type { Clock } from '#show/ports/clock.ts';
import type { PoolNotice } from '../presentation/posts/pool.ts';

const NOTICE_MS = 15_000;
/** More at a time would not fit into a message, and nobody would read them. */
const NOTICES_MAX = 8;

export class Notices {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #closing = new AbortController();
  #standing: readonly PoolNotice[] = [];

  /** `changed` is called whenever there are other notices. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Oldest first. */
  standing(): readonly PoolNotice[] {
    return this.#standing;
  }

  tell(notice: PoolNotice): void {
    const others = this.#standing.filter(({ member }) => member !== notice.member);
    this.#standing = [...others, notice].slice(-NOTICES_MAX);
    this.#changed();
    const { signal } = this.#closing;
    void this.#clock.sleep(NOTICE_MS, signal).then(() => {
      if (this.#standing.includes(notice) && !signal.aborted) this.drop(notice.member);
    });
  }

  /** What this member was told no longer holds, or the member no longer wants to be named. */
  drop(member: string): void {
    if (!this.#standing.some((notice) => notice.member === member)) return;
    this.#standing = this.#standing.filter((notice) => notice.member !== member);
    this.#changed();
  }

  close(): void {
    this.#closing.abort();
  }
}
