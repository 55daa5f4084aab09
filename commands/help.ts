import { defineCommand, type Command } from '#stage/command.ts';
import type { Texts } from '#stage/texts/index.ts';
import { IN_GUILD } from './schema.ts';

export const help = defineCommand({
  schema: { ...IN_GUILD, name: 'help', description: 'What this show is, its rules and its commands' },
  audience: 'member',
  answers: 'private',
  run: ({ wording: { texts }, commands, isProducer }) => {
    const forMembers = commands.filter((command) => command.audience === 'member');
    const forProducers = commands.filter((command) => command.audience === 'producer');
    const fields = [{ name: texts.help.commands, value: list(forMembers, texts) }];
    if (isProducer) fields.push({ name: texts.help.producers, value: list(forProducers, texts) });
    return {
      embeds: [
        {
          title: texts.help.title,
          description: texts.help.intro,
          fields,
          footer: { text: texts.help.footer },
        },
        { title: texts.rules.title, description: texts.rules.lines.join('\n\n') },
      ],
    };
  },
});

function list(commands: readonly Command[], texts: Texts): string {
  return commands.map(({ schema }) => texts.help.command(schema.name, schema.description)).join('\n');
}
