import { defineCommand } from '#stage/interactions/command.ts';
import { IN_GUILD } from './schema.ts';

export const floor = defineCommand({
  schema: { ...IN_GUILD, name: 'floor' },
  words: (texts) => texts.commands.floor,
  audience: 'member',
  answers: 'private',
  waitsForBell: true,
  run: ({ show, guildContext, member, wording }) => {
    show.hand.bluffs.peekedAtAll(member);
    return guildContext.paintFloor(wording);
  },
});
