/** A form that the bot opens (a modal), within Discord's limits. */
import { ComponentType, type APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { SELECTS } from './components.ts';
import type { Form } from './form.ts';

const PARTS_PER_MODAL = 5;
/** What may stand at the top of a form: a row with one text, a field with its label, words between them. */
const TOP_LEVEL: readonly number[] = [
  ComponentType.ActionRow,
  ComponentType.Label,
  ComponentType.TextDisplay,
];

export function readModal(data: Form): APIModalInteractionResponseCallbackData {
  data.required('custom_id', 'title', 'components');
  const customIds = new Set<string>();
  for (const part of data.parts('components', { min: 1, max: PARTS_PER_MODAL }) ?? [])
    checkPart(part, customIds);
  const modal = {
    custom_id: data.text('custom_id', { min: 1, max: 100 }) ?? '',
    title: data.text('title', { min: 1, max: 45 }) ?? '',
    components: data.list('components') ?? [],
  };
  data.check();
  return modal as APIModalInteractionResponseCallbackData;
}

function checkPart(part: Form, customIds: Set<string>): void {
  const type = part.required('type').integer('type') ?? 0;
  switch (type) {
    case ComponentType.ActionRow:
      for (const field of part.required('components').parts('components', { min: 1, max: 1 }) ?? []) {
        field.required('label').text('label', { min: 1, max: 45 });
        checkField(field, [ComponentType.TextInput], customIds);
      }
      return;
    case ComponentType.Label: {
      part.required('label', 'component').text('label', { min: 1, max: 45 });
      part.text('description', { min: 1, max: 100 });
      const field = part.part('component');
      if (field) checkField(field, [ComponentType.TextInput, ...SELECTS], customIds);
      return;
    }
    case ComponentType.TextDisplay:
      part.required('content').text('content', { min: 1 });
      return;
    default:
      part.fail(
        'type',
        'UNION_TYPE_CHOICES',
        `Value of field "type" must be one of (${TOP_LEVEL.join(', ')}).`,
      );
  }
}

function checkField(field: Form, allowed: readonly number[], customIds: Set<string>): void {
  const type = field.required('type', 'custom_id').integer('type') ?? 0;
  if (!allowed.includes(type)) {
    field.fail('type', 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')}).`);
    return;
  }
  const customId = field.text('custom_id', { min: 1, max: 100 });
  if (customId !== undefined && customIds.has(customId))
    field.fail('custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  if (customId !== undefined) customIds.add(customId);
  field.flag('required');
  if (type === ComponentType.TextInput) {
    field.required('style').integer('style', { min: 1, max: 2 });
    field.integer('min_length', { min: 0, max: 4000 });
    field.integer('max_length', { min: 1, max: 4000 });
    field.text('value', { max: 4000 });
    field.text('placeholder', { max: 100 });
    return;
  }
  field.text('placeholder', { max: 150 });
  if (type !== ComponentType.StringSelect) return;
  for (const option of field.required('options').parts('options', { min: 1, max: 25 }) ?? []) {
    option.required('label', 'value');
    option.text('label', { min: 1, max: 100 });
    option.text('value', { min: 1, max: 100 });
    option.text('description', { max: 100 });
  }
}
