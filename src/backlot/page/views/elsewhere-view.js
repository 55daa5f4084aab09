// @ts-check
import { html, nothing } from 'lit';
import { writableChannels } from '../channels.js';
import { channelAddress } from './channels-view.js';

const mostNamed = 3;

/**
 * Where the viewer may not write: the channels in which that is possible, those of the same category first.
 *
 * @param {import('../guild-state.js').GuildState} state
 * @param {import('../guild-state.js').Channel | undefined} closed
 */
export function elsewhereView(state, closed) {
  const isNear = (/** @type {import('../guild-state.js').Channel} */ { parent_id }) =>
    parent_id === closed?.parent_id;
  const writable = writableChannels(state);
  const inOrder = [...writable.filter(isNear), ...writable.filter((each) => !isNear(each))];
  const places = inOrder.slice(0, mostNamed);
  if (places.length === 0) return nothing;
  return html`<p class="elsewhere" id="elsewhere">
    You can write and use commands in
    ${places.map(
      ({ name }, index) => html`${index > 0 ? ', ' : ''}<a href=${channelAddress(name)}>#${name}</a>`,
    )}.
  </p>`;
}
