/** Whether a trouble is news to whoever reads the log: one that lasts is told when it begins, when it changes, and then hourly. */
const AGAIN_AFTER_MS = 3_600_000;

export class ToldOnce {
  readonly #told = new Map<string, { what: string; atMs: number; since: number }>();

  /** True when it should be told. `key`: what is in trouble; `what`: the trouble. */
  isNews(key: string, what: string, nowMs: number): boolean {
    const told = this.#told.get(key);
    if (told?.what === what && nowMs >= told.atMs && nowMs - told.atMs < AGAIN_AFTER_MS) {
      told.since += 1;
      return false;
    }
    this.#told.set(key, { what, atMs: nowMs, since: 0 });
    return true;
  }

  /** It is over. Returns how often it was not told since; null where there was no trouble. */
  over(key: string): number | null {
    const told = this.#told.get(key);
    this.#told.delete(key);
    return told ? told.since : null;
  }
}
