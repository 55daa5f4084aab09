/** Forms (Discord's modals): up to five fields, each a text or a choice. */
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
} from 'discord.js';
import { customId } from '../interactions/custom-id.ts';

const TITLE_MAX = 45;

export interface TextField {
  kind: 'text';
  name: string;
  label: string;
  /** A line under the label. */
  hint?: string;
  placeholder?: string;
  required?: boolean;
  max: number;
}

export interface ChoiceField {
  kind: 'choice';
  name: string;
  label: string;
  options: readonly APISelectMenuOption[];
}

export interface FormBody {
  title: string;
  fields: readonly (TextField | ChoiceField)[];
}

/** `name` and `argument` say what the form does when it is submitted, as in the id of a button. */
export function modal(
  name: string,
  argument: string,
  { title, fields }: FormBody,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId(name, argument),
    title: title.slice(0, TITLE_MAX),
    components: fields.map((field) => ({
      type: ComponentType.Label,
      label: field.label,
      ...(field.kind === 'text' && field.hint !== undefined && { description: field.hint }),
      component: field.kind === 'text' ? textInput(field) : choice(field),
    })),
  };
}

function textInput({ name, placeholder, required = false, max }: TextField) {
  return {
    type: ComponentType.TextInput as const,
    custom_id: name,
    style: TextInputStyle.Short,
    required,
    max_length: max,
    ...(placeholder !== undefined && { placeholder }),
  };
}

function choice({ name, options }: ChoiceField) {
  return {
    type: ComponentType.StringSelect as const,
    custom_id: name,
    required: true,
    options: [...options],
  };
}
