// @ts-check
/**
 * The box to write in, with completion of slash commands. Keeps its own element, since it must not lose what is being
 * typed when the page around it changes.
 *
 * @typedef {import('./views/view-context.js').App} App
 */
import { render } from 'lit';
import { BotChoices } from './bot-choices.js';
import { chooseFile } from './chosen-files.js';
import { listOf } from './option-lists.js';
import { SentLines } from './sent-lines.js';
import { complete, leavesOf, readLine, toCall } from './slash.js';
import { composerView } from './views/composer-view.js';

const tallestPx = 200;
const fileType = 11;

export class Composer {
  element = document.createElement('footer');
  /** @type {import('./slash.js').Leaf[]} */
  leaves = [];
  #app;
  #text = '';
  #caret = 0;
  #refusal = '';
  #isListClosed = false;
  /** Whether the viewer chose in the list with the arrow keys, so that Enter means the choice and not "send". */
  #hasChosen = false;
  #active = 0;
  #sent = new SentLines();
  /** @type {unknown} */
  #readCommands;
  #botChoices = new BotChoices(
    (wish) => this.#app.ask(wish),
    () => this.draw(),
    (error) => this.#refuseWith(error),
  );
  /** @type {import('./views/composer-view.js').BoxActs} */
  #acts = {
    typed: () => this.#typed(),
    moved: () => this.#moved(),
    key: (event) => this.#key(event),
    submitted: () => void this.#send(),
    accept: (suggestion) => this.#accept(suggestion),
    pick: (channelId) => this.#app.setTarget(channelId),
    attach: (file) => void this.#attach(file),
  };

  /** @param {App} app */
  constructor(app) {
    this.#app = app;
    this.element.className = 'composer';
  }

  /** Puts a command into the box, ready to be completed or sent. @param {string} path */
  begin(path) {
    this.#put(`/${path} `);
    this.#field()?.focus();
  }

  /** Shows why something that the viewer did was not done. @param {string} reason empty: nothing is to be said any more */
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
    const box = {
      state,
      channel: this.#app.targetChannel(),
      isPicked: !this.#app.openChannel(),
      text: this.#text,
      refusal: this.#refusal,
      completion: this.#completion(),
      active: this.#active,
    };
    render(composerView(box, this.#acts), this.element);
    this.element.querySelector('.suggestion[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  /** Puts a chosen file into the line, for the first option that takes one. @param {File} file */
  async #attach(file) {
    const { leaf } = this.#completion();
    const option = leaf?.options.find(({ type }) => type === fileType);
    if (!option) return;
    try {
      const name = await chooseFile(file);
      const given = readLine(this.#text, this.leaves)?.given.find((one) => one.option.name === option.name);
      const before = given ? this.#text.slice(0, given.from) : `${this.#text.trimEnd()} ${option.name}:`;
      this.#put(`${before}${name} ${given ? this.#text.slice(given.to) : ''}`);
      this.#field()?.focus();
    } catch (error) {
      this.#refuseWith(error);
    }
  }

  #completion() {
    if (!this.#text.startsWith('/') || this.#isListClosed) {
      return { suggestions: [], focused: undefined, leaf: undefined };
    }
    return complete(this.#text, this.#caret, this.leaves, this.#lists);
  }

  /** @type {import('./slash.js').Lists} */
  #lists = (option) => (option.autocomplete ? this.#botChoices.of(option) : listOf(option, this.#app.state));

  #field() {
    return this.element.querySelector('textarea');
  }

  #typed() {
    const field = this.#field();
    if (!field) return;
    this.#text = field.value;
    this.#caret = field.selectionStart;
    this.#isListClosed = false;
    this.#hasChosen = false;
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
    field.style.height = `${Math.min(field.scrollHeight, tallestPx)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { suggestions } = this.#completion();
    const hasList = suggestions.length > 0;
    const chosen = suggestions[this.#active];
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const isWhole = !('error' in toCall(this.#text, this.leaves, this.#lists));
      if (chosen && (this.#hasChosen || !isWhole)) this.#accept(chosen);
      else void this.#send();
    } else if (event.key === 'Tab' && !event.shiftKey && chosen) {
      event.preventDefault();
      this.#accept(chosen);
    } else if (event.key === 'Escape' && hasList) {
      this.#isListClosed = true;
      this.draw();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hasList) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#active = (this.#active + step + suggestions.length) % suggestions.length;
      this.#hasChosen = true;
      this.draw();
    } else if (event.key === 'ArrowUp') {
      const earlier = this.#sent.earlier(this.#text);
      if (earlier === undefined) return;
      event.preventDefault();
      this.#put(earlier);
      this.#isListClosed = true;
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

  /** Asks the bot for what it offers at the caret, if it offers anything there. */
  #askBot() {
    const channel = this.#app.targetChannel();
    const { focused, leaf } = this.#completion();
    if (!focused?.option.autocomplete || !leaf || !channel) {
      this.#botChoices.ask(undefined);
      return;
    }
    const given = readLine(this.#text, this.leaves)?.given ?? [];
    const options = Object.fromEntries(given.map(({ option, value }) => [option.name, value]));
    this.#botChoices.ask({ channelId: channel.id, name: leaf.path, options, option: focused.option });
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
    this.#sent.add(text);
    this.#put('');
    try {
      await this.#app.ask(
        call
          ? { type: 'command', channelId: channel.id, name: call.name, options: call.options }
          : { type: 'say', channelId: channel.id, content: text },
      );
    } catch (error) {
      if (this.#text === '') this.#put(text);
      this.#isListClosed = true;
      this.#refuseWith(error);
    }
  }

  /** @param {unknown} error */
  #refuseWith(error) {
    this.refuse(error instanceof Error ? error.message : String(error));
  }
}
