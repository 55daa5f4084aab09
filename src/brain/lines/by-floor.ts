/** What is remembered of each floor that a brain plays on. */

/** The floor of a brain that plays on one alone. */
export const ONE_FLOOR = '';

/** More than play at once. */
const FLOORS_KEPT = 2_048;

export class ByFloor<T> {
  readonly #floors = new Map<string, T>();

  get(floor: string): T | undefined {
    return this.#floors.get(floor);
  }

  /** The floor that was quiet longest is the first to be forgotten. */
  set(floor: string, remembered: T): void {
    this.#floors.delete(floor);
    this.#floors.set(floor, remembered);
    for (const oldest of this.#floors.keys()) {
      if (this.#floors.size <= FLOORS_KEPT) break;
      this.#floors.delete(oldest);
    }
  }
}
