// @ts-check
import { html, nothing } from 'lit';
import { writableChannels } from '../guild-state.js';
import { channelAddress } from './channels-view.js';

/** So many places to go to are named at most. */
const placesNamed = 3;

/**
 * Under the box to write in, where it is closed: the places in which the viewer can write.
 *
 * @param {import('../guild-state.js').GuildState} state
 */
export function elsewhereView(state) {
  const places = writableChannels(state).slice(0, placesNamed);
  if (places.length === 0) return nothing;
  return html`<p class="elsewhere">
    You can write and use commands in
    ${places.map(
      ({ name }, index) => html`${index > 0 ? ', ' : ''}<a href=${channelAddress(name)}>#${name}</a>`,
    )}.
  </p>`;
}
