/** Pictures that were just painted: what many ask for at once is painted once, and hardly anything is kept. */

/** Whoever asks later waits again: a process may hold hundreds of servers, each with pictures that nobody looks at. */
const KEPT_MS = 60_000;

export class KeptPictures {
  readonly #most: number;
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The picture of this view, painted unless it is at hand. One that could not be painted is not kept. */
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
    // Whoever asked is told of the failure; here it only must not be given to the next.
    picture.catch(drop);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return picture;
  }
}
