/** Buttons and menus as data: the custom id of each says what it does, so it works after a restart. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APISelectMenuOption,
  type APIStringSelectComponent,
} from 'discord.js';
import { customId, parseCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/index.ts';

const BUTTONS_A_ROW = 5;
const OPTIONS_MAX = 25;
/** Of an option. */
const LABEL_MAX = 100;

type Style = APIButtonComponentWithCustomId['style'];

export function button(
  name: string,
  argument: string,
  label: string,
  style: Style = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId(name, argument) };
}

/** What a member may want anywhere: their own chips, the prices. */
export function ownButtons(texts: Texts): APIButtonComponentWithCustomId[] {
  return [button('wallet', '', texts.wallet.title), button('market', '', texts.market.button)];
}

/** The buttons in as many rows as they need. */
export function buttonRows(
  components: readonly APIButtonComponentWithCustomId[],
): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const rows = Math.ceil(components.length / BUTTONS_A_ROW);
  return Array.from({ length: rows }, (_, at) =>
    row(...components.slice(at * BUTTONS_A_ROW, (at + 1) * BUTTONS_A_ROW)),
  );
}

/** What the buttons and menus of a message do, wherever in its layout they are. */
export function customIds({
  components = [],
}: {
  components?: readonly object[] | undefined;
}): { name: string; argument: string }[] {
  return components.flatMap((each) => {
    const id =
      'custom_id' in each && typeof each.custom_id === 'string' ? parseCustomId(each.custom_id) : null;
    const inner: unknown[] = 'components' in each && Array.isArray(each.components) ? each.components : [];
    const nested = [...inner, 'accessory' in each ? each.accessory : null];
    const theirs = customIds({ components: nested.filter((one) => typeof one === 'object' && one !== null) });
    return id ? [id, ...theirs] : theirs;
  });
}

/** A button with an emoji before its label. */
export function emojiButton(
  name: string,
  argument: string,
  { emoji, label }: { emoji: string; label: string },
): APIButtonComponentWithCustomId {
  return { ...button(name, argument, label), ...(emoji !== '' && { emoji: { name: emoji } }) };
}

/** One row; at most five buttons. */
export function row(
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}

/** A row with a menu in which one thing can be chosen. Discord accepts 25 options. */
export function menuRow(
  name: string,
  argument: string,
  placeholder: string,
  options: readonly APISelectMenuOption[],
): APIActionRowComponent<APIStringSelectComponent> {
  const menu: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: customId(name, argument),
    placeholder,
    options: options
      .slice(0, OPTIONS_MAX)
      .map((option) => ({ ...option, label: option.label.slice(0, LABEL_MAX) })),
  };
  return { type: ComponentType.ActionRow, components: [menu] };
}
