// @ts-check
const keptLines = 30;

/** What the viewer sent before, to be called back with the arrow up. */
export class SentLines {
  /** @type {string[]} oldest first */
  #lines = [];
  #at = 0;

  /** @param {string} line */
  add(line) {
    this.#lines = [...this.#lines, line].slice(-keptLines);
    this.#at = this.#lines.length;
  }

  /**
   * Steps back by one line.
   *
   * @param {string} text what stands in the box: only an empty one, or a line that was called back, makes way
   * @returns {string | undefined} nothing at the oldest line
   */
  earlier(text) {
    if (text !== '' && text !== this.#lines[this.#at]) return undefined;
    const line = this.#lines[this.#at - 1];
    if (line !== undefined) this.#at -= 1;
    return line;
  }
}
