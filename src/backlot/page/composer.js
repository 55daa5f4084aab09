// @ts-check
/**
 * The box to write in, with completion of slash commands. Keeps its own element, since it must not lose what is being
 * typed when the page around it changes.
 *
 * @typedef {import('./views/view-context.js').App} App
 * @typedef {import('./guild-state.js').Channel} Channel
 * @typedef {import('./slash.js').Listed} Listed
 */
import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { writableChannels } from './guild-state.js';
import { sendIcon } from './icons.js';
import { listOf } from './option-lists.js';
import { complete, leavesOf, readLine, toCall } from './slash.js';
import { completionsView } from './views/completions-view.js';
import { elsewhereView } from './views/elsewhere-view.js';

const autocompleteWaitMs = 120;
const rememberedLines = 30;

export class Composer {
  element = document.createElement('footer');
  /** @type {import('./slash.js').Leaf[]} */
  leaves = [];
  #app;
  #text = '';
  #caret = 0;
  #refusal = '';
  #closed = false;
  /** Whether the viewer chose in the list with the arrow keys, so that Enter means the choice and not "send". */
  #walked = false;
  #active = 0;
  /** @type {string[]} */
  #sent = [];
  #recalled = 0;
  /** @type {unknown} */
  #readCommands;
  /** What the bot offered last: for which option of which line, and the names with their values. */
  #offer = { key: '', listed: /** @type {Listed[]} */ ([]) };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #asking;

  /** @param {App} app */
  constructor(app) {
    this.#app = app;
    this.element.className = 'composer';
  }

