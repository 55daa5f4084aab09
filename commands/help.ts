import { ButtonStyle } from 'discord.js';
import { defineCommand, type Command } from '#stage/interactions/command.ts';
import { button, row } from '#stage/presentation/buttons.ts';
import { rulesCard } from '#stage/presentation/posts/cards.ts';
import type { Texts } from '#stage/texts/index.ts';
import { IN_GUILD } from './schema.ts';

export const help = defineCommand({
  schema: { ...IN_GUILD, name: 'help' },
  words: (texts) => texts.commands.help,
  audience: 'member',
  answers: 'private',
  run: ({ wording: { texts }, commands, isProducer }) => {
    const forMembers = commands.filter((command) => command.audience === 'member');
    const forProducers = commands.filter((command) => command.audience === 'producer');
    const fields = [{ name: texts.help.commands, value: list(forMembers, texts) }];
    if (isProducer) fields.push({ name: texts.help.producers, value: list(forProducers, texts) });
    const { title, intro, footer } = texts.help;
    return {
      embeds: [{ title, description: intro, fields, footer: { text: footer } }],
      components: [row(button('rules', '', texts.help.rules, ButtonStyle.Secondary))],
    };
  },
  buttons: { rules: ({ wording, guildContext }) => rulesCard(wording, guildContext.gallery()) },
});

function list(commands: readonly Command[], texts: Texts): string {
  return commands
    .map(({ schema, words }) => texts.help.command(schema.name, words(texts).description))
    .join('\n');
}
