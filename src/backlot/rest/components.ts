import { ComponentType, MessageFlags, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { Form } from './form.ts';

const ROWS_PER_MESSAGE = 5;
const BUTTONS_PER_ROW = 5;
const COMPONENTS_IN_V2 = 40;
const LINK_STYLE = 5;

const SELECTS: ReadonlySet<number> = new Set([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

type Json = Record<string, unknown>;

/**
 * Reads a message's components. Buttons and selects are held to Discord's limits; the layout components of the second
 * version (flag 1 << 15) pass as they are. Every component leaves with a numeric id, as in Discord's answers.
 */
export function readComponents(message: Form, flags: number): APIMessageTopLevelComponent[] | undefined {
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const parts = message.parts('components', { max: isV2 ? COMPONENTS_IN_V2 : ROWS_PER_MESSAGE });
  if (parts === undefined) return undefined;
  const seen = new Set<string>();
  for (const part of parts) {
    if (part.integer('type') === ComponentType.ActionRow) checkRow(part, seen);
    else if (!isV2) {
      part.fail('type', 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    }
  }
  let nextId = 0;
  return (message.list('components') ?? []).map(
    (raw) => withIds(raw, () => (nextId += 1)) as APIMessageTopLevelComponent,
  );
}

function checkRow(row: Form, seen: Set<string>): void {
  const children = row.required('components').parts('components', { min: 1, max: BUTTONS_PER_ROW }) ?? [];
  for (const child of children) {
    const type = child.required('type').integer('type') ?? 0;
    if (type === ComponentType.Button) checkButton(child);
    else if (SELECTS.has(type)) checkSelect(child, type, children.length);
    else child.fail('type', 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).');
    const customId = child.text('custom_id', { min: 1, max: 100 });
    if (customId === undefined) continue;
    if (seen.has(customId)) {
      child.fail('custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    }
    seen.add(customId);
  }
}

function checkButton(button: Form): void {
  button.text('label', { max: 80 });
  button.flag('disabled');
  const style = button.required('style').integer('style', { min: 1, max: 6 });
  if (style === LINK_STYLE) button.required('url').url('url', ['http:', 'https:', 'discord:']);
  else if (style !== undefined && style < LINK_STYLE) button.required('custom_id');
  if (!button.has('label') && !button.has('emoji') && style !== undefined && style <= LINK_STYLE) {
    button.fail('label', 'BUTTON_COMPONENT_INVALID_LABEL', 'A button must have a label or an emoji');
  }
}

function checkSelect(select: Form, type: number, siblings: number): void {
  select.required('custom_id');
  select.text('placeholder', { max: 150 });
  select.integer('min_values', { min: 0, max: 25 });
  select.integer('max_values', { min: 1, max: 25 });
  if (siblings > 1)
    select.fail(
      'type',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  if (type !== ComponentType.StringSelect) return;
  for (const option of select.required('options').parts('options', { min: 1, max: 25 }) ?? []) {
    option.required('label', 'value');
    option.text('label', { min: 1, max: 100 });
    option.text('value', { min: 1, max: 100 });
    option.text('description', { max: 100 });
  }
}

function withIds(raw: unknown, nextId: () => number): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const component: Json = { ...raw };
  const given = component['id'];
  component['id'] = typeof given === 'number' && given > 0 ? given : nextId();
  for (const key of ['components', 'accessory'] as const) {
    const inner = component[key];
    if (Array.isArray(inner)) component[key] = inner.map((each: unknown) => withIds(each, nextId));
    else if (inner !== undefined) component[key] = withIds(inner, nextId);
  }
  return component;
}
