import { ComponentType, MessageFlags, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { characterCount, type Form } from './form.ts';

const ROWS_PER_MESSAGE = 5;
const BUTTONS_PER_ROW = 5;
const COMPONENTS_IN_V2 = 40;
const TEXT_IN_V2 = 4000;
const LINK_STYLE = 5;

/** The kinds of menus. */
export const SELECTS: ReadonlySet<number> = new Set([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

type Json = Record<string, unknown>;

/** What a container may hold, and what may stand at the top of a message of Components V2. */
const IN_CONTAINER: readonly number[] = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
];
const TOP_LEVEL: readonly number[] = [...IN_CONTAINER, ComponentType.Container];

/**
 * Reads a message's components within Discord's limits. In Components V2 (flag 1 << 15) nested components count as well, and
 * so does all their text. Every component gets a numeric id, and a menu how many are to be chosen, as in Discord's answers.
 */
export function readComponents(message: Form, flags: number): APIMessageTopLevelComponent[] | undefined {
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const parts = message.parts('components', { max: isV2 ? COMPONENTS_IN_V2 : ROWS_PER_MESSAGE });
  if (parts === undefined) return undefined;
  const whole: Whole = { customIds: new Set(), components: 0, characters: 0 };
  for (const part of parts) checkLayout(part, isV2 ? TOP_LEVEL : [ComponentType.ActionRow], whole);
  if (isV2 && whole.components > COMPONENTS_IN_V2) {
    message.fail(
      'components',
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The message has ${whole.components} components, more than ${COMPONENTS_IN_V2}`,
    );
  }
  if (whole.characters > TEXT_IN_V2) {
    message.fail(
      'components',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `The total displayable text must not exceed ${TEXT_IN_V2} characters`,
    );
  }
  let nextId = 0;
  return (message.list('components') ?? []).map(
    (raw) => withIds(raw, () => (nextId += 1)) as APIMessageTopLevelComponent,
  );
}

/** What is counted over all components of a message. */
interface Whole {
  customIds: Set<string>;
  components: number;
  characters: number;
}

function checkLayout(form: Form, allowed: readonly number[], whole: Whole): void {
  const type = form.required('type').integer('type') ?? 0;
  whole.components += 1;
  if (!allowed.includes(type)) {
    form.fail('type', 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')}).`);
    return;
  }
  switch (type) {
    case ComponentType.ActionRow:
      return checkRow(form, whole);
    case ComponentType.TextDisplay:
      return checkText(form, whole);
    case ComponentType.Section:
      return checkSection(form, whole);
    case ComponentType.MediaGallery:
      for (const item of form.required('items').parts('items', { min: 1, max: 10 }) ?? [])
        item.required('media').text('description', { max: 1024 });
      return;
    case ComponentType.Container:
      for (const inner of form.required('components').parts('components', { min: 1 }) ?? [])
        checkLayout(inner, IN_CONTAINER, whole);
      return;
    default: // files and separators hold nothing that is limited
  }
}

function checkText(form: Form, whole: Whole): void {
  whole.characters += characterCount(form.required('content').text('content', { min: 1 }) ?? '');
}

/** One to three texts, and a button or a thumbnail beside them. */
function checkSection(form: Form, whole: Whole): void {
  for (const text of form.required('components').parts('components', { min: 1, max: 3 }) ?? [])
    checkLayout(text, [ComponentType.TextDisplay], whole);
  const accessory = form.required('accessory').part('accessory');
  if (accessory === undefined) return;
  whole.components += 1;
  if (accessory.integer('type') !== ComponentType.Button) return;
  checkButton(accessory);
  checkCustomId(accessory, whole);
}

function checkRow(row: Form, whole: Whole): void {
  const children = row.required('components').parts('components', { min: 1, max: BUTTONS_PER_ROW }) ?? [];
  for (const child of children) {
    const type = child.required('type').integer('type') ?? 0;
    whole.components += 1;
    if (type === ComponentType.Button) checkButton(child);
    else if (SELECTS.has(type)) checkSelect(child, type, children.length);
    else child.fail('type', 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).');
    checkCustomId(child, whole);
  }
}

function checkCustomId(form: Form, { customIds }: Whole): void {
  const customId = form.text('custom_id', { min: 1, max: 100 });
  if (customId === undefined) return;
  if (customIds.has(customId)) {
    form.fail('custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  customIds.add(customId);
}

function checkButton(button: Form): void {
  button.text('label', { max: 80 });
  button.flag('disabled');
  const style = button.required('style').integer('style', { min: 1, max: 6 });
  if (style === LINK_STYLE) {
    button.required('url').url('url', ['http:', 'https:', 'discord:']);
    if (button.has('custom_id')) {
      button.fail(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  }
  if (style !== undefined && style < LINK_STYLE) button.required('custom_id');
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
  fillIn(component);
  for (const key of ['components', 'accessory'] as const) {
    const inner = component[key];
    if (Array.isArray(inner)) component[key] = inner.map((each: unknown) => withIds(each, nextId));
    else if (inner !== undefined) component[key] = withIds(inner, nextId);
  }
  return component;
}

/** Discord's answers name also what the request left to it. */
function fillIn(component: Json): void {
  const type = Number(component['type']);
  if (SELECTS.has(type)) {
    component['min_values'] ??= 1;
    component['max_values'] ??= 1;
  }
  if (type === ComponentType.Container) {
    component['accent_color'] ??= null;
    component['spoiler'] ??= false;
  }
  if (type === ComponentType.Separator) {
    component['divider'] ??= true;
    component['spacing'] ??= 1;
  }
}
