import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { Choices } from '#stage/interactions/guild-context.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { setupPlan, setupReport } from '#stage/presentation/answers/setup.ts';
import { isLanguage, LANGUAGES } from '#stage/texts/index.ts';
import { FOR_PRODUCERS } from './schema.ts';

/** Says what it would do; the button under the answer does it. */
export const setup = defineCommand({
  schema: {
    ...FOR_PRODUCERS,
    name: 'setup',
    options: [
      { type: ApplicationCommandOptionType.Role, name: 'producer-role' },
      { type: ApplicationCommandOptionType.String, name: 'language', choices: LANGUAGES },
    ],
  },
  words: (texts) => texts.commands.setup,
  audience: 'producer',
  answers: 'private',
  run: async ({ guildContext, here, wording, guildId }, options) => {
    // Everybody has this role, so everybody would be a producer.
    if (options['producer-role'] === guildId) return { content: wording.texts.refusals.producerRoleForAll };
    const choices = { producerRole: options['producer-role'], language: options.language };
    const before = { producerRole: guildContext.producerRole(), language: guildContext.language() };
    const after = {
      producerRole: choices.producerRole ?? before.producerRole,
      language: choices.language ?? before.language,
    };
    const inspection = await guildContext.inspect(here, after.language);
    return setupPlan(inspection, { before, after }, { build: choicesAsText(choices) }, wording);
  },
  buttons: { build: (context, choices) => build(context, choicesOf(choices)) },
});

async function build(context: CommandContext, choices: Choices): Promise<MessageBody> {
  const { guildContext, show, member, wording, progress } = context;
  await progress({ content: wording.texts.setup.building });
  const before = guildContext.language();
  const result = await guildContext.setUp(choices, member, wording);
  if (result.ok) show.noteSetup('built', member);
  const language = guildContext.language();
  return setupReport(result, show.status().mode, language === before ? null : language, wording);
}

/** The argument in the button's id: `<role>/<language>`, each empty if it was left out. */
const choicesAsText = ({ producerRole, language }: Choices): string =>
  `${producerRole ?? ''}/${language ?? ''}`;

function choicesOf(text: string): Choices {
  const [role = '', language = ''] = text.split('/');
  return { producerRole: role === '' ? null : role, language: isLanguage(language) ? language : null };
}
