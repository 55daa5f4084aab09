// @ts-check
/**
 * The box to write in as it is drawn, with the completions above it and what there is to say about it beneath.
 *
 * @typedef {import('../guild-state.js').GuildState} GuildState
 * @typedef {import('../guild-state.js').Channel} Channel
 * @typedef {import('../slash.js').Suggestion} Suggestion
 *
 * @typedef {object} Box
 * @property {GuildState} state
 * @property {Channel | undefined} channel where it writes; nowhere when the viewer may write in no channel
 * @property {boolean} isPicked whether the viewer picks the channel in the box, since none is open
 * @property {string} text
 * @property {string} refusal why something was not done; empty when there is nothing to say
 * @property {import('../slash.js').Completion} completion
 * @property {number} active which suggestion is chosen
 *
 * @typedef {object} BoxActs what the viewer does in the box
 * @property {() => void} typed
 * @property {() => void} moved the caret may be elsewhere
 * @property {(event: KeyboardEvent) => void} key
 * @property {() => void} submitted
 * @property {(suggestion: Suggestion) => void} accept
 * @property {(channelId: string) => void} pick
 * @property {(file: File) => void} attach
 */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { writableChannels } from '../channels.js';
import { sendIcon } from '../icons.js';
import { completionsView } from './completions-view.js';
import { elsewhereView } from './elsewhere-view.js';

/** @param {Box} box @param {BoxActs} acts */
export function composerView(box, acts) {
  const { state, channel, text, refusal, completion, active } = box;
  const isClosed = channel === undefined || state.readOnly.has(channel.id);
  const hasList = !isClosed && completion.suggestions.length > 0;
  const hasPanel = hasList || (!isClosed && completion.leaf !== undefined);
  const submitted = (/** @type {Event} */ event) => {
    event.preventDefault();
    acts.submitted();
  };
  return html`
    ${hasPanel ? completionsView(completion, active, acts.accept) : nothing}
    <form class="composer-box" @submit=${submitted}>
      ${box.isPicked ? pickerView(box, acts.pick) : nothing}
      <textarea
        data-testid="composer"
        rows="1"
        role="combobox"
        aria-label="Message #${channel?.name ?? ''}"
        aria-autocomplete="list"
        aria-controls="completions"
        aria-expanded=${hasList ? 'true' : 'false'}
        aria-activedescendant=${hasList ? `completion-${active}` : nothing}
        aria-describedby="refusal elsewhere"
        autocomplete="off"
        spellcheck="false"
        maxlength="2000"
        placeholder=${isClosed ? 'No writing here; the buttons work' : `Message #${channel.name}, or / for commands`}
        ?disabled=${isClosed}
        .value=${live(text)}
        @input=${acts.typed}
        @keydown=${acts.key}
        @click=${acts.moved}
        @keyup=${(/** @type {KeyboardEvent} */ event) => event.key.startsWith('Arrow') && acts.moved()}
      ></textarea>
      ${takesFile(box) ? clipView(acts.attach) : nothing}
      <button class="send" aria-label="Send" ?disabled=${isClosed || text.trim() === ''}>${sendIcon}</button>
    </form>
    ${
      isClosed && refusal === ''
        ? elsewhereView(state, channel)
        : html`<p class="refusal" id="refusal" role="alert">${refusal}</p>`
    }
  `;
}

/** @param {Box} box @param {(channelId: string) => void} pick */
function pickerView({ state, channel: target }, pick) {
  const changed = (/** @type {Event} */ event) =>
    pick(/** @type {HTMLSelectElement} */ (event.currentTarget).value);
  return html`<select class="target" aria-label="Channel to write in" @change=${changed}>
    ${writableChannels(state).map(
      (channel) =>
        html`<option value=${channel.id} ?selected=${channel === target}># ${channel.name}</option>`,
    )}
  </select>`;
}

const fileType = 11;

/** @param {Box} box */
const takesFile = ({ completion }) => completion.leaf?.options.some(({ type }) => type === fileType) ?? false;

/** @param {(file: File) => void} attach */
function clipView(attach) {
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    const [file] = input.files ?? [];
    input.value = '';
    if (file) attach(file);
  };
  return html`<label class="clip" title="Choose a file">
    📎<input type="file" data-testid="file" aria-label="Choose a file" @change=${chosen} />
  </label>`;
}
