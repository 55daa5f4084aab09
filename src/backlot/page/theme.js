// @ts-check
/**
 * The Discord components that the page uses, brought from the palette that they were built with to Discord's present
 * one, with readable contrast (their timestamps have 3:1) and a visible focus. Each keeps its styles in a shadow root,
 * so they are extended where Lit reads them; imported before any such element is on the page.
 */
import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-button.js';
import '@skyra/discord-components-core/discord-command.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-reaction.js';
import '@skyra/discord-components-core/discord-reactions.js';
import '@skyra/discord-components-core/discord-reply.js';
import { css } from 'lit';

const replyLine = css`
  :host .discord-replied-message-username {
    opacity: 1;
  }
  :host .discord-replied-message-content {
    cursor: default;
    overflow: hidden;
  }
  :host .discord-slash-command-name {
    color: #a9bcff;
  }
`;

/** @type {Record<string, import('lit').CSSResult>} */
const additions = {
  'discord-message': css`
    :host .discord-message-content {
      line-height: 1.375rem;
      min-width: 0;
    }
    :host .discord-message-timestamp {
      color: var(--faint);
      margin-left: 4px;
    }
    :host .discord-message-inner-center {
      align-items: flex-start;
    }
    :host .discord-message-body-only-indent {
      flex: 0 0 56px;
      line-height: 1.625rem;
      font-size: 0.6875rem;
      margin-left: 0;
    }
    :host .discord-author-avatar img {
      background: var(--sunken);
      cursor: default;
      object-fit: cover;
    }
  `,
  'discord-author-info': css`
    :host .discord-author-username:hover {
      cursor: default;
      text-decoration: none;
    }
  `,
  'discord-embed': css`
    :host .discord-embed-wrapper {
      background: var(--raised);
      border: 1px solid var(--line);
      border-left: 0;
      min-width: 0;
      max-width: min(520px, 100%);
    }
    :host .discord-left-border {
      background-color: var(--line-strong);
    }
    :host .discord-embed-wrapper .discord-embed-grid {
      grid-template-columns: minmax(0, auto) min-content;
      padding: 0.25rem 1rem 1rem 0.75rem;
    }
    ::slotted(.embed-wide) {
      grid-column: 1 / -1;
    }
    ::slotted(.embed-thumbnail) {
      grid-column: 2 / 2;
      grid-row: 1 / 8;
    }
  `,
  'discord-embed-fields': css`
    :host {
      grid-column: 1 / -1 !important;
      grid-template-columns: repeat(12, minmax(0, 1fr));
    }
  `,
  'discord-embed-footer': css`
    :host {
      color: var(--soft);
    }
  `,
  'discord-button': css`
    :host > *:first-child {
      border-radius: 8px;
      margin: 4px 8px 4px 0;
    }
    .success {
      background-color: #248046;
    }
    .success.hoverable:hover {
      background-color: #1a6334;
    }
    .destructive {
      background-color: #da373c;
    }
    .destructive.hoverable:hover {
      background-color: #a12828;
    }
    .secondary {
      background-color: #4e5058;
    }
    button:focus-visible,
    a:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
  `,
  'discord-reaction': css`
    :host(:focus-visible) {
      outline: none;
    }
    :host(:focus-visible) > *:first-child {
      outline: 2px solid var(--focus);
    }
    :host > *:first-child {
      background-color: var(--raised);
      border-color: var(--line);
    }
    :host > *:first-child:hover {
      background-color: var(--hover);
      border-color: var(--line-strong);
    }
    :host([reacted]) > *:first-child {
      background-color: #3d4370;
      border-color: var(--accent);
    }
    :host .discord-reaction-count {
      color: var(--text);
      min-width: 9px;
    }
  `,
  'discord-command': replyLine,
  'discord-reply': replyLine,
};

for (const [name, addition] of Object.entries(additions)) {
  const element = /** @type {typeof import('lit').LitElement | undefined} */ (customElements.get(name));
  element?.elementStyles.push(addition);
}
