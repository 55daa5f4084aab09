/** Buttons as data: each knows by its custom id what it does, so it works after a restart. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import { customId } from '../interactions/custom-id.ts';

type Style = APIButtonComponentWithCustomId['style'];

export function button(
  name: string,
  argument: string,
  label: string,
  style: Style = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId(name, argument) };
}

/** At most five. */
export function row(
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}
