/** What a member fills into a form, checked as Discord's client checks it, in the shape in which the bot gets it. */
import { ComponentType, type APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ViewerRefusal } from './viewer-refusal.ts';

interface Field {
  type: number;
  custom_id: string;
  label: string;
  required: boolean;
  min_length?: number;
  max_length?: number;
  options?: { value: string; label: string; default?: boolean }[];
}

type Modal = Pick<APIModalInteractionResponseCallbackData, 'components'>;

/** The fields of a form, whichever of Discord's two ways of writing them it uses. */
export function fieldsOf({ components }: Modal): Field[] {
  return rows(components).flatMap(({ inner }) => inner);
}

/** `values` by the fields' custom ids; several options of a menu are parted by new lines. */
export function filledIn(modal: Modal, values: Readonly<Record<string, string>>): object[] {
  const known = fieldsOf(modal);
  for (const name of Object.keys(values)) {
    if (!known.some((field) => field.custom_id === name))
      throw new ViewerRefusal(`The form has no field "${name}".`);
  }
  let id = 0;
  const next = (): number => (id += 1);
  return rows(modal.components).map(({ type, inner }) => {
    const own = { type, id: next() };
    const filled = inner.map((field) => ({ ...filledField(field, values[field.custom_id]), id: next() }));
    return type === ComponentType.Label ? { ...own, component: filled[0] } : { ...own, components: filled };
  });
}

function filledField(field: Field, given: string | undefined): object {
  const { type, custom_id, label, required, options } = field;
  if (type === ComponentType.TextInput) {
    const value = given ?? '';
    const { min_length: min = 0, max_length: max = 4000 } = field;
    if (value === '' && required) throw new ViewerRefusal(`"${label}" must be filled in.`);
    if (value !== '' && (value.length < min || value.length > max))
      throw new ViewerRefusal(`"${label}" must have between ${min} and ${max} characters.`);
    return { type, custom_id, value };
  }
  const preset = options?.filter((option) => option.default === true).map(({ value }) => value) ?? [];
  const chosen = given === undefined ? preset : given.split('\n').filter(Boolean);
  if (chosen.length === 0 && required) throw new ViewerRefusal(`Choose something for "${label}".`);
  const strange = options && chosen.find((value) => !options.some((option) => option.value === value));
  if (strange !== undefined) throw new ViewerRefusal(`"${label}" has no option "${strange}".`);
  return { type, custom_id, values: chosen };
}

function rows(components: readonly unknown[]): { type: number; inner: Field[] }[] {
  return components.flatMap((each) => {
    if (typeof each !== 'object' || each === null || !('type' in each)) return [];
    if (each.type === ComponentType.Label && 'component' in each) {
      const label = 'label' in each ? String(each.label) : '';
      return [{ type: ComponentType.Label, inner: [asField(each.component, label)] }];
    }
    if (each.type === ComponentType.ActionRow && 'components' in each && Array.isArray(each.components))
      return [
        { type: ComponentType.ActionRow, inner: each.components.map((one: unknown) => asField(one, '')) },
      ];
    return []; // texts between the fields
  });
}

/** Checked when the bot opened the form. */
function asField(raw: unknown, label: string): Field {
  const field = raw as Partial<Field>;
  return {
    ...field,
    type: field.type ?? ComponentType.TextInput,
    custom_id: field.custom_id ?? '',
    label: label === '' ? (field.label ?? '') : label,
    required: field.required ?? true,
  };
}
