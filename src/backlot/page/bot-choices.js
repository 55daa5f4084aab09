// @ts-check
/**
 * What the bot offers for an option while it is typed: Discord's autocomplete.
 *
 * @typedef {import('./slash.js').Option} Option
 * @typedef {import('./slash.js').Listed} Listed
 * @typedef {{ channelId: string, name: string, options: Record<string, string>, option: Option }} Question `name` is the
 *   command's full path, `options` what has been typed so far, `option` the one at the caret
 */

const pauseMs = 120;

export class BotChoices {
  /** @type {Option | undefined} what the bot was asked for last, and answered */
  #option;
  /** @type {Listed[]} */
  #choices = [];
  /** @type {Question | undefined} */
  #question;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  #ask;
  #onChoices;
  #onRefusal;

  /**
   * @param {import('./connection.js').Connection['act']} ask
   * @param {() => void} onChoices told when there are new choices
   * @param {(error: unknown) => void} onRefusal told why there are none
   */
  constructor(ask, onChoices, onRefusal) {
    this.#ask = ask;
    this.#onChoices = onChoices;
    this.#onRefusal = onRefusal;
  }

  /** @param {Option} option @returns {Listed[]} */
  of(option) {
    return option === this.#option ? this.#choices : [];
  }

  /**
   * Asks the bot once the typing pauses. Answers to earlier questions no longer count.
   *
   * @param {Question | undefined} question nothing where the bot has nothing to offer
   */
  ask(question) {
    clearTimeout(this.#pause);
    this.#question = question;
    if (question) this.#pause = setTimeout(() => void this.#send(question), pauseMs);
  }

  /** @param {Question} question */
  async #send(question) {
    const { option, ...about } = question;
    try {
      const choices = await this.#ask({ type: 'autocomplete', ...about, focused: option.name });
      if (question !== this.#question) return;
      this.#option = option;
      this.#choices = choices.map(({ name, value }) => ({ name, value: String(value) }));
      this.#onChoices();
    } catch (error) {
      if (question === this.#question) this.#onRefusal(error);
    }
  }
}
