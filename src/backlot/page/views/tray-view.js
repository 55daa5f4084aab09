// @ts-check
/**
 * In the overview no channel is open that could show the answer to a command: the newest ones stand here instead, until
 * they are closed.
 *
 * @typedef {import('./view-context.js').App} App
 * @typedef {import('../guild-state.js').GuildState} GuildState
 */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { channelAddress } from './channels-view.js';
import { thinkingView } from './chat-view.js';
import { isPrivate } from '../messages.js';
import { messageView } from './message-view.js';

const shown = 2;

/** @param {App} app @param {GuildState} state */
export function trayView(app, state) {
  const answers = [...state.messages.values()]
    .flat()
    .filter((message) => app.answers.has(message.id))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .slice(-shown);
  const thinking = [...state.thinking.values()];
  if (answers.length === 0 && thinking.length === 0) return nothing;
  const close = (/** @type {string} */ id) => {
    app.answers.delete(id);
    app.draw();
  };
  return html`<section class="tray" aria-label="Answers" aria-live="polite">
    <discord-messages no-background>
      ${repeat(
        answers,
        ({ id }) => id,
        (message) => {
          const room = state.channels.get(message.channel_id)?.name ?? '';
          return html`<div class="answer">
            ${messageView(message, false, app.context())}
            <p>
              Answered in <a href=${channelAddress(room)}>#${room}</a>
              ${
                isPrivate(message)
                  ? nothing
                  : html`<button type="button" class="dismiss" @click=${() => close(message.id)}>
                      Close
                    </button>`
              }
            </p>
          </div>`;
        },
      )}
      ${thinking.map((one) => thinkingView(app, state, one))}
    </discord-messages>
  </section>`;
}
