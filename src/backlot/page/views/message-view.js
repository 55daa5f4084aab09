// @ts-check
/**
 * One message, as Discord shows it.
 *
 * @typedef {import('../guild-state.js').APIMessage} APIMessage
 * @typedef {import('./view-context.js').ViewContext} ViewContext
 */
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { clockTime, fullTime, messageTime } from '../clock.js';
import { pressByName, reactionsView } from './controls-view.js';
import { embedView } from './embed-view.js';
import { componentsView } from './layout-view.js';
import { isLoading, isPrivate, isWebhookVoice } from '../messages.js';
import { eyeIcon } from '../icons.js';
import { markdown } from './markdown-view.js';
import { avatarOf, localUrl, nameColour, nameOf } from '../people.js';
import { isImage, pictureView } from './picture-view.js';

/** Consecutive messages of one author within this time share one head. */
const groupMs = 7 * 60_000;
/** What Discord writes itself for messages of these types. @type {ReadonlyMap<number, string>} */
const systemTexts = new Map([
  [6, 'pinned a message to this channel.'],
  [7, 'joined the server.'],
]);

/** @param {APIMessage} message @param {APIMessage | undefined} before the message above it */
export function continues(message, before) {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    before.author.username === message.author.username &&
    isPrivate(before) === isPrivate(message) &&
    message.interaction_metadata === undefined &&
    !message.referenced_message &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < groupMs
  );
}

/** @param {APIMessage} message the colour of its author's name */
export const authorColour = (message) =>
  isWebhookVoice(message) ? nameColour(message.author.username) : '#f2f3f5';

/**
 * @param {APIMessage} message
 * @param {boolean} headless whether it continues the message above it
 * @param {ViewContext} context
 */
export function messageView(message, headless, context) {
  const { state } = context;
  const own = isPrivate(message);
  const mentioned = message.mentions?.some((user) => user.id === state.as) || message.mention_everyone;
  return guard(
    [message, headless, state.directory],
    () =>
      html`<discord-message
        role="article"
        aria-label=${nameOf(message.author)}
        class=${own ? 'private' : mentioned ? 'mentioned' : ''}
        data-message-id=${message.id}
        data-testid=${own ? 'private-reply' : nothing}
        author=${nameOf(message.author)}
        avatar=${avatarOf(message.author)}
        role-color=${authorColour(message)}
        .timestamp=${headless ? clockTime(message.timestamp) : messageTime(message.timestamp)}
        ?bot=${message.author.bot === true}
        ?message-body-only=${headless}
      >
        ${originView(message, context)}${bodyView(message, context)}${attachmentsView(message, context)}
        ${message.embeds.map((embed) => embedView(embed, context))}${componentsView(message, context)}
        ${reactionsView(message, context)}${own ? privacyView(message, context) : nothing}
      </discord-message>`,
  );
}

/** The text, with what Discord puts around it. @param {APIMessage} message @param {ViewContext} context */
export function bodyView(message, { state }) {
  if (isLoading(message)) return thinkingText(nameOf(message.author));
  const system = systemTexts.get(message.type);
  if (system) return html`<em class="system">${system}</em>`;
  const edited = message.edited_timestamp
    ? html`<span class="edited" title=${fullTime(message.edited_timestamp)}>(edited)</span>`
    : nothing;
  return html`${message.content ? markdown(message.content, state) : nothing}${message.content ? edited : nothing}`;
}

/** @param {string} name of whoever thinks */
export const thinkingText = (name) =>
  html`<span class="thinking"
    ><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${name} is thinking…</span
  >`;

/** What the message answers: a command, or another message. @param {APIMessage} message @param {ViewContext} context */
function originView(message, { state }) {
  const asked = /** @type {{ name?: string, user: import('../guild-state.js').APIUser } | undefined} */ (
    message.interaction_metadata
  );
  const command = asked?.name ?? message.interaction?.name;
  if (asked && command !== undefined) {
    return html`<discord-command
      slot="reply"
      author=${nameOf(asked.user)}
      avatar=${avatarOf(asked.user)}
      role-color="#f2f3f5"
      command=${command}
      type="slash_command"
    ></discord-command>`;
  }
  const answered = message.referenced_message;
  if (!answered) return nothing;
  return html`<discord-reply
    slot="reply"
    author=${nameOf(answered.author)}
    avatar=${avatarOf(answered.author)}
    role-color=${authorColour(answered)}
    ?bot=${answered.author.bot === true}
    >${markdown(firstLine(answered.content) || 'Press to see the attachment', state)}</discord-reply
  >`;
}

/** @param {string} content */
const firstLine = (content) => content.split('\n', 1)[0]?.slice(0, 140) ?? '';

/** @param {APIMessage} message @param {ViewContext} context */
function attachmentsView(message, context) {
  if (message.attachments.length === 0) return nothing;
  return html`<discord-attachments slot="attachments">
    ${message.attachments.map((attachment) => {
      if (isImage(attachment))
        return pictureView(attachment, attachment.filename, pressByName(message, context));
      const url = localUrl(attachment.url);
      const size = `${Math.ceil(attachment.size / 1024)} KB`;
      return html`<a class="file" href=${url ?? nothing} download=${attachment.filename}
        >📄 ${attachment.filename} <small>${size}</small></a
      >`;
    })}
  </discord-attachments>`;
}

/** @param {APIMessage} message @param {ViewContext} context */
export function privacyView(message, context) {
  const dismiss = () => context.act({ type: 'dismiss', messageId: message.id });
  return html`<div slot="thread" class="privacy">
    ${eyeIcon} Only you can see this ·
    <button type="button" class="dismiss" @click=${dismiss}>Dismiss message</button>
  </div>`;
}
