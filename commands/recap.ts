import { ApplicationCommandOptionType } from 'discord.js';
import { defineCommand } from '#stage/interactions/command.ts';
import { recapAnswer } from '#stage/presentation/hand/recap.ts';
import { IN_GUILD } from './schema.ts';

export const recap = defineCommand({
  schema: {
    ...IN_GUILD,
    name: 'recap',
    options: [{ type: ApplicationCommandOptionType.Integer, name: 'episode', min_value: 1 }],
  },
  words: (texts) => texts.recap.command,
  audience: 'member',
  answers: 'private',
  waitsForBell: true,
  run: ({ show, guildContext, wording }, { episode }) =>
    recapAnswer(show.hand.recap(episode), (moment) => guildContext.linkOf(moment), wording),
});
