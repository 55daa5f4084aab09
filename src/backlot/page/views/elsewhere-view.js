// @ts-check
import { html, nothing } from 'lit';
import { writableChannels } from '../channels.js';
import { channelAddress } from './channels-view.js';

const mostNamed = 3;

/**
 * Where the viewer may not write: the channels in which that is possible.
 *
 * @param {import('../guild-state.js').GuildState} state
 */
export function elsewhereView(state) {
  const places = writableChannels(state).slice(0, mostNamed);
  if (places.length === 0) return nothing;
  return html`<p class="elsewhere" id="elsewhere">
    You can write and use commands in
    ${places.map(
      ({ name }, index) => html`${index > 0 ? ', ' : ''}<a href=${channelAddress(name)}>#${name}</a>`,
    )}.
  </p>`;
}
