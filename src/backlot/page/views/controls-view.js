// @ts-check
/**
 * Reactions, buttons and select menus: what one can press in a message.
 *
 * @typedef {import('./view-context.js').ViewContext} ViewContext
 * @typedef {import('../guild-state.js').APIMessage} APIMessage
 */
import { html, nothing } from 'lit';
import { isReadable } from '../channels.js';
import { onPressKey } from './markdown-view.js';
import { emojiUrl, nameOf } from '../people.js';

const button = 2;
const dangerStyle = 4;
const linkStyle = 5;
/** @type {Record<number, string>} */
const buttonTypes = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive' };

/** @param {APIMessage} message @param {ViewContext} context */
export function reactionsView(message, context) {
  if (!message.reactions?.length) return nothing;
  return html`<discord-reactions slot="reactions">
    ${message.reactions.map(({ emoji, count, me }) => {
      const key = emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? '');
      const toggle = () =>
        context.act({
          type: 'react',
          channelId: message.channel_id,
          messageId: message.id,
          emoji: key,
          on: !me,
        });
      return html`<discord-reaction
        role="button"
        tabindex="0"
        aria-pressed=${me ? 'true' : 'false'}
        aria-label="${emoji.name}, ${count} ${count === 1 ? 'reaction' : 'reactions'}"
        data-emoji=${emoji.name ?? ''}
        emoji=${emoji.id ? emojiUrl(emoji.id) : (emoji.name ?? '')}
        name=${emoji.name ?? ''}
        .count=${count}
        .reacted=${me}
        @click=${toggle}
        @keydown=${onPressKey(toggle)}
      ></discord-reaction>`;
    })}
  </discord-reactions>`;
}

/** A button of danger that is alone in its row is drawn large. @param {any} row @param {APIMessage} message @param {ViewContext} context */
export function rowView(row, message, context) {
  const [only, second] = row.components;
  const isLarge = second === undefined && only?.type === button && only.style === dangerStyle;
  return html`<discord-action-row class=${isLarge ? 'large-danger' : ''}>
    ${row.components.map((/** @type {any} */ component) =>
      component.type === button
        ? buttonView(component, message, context)
        : selectView(component, message, context),
    )}
  </discord-action-row>`;
}

/**
 * What pressing the message's button does whose label begins with a name.
 *
 * @param {APIMessage} message @param {ViewContext} context
 * @returns {(name: string) => (() => void) | undefined}
 */
export function pressByName(message, context) {
  const rows = /** @type {any[]} */ (message.components ?? []);
  const buttons = rows.flatMap(({ components = [] }) => components).filter(({ type }) => type === button);
  return (name) => {
    const found = buttons.find(({ label }) => label === name || label?.startsWith(`${name} `));
    return found && (() => pressButton(found, message, context));
  };
}

/** @param {any} component @param {APIMessage} message @param {ViewContext} context */
function pressButton({ style, disabled, custom_id: customId }, message, context) {
  if (style === linkStyle || disabled) return;
  context.act({ type: 'press', channelId: message.channel_id, messageId: message.id, customId });
}

/** @param {any} component @param {APIMessage} message @param {ViewContext} context */
export function buttonView(component, message, context) {
  const isLink = component.style === linkStyle;
  const press = () => pressButton(component, message, context);
  const emoji = component.emoji;
  return html`<discord-button
    type=${buttonTypes[component.style] ?? 'secondary'}
    url=${isLink && /^https?:/.test(component.url) ? component.url : nothing}
    data-custom-id=${component.custom_id ?? nothing}
    ?disabled=${component.disabled === true}
    aria-disabled=${component.disabled === true ? 'true' : nothing}
    emoji=${emoji?.id ? emojiUrl(emoji.id) : nothing}
    emoji-name=${emoji?.name ?? nothing}
    @click=${press}
    >${emoji && !emoji.id ? `${emoji.name} ` : ''}${component.label ?? ''}</discord-button
  >`;
}

/** @param {any} component @param {APIMessage} message @param {ViewContext} context */
function selectView(component, message, context) {
  const options = selectOptions(component, context.state);
  const press = (/** @type {string[]} */ values) =>
    context.act({
      type: 'press',
      channelId: message.channel_id,
      messageId: message.id,
      customId: component.custom_id,
      values,
    });
  if ((component.max_values ?? 1) > 1) return multipleView(component, options, press);
  const changed = (/** @type {Event} */ event) => {
    const select = /** @type {HTMLSelectElement} */ (event.currentTarget);
    if (select.value !== '') press([select.value]);
  };
  return html`<select
    class="select-menu"
    aria-label=${component.placeholder ?? 'Make a selection'}
    data-custom-id=${component.custom_id}
    ?disabled=${component.disabled === true}
    @change=${changed}
  >
    <option value="">${component.placeholder ?? 'Make a selection'}</option>
    ${options.map(
      ({ label, value, description, chosen }) =>
        html`<option value=${value} ?selected=${chosen}>
          ${label}${description ? ` (${description})` : ''}
        </option>`,
    )}
  </select>`;
}

/**
 * @param {any} component
 * @param {ReturnType<typeof selectOptions>} options
 * @param {(values: string[]) => void} press
 */
function multipleView(component, options, press) {
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    press([...new FormData(form).getAll('value')].map(String));
  };
  return html`<form class="select-many" @submit=${send}>
    <fieldset ?disabled=${component.disabled === true}>
      <legend>${component.placeholder ?? 'Make a selection'}</legend>
      ${options.map(
        ({ label, value, chosen }) =>
          html`<label
            ><input type="checkbox" name="value" value=${value} ?checked=${chosen} />${label}</label
          >`,
      )}
      <button>Choose</button>
    </fieldset>
  </form>`;
}

/**
 * What a select menu offers: its own options, or the guild's users, roles or channels.
 *
 * @param {any} component
 * @param {import('../guild-state.js').GuildState} state
 * @returns {{ label: string, value: string, description?: string, chosen: boolean }[]}
 */
function selectOptions(component, state) {
  const users = state.personas.map(({ user }) => ({ label: nameOf(user), value: user.id, chosen: false }));
  const roles = state.guild.roles.map((role) => ({ label: `@${role.name}`, value: role.id, chosen: false }));
  switch (component.type) {
    case 5:
      return users;
    case 6:
      return roles;
    case 7:
      return [...users, ...roles];
    case 8:
      return [...state.channels.values()]
        .filter(isReadable)
        .map((channel) => ({ label: `#${channel.name}`, value: channel.id, chosen: false }));
    default:
      return (component.options ?? []).map((/** @type {any} */ option) => ({
        label: option.emoji?.name && !option.emoji.id ? `${option.emoji.name} ${option.label}` : option.label,
        value: option.value,
        description: option.description,
        chosen: option.default === true,
      }));
  }
}
