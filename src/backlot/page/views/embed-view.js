// @ts-check
/**
 * An embed. The component draws its frame; title, picture and the rest go into its slots, since it knows neither
 * markdown in them nor alternative text, and would ask Discord's servers for custom emoji.
 *
 * @typedef {import('./view-context.js').ViewContext} ViewContext
 * @typedef {import('discord-api-types/v10').APIEmbed} APIEmbed
 */
import { html, nothing } from 'lit';
import { messageTime } from '../clock.js';
import { markdown } from './markdown-view.js';
import { localUrl } from '../people.js';
import { pictureView } from './picture-view.js';

/** @param {number | undefined} colour Discord's 24 bits */
export const cssColour = (colour) =>
  colour === undefined ? undefined : `#${colour.toString(16).padStart(6, '0')}`;

/** @param {APIEmbed} embed @param {ViewContext} context */
export function embedView(embed, context) {
  const { state } = context;
  const thumbnail = localUrl(embed.thumbnail?.url);
  return html`<discord-embed slot="embeds" color=${cssColour(embed.color) ?? nothing}>
    ${thumbnail ? html`<img slot="description" class="embed-thumbnail" src=${thumbnail} alt="" />` : nothing}
    ${embed.author ? authorView(embed.author) : nothing}
    ${
      embed.title
        ? html`<div slot="description" class="embed-title">${markdown(embed.title, state)}</div>`
        : nothing
    }
    ${
      embed.description
        ? html`<discord-embed-description slot="description"
            >${markdown(embed.description, state)}</discord-embed-description
          >`
        : nothing
    }
    ${embed.fields?.length ? fieldsView(embed.fields, context) : nothing}
    ${
      embed.image
        ? html`<div slot="footer" class="embed-wide embed-picture">
            ${pictureView(embed.image, embed.title ?? 'Picture')}
          </div>`
        : nothing
    }
    ${embed.footer || embed.timestamp ? footerView(embed) : nothing}
  </discord-embed>`;
}

/** @param {NonNullable<APIEmbed['author']>} author */
function authorView(author) {
  const icon = localUrl(author.icon_url);
  return html`<div slot="description" class="embed-author">
    ${icon ? html`<img src=${icon} alt="" />` : nothing}<span>${author.name}</span>
  </div>`;
}

/** @param {NonNullable<APIEmbed['fields']>} fields @param {ViewContext} context */
function fieldsView(fields, { state }) {
  let column = 0;
  return html`<discord-embed-fields slot="fields">
    ${fields.map((field) => {
      column = field.inline ? (column % 3) + 1 : 0;
      return html`<discord-embed-field inline-index=${field.inline ? column : nothing}>
        <div class="field-name">${markdown(field.name, state)}</div>
        ${markdown(field.value, state)}
      </discord-embed-field>`;
    })}
  </discord-embed-fields>`;
}

/** @param {APIEmbed} embed */
function footerView(embed) {
  const icon = localUrl(embed.footer?.icon_url);
  const parts = [embed.footer?.text, embed.timestamp ? messageTime(embed.timestamp) : undefined];
  return html`<discord-embed-footer slot="footer" class="embed-wide">
    ${icon ? html`<img class="embed-footer-icon" src=${icon} alt="" />` : nothing}
    <span>${parts.filter(Boolean).join(' • ')}</span>
  </discord-embed-footer>`;
}
