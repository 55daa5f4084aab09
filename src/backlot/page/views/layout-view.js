// @ts-check
/**
 * A layout (Components V2): containers, texts, sections, pictures and rows, in their order.
 *
 * @typedef {import('./view-context.js').ViewContext} ViewContext
 * @typedef {import('../guild-state.js').APIMessage} APIMessage
 */
import { html, nothing } from 'lit';
import { buttonView, rowView } from './controls-view.js';
import { cssColour } from './embed-view.js';
import { markdown } from './markdown-view.js';
import { pictureView } from './picture-view.js';

/** Discord's numbers of component types. */
const kinds = {
  row: 1,
  button: 2,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  separator: 14,
  container: 17,
};

/** @param {APIMessage} message @param {ViewContext} context the rows of a message, or its whole layout */
export function componentsView(message, context) {
  const components = /** @type {any[]} */ (message.components ?? []);
  if (components.length === 0) return nothing;
  return html`<div slot="components" class="component-rows">
    ${components.map((component) => componentView(component, message, context))}
  </div>`;
}

/** @param {any} component @param {APIMessage} message @param {ViewContext} context @returns {unknown} */
function componentView(component, message, context) {
  switch (component.type) {
    case kinds.row:
      return rowView(component, message, context);
    case kinds.text:
      return html`<div class="layout-text">${markdown(component.content, context.state)}</div>`;
    case kinds.section:
      return html`<div class="layout-section">
        <div>
          ${component.components.map((/** @type {any} */ inner) => componentView(inner, message, context))}
        </div>
        ${accessoryView(component.accessory, message, context)}
      </div>`;
    case kinds.gallery:
      return html`<div class="layout-gallery">
        ${component.items.map((/** @type {any} */ item) =>
          pictureView({ ...item.media, description: item.description }, 'Picture'),
        )}
      </div>`;
    case kinds.separator:
      return component.divider === false
        ? html`<div class="layout-gap"></div>`
        : html`<hr class="layout-rule" />`;
    case kinds.container:
      return html`<div
        class="layout-container"
        style="border-color: ${cssColour(component.accent_color ?? undefined) ?? 'var(--line-strong)'}"
      >
        ${component.components.map((/** @type {any} */ inner) => componentView(inner, message, context))}
      </div>`;
    default: // Discord has more kinds than this page draws.
      return nothing;
  }
}

/** @param {any} accessory @param {APIMessage} message @param {ViewContext} context */
function accessoryView(accessory, message, context) {
  if (accessory?.type === kinds.button) return buttonView(accessory, message, context);
  if (accessory?.type !== kinds.thumbnail) return nothing;
  return pictureView({ ...accessory.media, description: accessory.description }, 'Picture');
}
