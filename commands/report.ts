import { defineCommand } from '#stage/interactions/command.ts';
import { labCard } from '#stage/presentation/answers/lab.ts';
import { IN_GUILD } from './schema.ts';

export const report = defineCommand({
  schema: { ...IN_GUILD, name: 'report' },
  words: (texts) => texts.commands.report,
  audience: 'member',
  answers: 'private',
  run: ({ show, guildContext, wording }) => {
    const { brain } = show.status();
    return labCard(guildContext.measured(brain), brain, wording);
  },
});
