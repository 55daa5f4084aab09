// @ts-check
/**
 * The left column: the guild, its channels, and the member that the viewer acts as.
 *
 * @typedef {import('./view-context.js').App} App
 * @typedef {import('../guild-state.js').GuildState} GuildState
 * @typedef {import('../guild-state.js').Channel} Channel
 */
import { html, nothing } from 'lit';
import { channelTree, isLocked } from '../channels.js';
import { hashSign, lock, overviewIcon } from '../icons.js';
import { avatarOf, nameOf } from '../people.js';

/** @param {string} name @returns {string} where a channel is on this page */
export const channelAddress = (name) => `#/${encodeURIComponent(name)}`;

/** @param {App} app @param {GuildState} state */
export function channelsView(app, state) {
  const atOverview = app.openChannel() === undefined;
  return html`<nav class="channels" aria-label="Channels">
    <h1 class="guild-name">
      <span>${state.guild.name}</span>
      <span class="live ${state.botOnline ? 'on' : ''}"
        >${state.botOnline ? 'Bot online' : 'Bot offline'}</span
      >
    </h1>
    <div class="channel-list">
      <a class="channel overview-link" href="#/" aria-current=${atOverview ? 'page' : nothing}>
        ${overviewIcon} <span>Overview</span>
      </a>
      <own-pages></own-pages>
      ${channelTree(state).map(
        ({ category, channels }) => html`
          ${category ? html`<h2>${category.name}</h2>` : nothing}
          <ul>
            ${channels.map((channel) => channelLink(app, state, channel))}
          </ul>
        `,
      )}
    </div>
    ${personaView(app, state)}
  </nav>`;
}

/** @param {App} app @param {GuildState} state @param {Channel} channel */
function channelLink(app, state, channel) {
  const unread = state.unread.get(channel.id) ?? 0;
  return html`<li>
    <a
      class="channel ${unread > 0 ? 'unread' : ''}"
      href=${channelAddress(channel.name)}
      data-channel=${channel.name}
      aria-current=${app.openChannel() === channel ? 'page' : nothing}
    >
      ${isLocked(state, channel) ? lock : hashSign}
      <span>${channel.name}</span>
      ${unread > 0 ? html`<span class="count" aria-label="${unread} unread">${Math.min(unread, 99)}</span>` : nothing}
    </a>
  </li>`;
}

/** @param {App} app @param {GuildState} state */
function personaView(app, state) {
  const me = state.personas.find(({ user }) => user.id === state.as);
  const change = (/** @type {Event} */ event) =>
    app.actAs(/** @type {HTMLSelectElement} */ (event.currentTarget).value);
  return html`<label class="persona">
    ${me ? html`<img src=${avatarOf(me.user)} alt="" />` : nothing}
    <span class="persona-text">
      <small>You are</small>
      <strong>${me ? nameOf(me.user) : '…'}</strong>
    </span>
    <span class="persona-hint" aria-hidden="true">Switch</span>
    <select data-testid="persona-switch" aria-label="You are" .value=${state.as} @change=${change}>
      ${state.personas.map(
        ({ user, producer }) =>
          html`<option value=${user.id} ?selected=${user.id === state.as}>
            ${nameOf(user)}${producer && !/producer/i.test(nameOf(user)) ? ' (producer)' : ''}
          </option>`,
      )}
    </select>
  </label>`;
}
