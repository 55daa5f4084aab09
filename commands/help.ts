import { ButtonStyle } from 'discord.js';
import { defineCommand, type Command } from '#stage/interactions/command.ts';
import { button, row } from '#stage/presentation/buttons.ts';
import { DESCRIPTION_MAX, fit } from '#stage/presentation/fit.ts';
import { rulesCard } from '#stage/presentation/posts/cards.ts';
import { IN_GUILD } from './schema.ts';

export const help = defineCommand({
  schema: { ...IN_GUILD, name: 'help' },
  words: (texts) => texts.commands.help,
  audience: 'member',
  answers: 'private',
  run: ({ wording: { content, texts }, commands, isProducer }) => {
    const { title, intro, footer } = texts.help;
    const listed = (audience: Command['audience']): string[] =>
      commands
        .filter((command) => command.audience === audience)
        .map(({ schema, words }) => texts.help.command(schema.name, words(texts).description));
    const lines = [intro(content.cast.length), '', `**${texts.help.commands}**`, ...listed('member')];
    if (isProducer) lines.push('', `**${texts.help.producers}**`, ...listed('producer'));
    // Not as fields: fifteen commands are as many as one holds.
    const description = fit(lines, DESCRIPTION_MAX);
    return {
      embeds: [{ title, description, footer: { text: footer } }],
      components: [row(button('rules', '', texts.help.rules, ButtonStyle.Secondary))],
    };
  },
  buttons: { rules: ({ wording, guildContext }) => rulesCard(wording, guildContext.gallery()) },
});
