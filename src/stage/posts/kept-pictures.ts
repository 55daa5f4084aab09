/** Pictures that were just painted: one that many ask for at once is painted once, and hardly anything is kept. */

/** Whoever asks later waits again: a process may hold hundreds of servers, with pictures that nobody looks at. */
const KEPT_MS = 60_000;

export class KeptPictures {
  readonly #most: number;
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The picture of this view; it is painted unless it is kept. A failure is not kept. */
  of(view: object, paint: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const seen = JSON.stringify(view);
    const known = this.#kept.get(seen);
    if (known) return known;
    const picture = paint();
    this.#kept.set(seen, picture);
    const drop = (): void => {
      if (this.#kept.get(seen) === picture) this.#kept.delete(seen);
    };
    setTimeout(drop, KEPT_MS).unref();
    // Whoever asked learns of the failure; here it only must not be given to whoever asks next.
    picture.catch(drop);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return picture;
  }
}
