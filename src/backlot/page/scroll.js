// @ts-check

/** Nearer to the end than this counts as being there. */
const nearPx = 80;
/** What a reader scrolls with, and how long after it a scroll is still the reader's. */
const handles = ['wheel', 'touchmove', 'keydown', 'pointerdown'];
const handledMs = 1000;

/** Keeps a list at its end while the reader is there, and leaves it alone while the reader looks further up. */
export class ScrollKeeper {
  atEnd = true;
  /** @type {HTMLElement | undefined} */
  #box;
  #grown;
  #onEnd;
  #handledAt = Number.NEGATIVE_INFINITY;

  /** @param {() => void} onEnd told whenever the reader comes to the end, or leaves it */
  constructor(onEnd) {
    this.#onEnd = onEnd;
    this.#grown = new ResizeObserver(() => {
      if (this.atEnd) this.#jump();
    });
  }

  /**
   * It is the same function at every drawing: Lit would take another one for a new box, and the reader would lose the place.
   *
   * @param {Element | undefined} box the scrolling element; its first child holds the list
   */
  watch = (box) => {
    if (this.#box === box) return;
    this.#grown.disconnect();
    this.#box = box instanceof HTMLElement ? box : undefined;
    if (!this.#box) return;
    this.#grown.observe(this.#box);
    if (this.#box.firstElementChild) this.#grown.observe(this.#box.firstElementChild);
    for (const handle of handles) {
      this.#box.addEventListener(handle, () => (this.#handledAt = performance.now()), { passive: true });
    }
    this.#box.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.toEnd();
  };

  toEnd() {
    this.#handledAt = Number.NEGATIVE_INFINITY;
    this.#jump();
    if (this.atEnd) return;
    this.atEnd = true;
    this.#onEnd();
  }

  #jump() {
    if (this.#box) this.#box.scrollTop = this.#box.scrollHeight;
  }

  #scrolled() {
    const box = this.#box;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (atEnd === this.atEnd) return;
    // New lines and the removal of old ones also scroll, but only a reader leaves the end.
    if (!atEnd && performance.now() - this.#handledAt > handledMs) {
      this.#jump();
      return;
    }
    this.atEnd = atEnd;
    this.#onEnd();
  }
}
