/** Discord's epoch, the first second of 2015, in Unix milliseconds. */
const EPOCH_MS = 1_420_070_400_000n;
const SEQUENCE_BITS = 22n;

/** Hands out Discord ids: the upper 42 bits are milliseconds since 2015, the rest counts. Each is larger than the last. */
export class Snowflakes {
  #last = 0n;

  next(): string {
    const fromClock = (BigInt(Date.now()) - EPOCH_MS) << SEQUENCE_BITS;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    return this.#last.toString();
  }

  /** The last id handed out, to be stored; `continueAfter` takes it up again, so that ids never repeat after a restart. */
  get last(): string {
    return this.#last.toString();
  }

  continueAfter(id: string): void {
    const restored = BigInt(id);
    if (restored > this.#last) this.#last = restored;
  }
}

const SNOWFLAKE = /^\d{1,20}$/;

export function isSnowflake(text: string): boolean {
  return SNOWFLAKE.test(text);
}

/** When an id was made, in Unix milliseconds. */
export function snowflakeTimeMs(id: string): number {
  return Number((BigInt(id) >> SEQUENCE_BITS) + EPOCH_MS);
}
