import { defineCommand } from '#stage/interactions/command.ts';
import { IN_GUILD } from './schema.ts';

export const floor = defineCommand({
  schema: { ...IN_GUILD, name: 'floor' },
  words: (texts) => texts.commands.floor,
  audience: 'member',
  answers: 'private',
  run: ({ guildContext, wording }) => guildContext.paintFloor(wording),
});
