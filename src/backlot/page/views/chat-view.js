// @ts-check
/**
 * One channel's messages.
 *
 * @typedef {import('./view-context.js').App} App
 * @typedef {import('../guild-state.js').GuildState} GuildState
 * @typedef {import('../guild-state.js').Channel} Channel
 * @typedef {import('../guild-state.js').APIMessage} APIMessage
 */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { clockTime, dayOf } from '../clock.js';
import { continues, messageView, thinkingText } from './message-view.js';
import { avatarOf, nameOf } from '../people.js';

/** @param {App} app @param {GuildState} state @param {Channel} channel */
export function chatView(app, state, channel) {
  const messages = state.messages.get(channel.id) ?? [];
  const thinking = [...state.thinking.values()].filter(({ channelId }) => channelId === channel.id);
  return html`<section class="chat" aria-label="Messages in ${channel.name}">
    <div class="scroller" tabindex="0" ${ref(app.scroll.watch)}>
      <div class="scrolled">
        <div class="welcome">
          <span class="welcome-hash" aria-hidden="true">#</span>
          <h2>Welcome to #${channel.name}</h2>
          <p>${channel.topic || `This is the start of the #${channel.name} channel.`}</p>
        </div>
        <discord-messages role="log" aria-live="polite" no-background data-channel-view=${channel.name}>
          ${repeat(
            rowsOf(app, messages),
            (row) => row.key,
            (row) => rowView(row, app),
          )}
          ${repeat(
            thinking,
            ({ interactionId }) => interactionId,
            (one) => thinkingView(app, state, one),
          )}
        </discord-messages>
      </div>
    </div>
    ${
      app.missed > 0
        ? html`<button type="button" class="pill" @click=${() => app.scroll.toEnd()}>
            ${app.missed === 1 ? '1 new message' : `${app.missed} new messages`} ↓
          </button>`
        : nothing
    }
  </section>`;
}

/**
 * @typedef {{ key: string, message: APIMessage, headless: boolean } | { key: string, divider: string, fresh: boolean }} Row
 *
 * @param {App} app
 * @param {APIMessage[]} messages
 * @returns {Row[]}
 */
function rowsOf(app, messages) {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    /** @type {Row[]} */
    const rows = [];
    const day = dayOf(message.timestamp);
    const newDay = before === undefined || dayOf(before.timestamp) !== day;
    const fresh = message.id === app.firstUnreadId;
    if (newDay || fresh) rows.push({ key: `above ${message.id}`, divider: newDay ? day : '', fresh });
    const headless = rows.length === 0 && continues(message, before);
    return [...rows, { key: message.id, message, headless }];
  });
}

/** @param {Row} row @param {App} app */
function rowView(row, app) {
  if ('message' in row) return messageView(row.message, row.headless, app.context());
  return html`<div class="divider ${row.fresh ? 'fresh' : ''}" role="separator">
    ${row.divider ? html`<span>${row.divider}</span>` : nothing}${row.fresh ? html`<b>New</b>` : nothing}
  </div>`;
}

/** @param {App} app @param {GuildState} state @param {import('../guild-state.js').Thinking} thinking */
export function thinkingView(app, state, { interactionId, sinceMs, ephemeral }) {
  const bot = state.bot ?? { id: '0', username: 'The bot', global_name: null, avatar: null };
  const name = nameOf(bot);
  return html`<discord-message
    data-thinking=${interactionId}
    class=${ephemeral ? 'private' : ''}
    author=${name}
    avatar=${avatarOf(bot)}
    role-color="#f2f3f5"
    .timestamp=${clockTime(new Date(sinceMs).toISOString())}
    ?bot=${true}
    >${thinkingText(name)}
    <div slot="thread" class="privacy">
      <button type="button" class="dismiss" @click=${() => app.forget(interactionId)}>Stop waiting</button>
    </div>
  </discord-message>`;
}
