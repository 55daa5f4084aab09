// @ts-check
/**
 * The page: what it shows of the guild's state, and what it does with the viewer's wishes.
 *
 * @typedef {import('./guild-state.js').GuildState} GuildState
 * @typedef {import('./guild-state.js').Channel} Channel
 * @typedef {import('./guild-state.js').APIMessage} APIMessage
 * @typedef {import('./connection.js').Wish} Wish
 * @typedef {import('../page-protocol.ts').ServerFrame} ServerFrame
 */
import { html, nothing, render } from 'lit';
import { channelsView } from './views/channels-view.js';
import { chatView } from './views/chat-view.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { isLocked, isReadable, writableChannels } from './channels.js';
import { applyFrame, dropMessages, fromSnapshot } from './guild-state.js';
import { isPrivate } from './messages.js';
import { formView } from './views/form-view.js';
import { hashSign, lock, menuIcon, overviewIcon, peopleIcon } from './icons.js';
import { membersView } from './views/members-view.js';
import { overviewView } from './views/overview-view.js';
import { ScrollKeeper } from './scroll.js';
import { trayView } from './views/tray-view.js';

const rememberedPersona = 'backlot.as';
const rememberedPlace = 'backlot.place';
const everythingAtOnce = 'Everything at once. Choose a channel to read along.';

