/** What a member filled in: the options of a command, the fields of a form. */
import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { CommandSchema, OptionValue as Value } from './command.ts';

/** Every option of the schema by its name; null for one that was left out. */
export function optionsOf(
  interaction: ChatInputCommandInteraction<'cached'>,
  schema: CommandSchema,
): Record<string, Value> {
  const [first] = interaction.options.data;
  const known = schema.options ?? [];
  if (first?.type !== ApplicationCommandOptionType.Subcommand) return values(known, interaction.options.data);
  const subcommand = known.find((option) => option.name === first.name);
  const inner =
    subcommand?.type === ApplicationCommandOptionType.Subcommand ? (subcommand.options ?? []) : [];
  return { ...values(inner, first.options ?? []), subcommand: first.name };
}

function values(
  known: readonly { name: string }[],
  given: readonly CommandInteractionOption[],
): Record<string, Value> {
  return Object.fromEntries(
    known.map(({ name }) => [name, valueOf(given.find((option) => option.name === name))]),
  );
}

function valueOf(option: CommandInteractionOption | undefined): Value {
  const { attachment, value = null } = option ?? {};
  if (!attachment) return value;
  const { name, url, size, contentType } = attachment;
  return { name, url, sizeBytes: size, contentType };
}

/** Every field of a form by its name: a text, or the one option that was chosen. */
export function fieldsOf(interaction: ModalSubmitInteraction<'cached'>): Record<string, string> {
  return Object.fromEntries(
    interaction.fields.fields.map((field) => [
      field.customId,
      'values' in field ? (field.values[0] ?? '') : 'value' in field ? String(field.value ?? '') : '',
    ]),
  );
}
