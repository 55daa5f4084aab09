/** What the pool's message tells members, each for a short while: one a member, the newest of all. */
import type { Clock } from '#show/ports/clock.ts';
import type { PoolNotice } from '../presentation/posts/pool.ts';

const NOTICE_MS = 15_000;
/** More at a time would not fit into a message, or be read. */
const NOTICES_MAX = 8;

export class Notices {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #closing = new AbortController();
  #standing: readonly PoolNotice[] = [];

  /** `changed` is told whenever others stand. */
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

  /** What was told the member is no longer so, or names who wants to be named no more. */
  drop(member: string): void {
    if (!this.#standing.some((notice) => notice.member === member)) return;
    this.#standing = this.#standing.filter((notice) => notice.member !== member);
    this.#changed();
  }

  close(): void {
    this.#closing.abort();
  }
}