  /** Puts a command into the box, ready to be completed or sent. @param {string} path */
  begin(path) {
    const channel = this.#app.targetChannel();
    if (channel && this.#app.state?.readOnly.has(channel.id)) return;
    this.#put(`/${path} `);
    this.#field()?.focus();
  }

  /** Shows why something that the viewer did was not done. @param {string} reason */
  refuse(reason) {
    this.#refusal = reason;
    this.draw();
  }

  draw() {
    const { state } = this.#app;
    if (!state) return;
    if (this.#readCommands !== state.commands) {
      this.#readCommands = state.commands;
      this.leaves = leavesOf(state.commands);
    }
    const { suggestions, focused, leaf } = this.#completion();
    const open = suggestions.length > 0;
    const channel = this.#app.targetChannel();
    const isReadOnly = channel !== undefined && state.readOnly.has(channel.id);
    render(
      html`
        ${
          open || leaf
            ? completionsView({ suggestions, focused, leaf }, this.#active, (chosen) => this.#accept(chosen))
            : nothing
        }
        <form class="composer-box" @submit=${(/** @type {Event} */ event) => this.#submitted(event)}>
          ${this.#app.openChannel() ? nothing : this.#channelPicker(channel)}
          <textarea
            data-testid="composer"
            rows="1"
            role="combobox"
            aria-label="Message #${channel?.name ?? ''}"
            aria-autocomplete="list"
            aria-controls="completions"
            aria-expanded=${open ? 'true' : 'false'}
            aria-activedescendant=${open ? `completion-${this.#active}` : nothing}
            aria-describedby="refusal"
            autocomplete="off"
            spellcheck="false"
            maxlength="2000"
            placeholder=${
              isReadOnly
                ? 'Read only here; the buttons work'
                : `Message #${channel?.name ?? ''}, or / for commands`
            }
            ?disabled=${isReadOnly}
            .value=${live(this.#text)}
            @input=${() => this.#typed()}
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event)}
            @click=${() => this.#moved()}
            @keyup=${(/** @type {KeyboardEvent} */ event) => event.key.startsWith('Arrow') && this.#moved()}
          ></textarea>
          <button class="send" aria-label="Send" ?disabled=${isReadOnly || this.#text.trim() === ''}>
            ${sendIcon}
          </button>
        </form>
        ${
          isReadOnly && this.#refusal === ''
            ? elsewhereView(state)
            : html`<p class="refusal" id="refusal" role="alert">${this.#refusal}</p>`
        }
      `,
      this.element,
    );
    this.element.querySelector('.suggestion[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Channel | undefined} target */
  #channelPicker(target) {
    const changed = (/** @type {Event} */ event) =>
      this.#app.setTarget(/** @type {HTMLSelectElement} */ (event.currentTarget).value);
    const { state } = this.#app;
    return html`<select class="target" aria-label="Channel to write in" @change=${changed}>
      ${
        state
          ? writableChannels(state).map(
              (channel) =>
                html`<option value=${channel.id} ?selected=${channel === target}># ${channel.name}</option>`,
            )
          : nothing
      }
    </select>`;
  }

  #completion() {
    if (!this.#text.startsWith('/') || this.#closed) {
      return { suggestions: [], focused: undefined, leaf: undefined };
    }
    return complete(this.#text, this.#caret, this.leaves, this.#lists);
  }

  /** @type {import('./slash.js').Lists} */
  #lists = (option) => {
    if (option.autocomplete) return this.#offer.key.endsWith(` ${option.name}`) ? this.#offer.listed : [];
    return listOf(option, this.#app.state);
  };

  #field() {
    return this.element.querySelector('textarea');
  }

  #typed() {
    const field = this.#field();
    if (!field) return;
    this.#text = field.value;
    this.#caret = field.selectionStart;
    this.#closed = false;
    this.#walked = false;
    this.#active = 0;
    this.#refusal = '';
    this.#fit(field);
    this.#askBot();
    this.draw();
  }

  #moved() {
    const field = this.#field();
    if (!field || field.selectionStart === this.#caret) return;
    this.#caret = field.selectionStart;
    this.#active = 0;
    this.#askBot();
    this.draw();
  }

  /** @param {HTMLTextAreaElement} field grows with its text */
  #fit(field) {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { suggestions } = this.#completion();
    const open = suggestions.length > 0;
    const chosen = suggestions[this.#active];
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const whole = !('error' in toCall(this.#text, this.leaves, this.#lists));
      if (chosen && (this.#walked || !whole)) this.#accept(chosen);
      else void this.#send();
    } else if (event.key === 'Tab' && !event.shiftKey && chosen) {
      event.preventDefault();
      this.#accept(chosen);
    } else if (event.key === 'Escape' && open) {
      this.#closed = true;
      this.draw();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && open) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#active = (this.#active + step + suggestions.length) % suggestions.length;
      this.#walked = true;
      this.draw();
    } else if (event.key === 'ArrowUp' && (this.#text === '' || this.#text === this.#sent[this.#recalled])) {
      const earlier = this.#sent[this.#recalled - 1];
      if (earlier === undefined) return;
      event.preventDefault();
      this.#recalled -= 1;
      this.#put(earlier);
      this.#closed = true;
      this.draw();
    }
  }

  /** @param {import('./slash.js').Suggestion} suggestion */
  #accept({ from, to, insert }) {
    const before = this.#text.slice(0, from);
    const gap = before === '' || /\s$/.test(before) || before.endsWith(':') ? '' : ' ';
    const start = before + gap + insert;
    this.#put(start + this.#text.slice(to), start.length);
  }

  /** @param {string} text @param {number} [caret] */
  #put(text, caret = text.length) {
    const field = this.#field();
    if (!field) return;
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.#typed();
  }

  /** Asks the bot for what it offers at the caret, once the typing pauses. */
  #askBot() {
    clearTimeout(this.#asking);
    const channel = this.#app.targetChannel();
    const { focused, leaf } = this.#completion();
    if (!focused?.option.autocomplete || !leaf || !channel) return;
    const given = readLine(this.#text, this.leaves)?.given ?? [];
    const options = Object.fromEntries(given.map(({ option, value }) => [option.name, value]));
    const key = `${leaf.path} ${focused.option.name}`;
    const asked = this.#text;
    this.#asking = setTimeout(async () => {
      try {
        const choices = await this.#app.ask({
          type: 'autocomplete',
          channelId: channel.id,
          name: leaf.path,
          options,
          focused: focused.option.name,
        });
        if (asked !== this.#text) return;
        this.#offer = { key, listed: choices.map(({ name, value }) => ({ name, value: String(value) })) };
        this.draw();
      } catch (error) {
        this.refuse(error instanceof Error ? error.message : String(error));
      }
    }, autocompleteWaitMs);
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    void this.#send();
  }

  async #send() {
    const text = this.#text.trim();
    const channel = this.#app.targetChannel();
    if (text === '' || !channel) return;
    const call = text.startsWith('/') ? toCall(text, this.leaves, this.#lists) : undefined;
    if (call && 'error' in call) {
      this.refuse(call.error);
      return;
    }
    this.#sent = [...this.#sent, text].slice(-rememberedLines);
    this.#recalled = this.#sent.length;
    this.#put('');
    try {
      await this.#app.ask(
        call
          ? { type: 'command', channelId: channel.id, name: call.name, options: call.options }
          : { type: 'say', channelId: channel.id, content: text },
      );
    } catch (error) {
      if (this.#text === '') this.#put(text);
      this.#closed = true;
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }
}