export class App {
  /** @type {GuildState | undefined} */
  state;
  composer = new Composer(this);
  scroll = new ScrollKeeper(() => this.#reachedEnd());
  /** Messages that came in the open channel while the reader looked further up. */
  missed = 0;
  /** @type {string | undefined} above it stands "New" while its channel is open */
  firstUnreadId;
  /** Answers to the viewer's own commands that came in the overview, shown there until closed. @type {Set<string>} */
  answers = new Set();
  /** The form that the bot opened last. @type {{ interactionId: string, modal: Extract<ServerFrame, { type: 'form' }>['modal'], refusal: string } | undefined} */
  form;
  /** @type {'channels' | 'members' | undefined} */
  #drawer;
  #connected = true;
  #target = '';
  #drawn = false;
  #root;
  #connection = new Connection(
    (frame) => this.#take(frame),
    (up) => this.#linked(up),
  );

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    root.replaceChildren();
    window.addEventListener('hashchange', () => this.#moved());
    document.addEventListener('visibilitychange', () => this.#readOpenChannel());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#drawer) this.#openDrawer(undefined);
    });
    if (location.hash === '') history.replaceState(null, '', localStorage.getItem(rememberedPlace) ?? '#/');
  }

  start() {
    this.#connection.connect(localStorage.getItem(rememberedPersona) ?? undefined);
  }

  /** @param {string} userId */
  actAs(userId) {
    localStorage.setItem(rememberedPersona, userId);
    this.#connection.connect(userId);
  }

  /** @returns {import('./views/view-context.js').ViewContext} */
  context() {
    return { state: /** @type {GuildState} */ (this.state), act: (wish) => void this.#try(wish) };
  }

  /** @param {Wish} wish @throws {import('./connection.js').Refusal} */
  ask(wish) {
    return this.#connection.act(wish);
  }

  /** The channel that is open; none in the overview. @returns {Channel | undefined} */
  openChannel() {
    const name = decodeURIComponent(location.hash.replace(/^#\/?/, ''));
    if (name === '' || !this.state) return undefined;
    return [...this.state.channels.values()].find((channel) => isReadable(channel) && channel.name === name);
  }

  /** Where the composer writes: in the open channel, else in the one chosen last. @returns {Channel | undefined} */
  targetChannel() {
    const open = this.openChannel();
    if (open || !this.state) return open;
    const writable = writableChannels(this.state);
    return writable.find(({ id }) => id === this.#target) ?? writable[0];
  }

  /** @param {string} channelId where the composer writes while the overview is open */
  setTarget(channelId) {
    this.#target = channelId;
    this.draw();
  }

  /** Stops waiting for an answer. @param {string} interactionId */
  forget(interactionId) {
    this.state?.thinking.delete(interactionId);
    this.draw();
  }

  /** @param {Record<string, string>} values by the custom ids of the fields */
  async submitForm(values) {
    const { form } = this;
    if (!form) return;
    try {
      await this.ask({ type: 'submit', interactionId: form.interactionId, values });
      if (this.form === form) this.form = undefined;
    } catch (error) {
      if (this.form === form)
        this.form = { ...form, refusal: error instanceof Error ? error.message : String(error) };
    }
    this.draw();
  }

  closeForm() {
    this.form = undefined;
    this.draw();
  }

  /** Draws all that changed, at most once a frame of the screen. */
  draw() {
    if (this.#drawn) return;
    this.#drawn = true;
    requestAnimationFrame(() => {
      this.#drawn = false;
      this.#drawNow();
    });
  }

  /** @param {Wish} wish does it, and shows why if it was refused */
  async #try(wish) {
    this.composer.refuse('');
    try {
      await this.ask(wish);
      if (wish.type === 'dismiss' && this.state) {
        for (const channelId of this.state.messages.keys())
          dropMessages(this.state, channelId, [wish.messageId]);
        this.draw();
      }
    } catch (error) {
      this.composer.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {ServerFrame} frame */
  #take(frame) {
    if (frame.type === 'form') {
      const { interactionId, modal } = frame;
      this.form = { interactionId, modal, refusal: '' };
    } else if (frame.type === 'snapshot') {
      // The server also sends one when a channel comes into view: the viewer goes on where they are.
      const before = this.state?.as === frame.as ? this.state : undefined;
      this.state = fromSnapshot(frame, before);
      if (!before) {
        this.missed = 0;
        this.firstUnreadId = undefined;
        this.answers.clear();
        this.scroll.toEnd();
      }
    } else if (this.state) {
      const state = this.state;
      applyFrame(state, frame);
      if (frame.type === 'event' && frame.t === 'MESSAGE_CREATE') {
        this.#noticed(state, /** @type {APIMessage} */ (frame.d));
      }
    }
    this.draw();
  }

  /** @param {GuildState} state @param {APIMessage} message */
  #noticed(state, message) {
    const open = this.openChannel();
    const answer = isPrivate(message) || message.interaction_metadata?.user.id === state.as;
    if (answer && !open) this.answers.add(message.id);
    if (message.channel_id !== open?.id) return;
    if (message.author.id === state.as) this.scroll.toEnd();
    if (!this.scroll.atEnd) this.missed += 1;
    this.#readOpenChannel();
  }

  #readOpenChannel() {
    const open = this.openChannel();
    if (!open || !this.state || document.hidden || !this.scroll.atEnd) return;
    this.state.unread.delete(open.id);
    this.draw();
  }

  #reachedEnd() {
    if (this.scroll.atEnd) this.missed = 0;
    this.#readOpenChannel();
    this.draw();
  }

  /** @param {boolean} up */
  #linked(up) {
    this.#connected = up;
    this.draw();
  }

  /** The address changed: another channel, or the overview. */
  #moved() {
    localStorage.setItem(rememberedPlace, location.hash);
    const open = this.openChannel();
    this.missed = 0;
    this.#drawer = undefined;
    this.firstUnreadId = undefined;
    this.answers.clear();
    this.composer.refuse('');
    this.scroll.toEnd();
    if (open && this.state) {
      this.#target = open.id;
      const unread = this.state.unread.get(open.id) ?? 0;
      this.firstUnreadId = unread > 0 ? this.state.messages.get(open.id)?.at(-unread)?.id : undefined;
      this.#readOpenChannel();
    }
    this.#drawNow();
    this.scroll.toEnd();
  }

  /** @param {'channels' | 'members' | undefined} drawer */
  #openDrawer(drawer) {
    this.#drawer = this.#drawer === drawer ? undefined : drawer;
    this.draw();
  }

  #drawNow() {
    const { state } = this;
    const open = this.openChannel();
    const unread = state ? [...state.unread.values()].reduce((sum, count) => sum + count, 0) : 0;
    document.title = [
      unread > 0 ? `(${unread})` : '',
      open ? `#${open.name}` : 'Overview',
      state ? `| ${state.guild.name}` : '',
    ]
      .filter(Boolean)
      .join(' ');
    if (state) this.composer.draw();
    render(
      html`
        ${this.#connected ? nothing : bannerView(state !== undefined)}
        ${
          state
            ? html`<div
                class="columns ${open ? 'in-channel' : 'in-overview'} ${this.#drawer ? `drawer-${this.#drawer}` : ''}"
              >
                ${channelsView(this, state)}
                <main>
                  ${this.#header(open)} ${open ? chatView(this, state, open) : overviewView(this, state)}
                  ${open ? nothing : trayView(this, state)} ${this.composer.element}
                </main>
                ${membersView(state)}
                <button
                  type="button"
                  class="shade"
                  aria-label="Close"
                  tabindex="-1"
                  @click=${() => this.#openDrawer(undefined)}
                ></button>
              </div>`
            : html`<p class="starting">Opening the backlot…</p>`
        }
        ${formView(this)}
      `,
      this.#root,
    );
  }

  /** @param {Channel | undefined} open */
  #header(open) {
    return html`<header>
      <button
        type="button"
        class="only-narrow"
        aria-label="Channels"
        aria-expanded=${this.#drawer === 'channels' ? 'true' : 'false'}
        @click=${() => this.#openDrawer('channels')}
      >
        ${menuIcon}
      </button>
      ${!open ? overviewIcon : this.state && isLocked(this.state, open) ? lock : hashSign}
      <h2>${open?.name ?? 'Overview'}</h2>
      <p class="topic">${open ? (open.topic ?? '') : (this.state?.guild.description ?? everythingAtOnce)}</p>
      <button
        type="button"
        class="members-toggle"
        aria-label="Members"
        aria-expanded=${this.#drawer === 'members' ? 'true' : 'false'}
        @click=${() => this.#openDrawer('members')}
      >
        ${peopleIcon}
      </button>
    </header>`;
  }
}

/** @param {boolean} before whether the page was connected once */
const bannerView = (before) =>
  html`<div class="banner" role="status">
    ${before ? 'The backlot went away.' : 'The backlot does not answer.'} Is it still running in the terminal?
    This page keeps trying and goes on by itself.
  </div>`;
