// @ts-check
/**
 * A markdown tree as elements. Only text and attributes are ever set from a message, never HTML.
 *
 * @typedef {import('../markdown.js').Node} Node
 * @typedef {import('../guild-state.js').GuildState} GuildState
 */
import { html } from 'lit';
import '../clock.js';
import { isReadable } from '../channels.js';
import { parseMarkdown } from '../markdown.js';
import { emojiUrl, mentionName } from '../people.js';

/** @param {string} source @param {GuildState} state */
export function markdown(source, state) {
  const nodes = parseMarkdown(source);
  return html`<span class="markup ${isOnlyEmoji(source) ? 'jumbo' : ''}"
    >${nodes.map((node) => view(node, state))}</span
  >`;
}

const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|<a?:\w{2,32}:\d{15,21}>|\s){1,60}$/u;

/** @param {string} source whether Discord would show it large */
const isOnlyEmoji = (source) => onlyEmoji.test(source) && /\p{Extended_Pictographic}|<a?:/u.test(source);

/** @param {Node[]} nodes @param {GuildState} state */
const views = (nodes, state) => nodes.map((node) => view(node, state));

/** @param {Node} node @param {GuildState} state @returns {unknown} */
function view(node, state) {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'bold':
      return html`<strong>${views(node.children, state)}</strong>`;
    case 'italic':
      return html`<em>${views(node.children, state)}</em>`;
    case 'underline':
      return html`<u>${views(node.children, state)}</u>`;
    case 'strike':
      return html`<s>${views(node.children, state)}</s>`;
    case 'spoiler':
      return html`<span
        class="spoiler"
        role="button"
        tabindex="0"
        aria-label="Spoiler, press to show"
        @click=${reveal}
        @keydown=${onPressKey(reveal)}
        ><span class="spoiler-inside">${views(node.children, state)}</span></span
      >`;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'codeBlock':
      return html`<pre tabindex="0"><code>${node.text}</code></pre>`;
    case 'heading':
      return html`<span class="heading h${node.level}" role="heading" aria-level=${node.level + 2}
        >${views(node.children, state)}</span
      >`;
    case 'subtext':
      return html`<small class="subtext">${views(node.children, state)}</small>`;
    case 'quote':
      return html`<blockquote>${views(node.children, state)}</blockquote>`;
    case 'list':
      return listView(node, state);
    case 'link':
      return linkView(node, state);
    case 'time':
      return html`<ticking-time class="timestamp" unix=${node.unix} display=${node.style}></ticking-time>`;
    case 'emoji':
      return html`<img class="emoji" src=${emojiUrl(node.id)} alt=":${node.name}:" title=":${node.name}:" />`;
    case 'everyone':
    case 'command':
      return html`<span class="mention">${node.text}</span>`;
    case 'user':
      return html`<span class="mention">@${mentionName(state, node.id)}</span>`;
    case 'role':
      return html`<span class="mention"
        >@${state.guild.roles.find((role) => role.id === node.id)?.name ?? 'unknown-role'}</span
      >`;
    case 'channel':
      return channelMention(node.id, state);
    default:
      return /** @satisfies {never} */ (node);
  }
}

/** @param {Extract<Node, { kind: 'list' }>} list @param {GuildState} state */
function listView(list, state) {
  const items = list.items.map(
    (item) => html`<li class="depth${item.depth}">${views(item.children, state)}</li>`,
  );
  return list.ordered
    ? html`<ol start=${list.start}>
        ${items}
      </ol>`
    : html`<ul>
        ${items}
      </ul>`;
}

/**
 * A link into this guild leads to its channel here; any other only shows where it would lead.
 *
 * @param {Extract<Node, { kind: 'link' }>} link @param {GuildState} state
 */
function linkView(link, state) {
  const [, guildId, channelId = ''] = /^https:\/\/discord\.com\/channels\/(\d+)\/(\d+)/u.exec(link.url) ?? [];
  const channel = guildId === state.guild.id ? state.channels.get(channelId) : undefined;
  if (channel === undefined || !isReadable(channel))
    return html`<span class="link" title=${link.url}>${views(link.children, state)}</span>`;
  return html`<a class="link" href="#/${encodeURIComponent(channel.name)}"
    >${views(link.children, state)}</a
  >`;
}

/** @param {string} id @param {GuildState} state */
function channelMention(id, state) {
  const channel = state.channels.get(id);
  if (channel === undefined || !isReadable(channel)) return html`<span class="mention"># unknown</span>`;
  return html`<a class="mention" href="#/${encodeURIComponent(channel.name)}"># ${channel.name}</a>`;
}

/** @param {Event} event */
function reveal(event) {
  const spoiler = /** @type {HTMLElement} */ (event.currentTarget);
  spoiler.classList.add('revealed');
  spoiler.removeAttribute('role');
  spoiler.removeAttribute('tabindex');
  spoiler.removeAttribute('aria-label');
}

/**
 * Makes an element that is not a button react to Enter and Space like one.
 *
 * @param {(event: Event) => void} press
 */
export const onPressKey = (press) => (/** @type {KeyboardEvent} */ event) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  press(event);
};
