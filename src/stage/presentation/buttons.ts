/** Buttons and menus as data: the custom id of each says what it does, so it works after a restart. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIMessage,
  type APISelectMenuOption,
  type APIStringSelectComponent,
} from 'discord.js';
import { customId, parseCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/index.ts';

const BUTTONS_A_ROW = 5;

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

/** What the buttons of a message do. */
export function customIds({
  components = [],
}: Pick<APIMessage, 'components'>): { name: string; argument: string }[] {
  return components
    .flatMap((each) => (each.type === ComponentType.ActionRow ? each.components : []))
    .flatMap((each) => ('custom_id' in each ? (parseCustomId(each.custom_id) ?? []) : []));
}

/** One row; at most five buttons. */
export function row(
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}

/** A row with a menu in which one thing can be chosen; at most 25. */
export function menuRow(
  name: string,
  argument: string,
  placeholder: string,
  options: APISelectMenuOption[],
): APIActionRowComponent<APIStringSelectComponent> {
  const menu: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: customId(name, argument),
    placeholder,
    options,
  };
  return { type: ComponentType.ActionRow, components: [menu] };
}
