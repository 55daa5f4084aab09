/** A command in Discord's form: the schema with its words in every language. */
import { ApplicationCommandOptionType, ApplicationCommandType, type LocalizationMap } from 'discord.js';
import type { Command, CommandWords, OptionSchema, OptionWords, SubcommandWords } from './command.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, textsFor } from '../texts/index.ts';

/** Names of commands and subcommands are the same in all languages: rules, posts and members quote them to each other. */
export function describedCommand({ schema, words }: Command) {
  const spoken = new Map(LANGUAGES.map((language) => [language, words(textsFor(language))]));
  const said = (pick: (words: CommandWords) => string | undefined): [string, LocalizationMap] => {
    const all = [...spoken].map(([language, each]) => {
      const text = pick(each);
      if (text === undefined)
        throw new Error(
          `/${schema.name} has no words in the language ${language}: add ${schema.name} to src/stage/texts/${language}/commands.ts`,
        );
      return [language, text] as const;
    });
    const others = all.filter(([language]) => language !== DEFAULT_LANGUAGE);
    return [new Map(all).get(DEFAULT_LANGUAGE) ?? '', Object.fromEntries(others)];
  };
  const described = (pick: (words: CommandWords) => SubcommandWords | OptionWords | undefined) => {
    const [description, localizations] = said((each) => pick(each)?.description);
    return { description, description_localizations: localizations };
  };

  const option = (
    each: OptionSchema,
    pick: (words: CommandWords) => Readonly<Record<string, OptionWords>> | undefined,
  ) => {
    const own = (words: CommandWords): OptionWords | undefined => pick(words)?.[each.name];
    const [, names] = said((words) => own(words)?.name);
    const choices = each.type === ApplicationCommandOptionType.String ? each.choices : undefined;
    return {
      ...each,
      ...described(own),
      name_localizations: names,
      ...(choices && {
        choices: choices.map((value) => {
          const [name, localizations] = said((words) => own(words)?.choices?.[value]);
          return { name, name_localizations: localizations, value };
        }),
      }),
    };
  };

  const options = schema.options?.map((each) => {
    if (each.type !== ApplicationCommandOptionType.Subcommand) return option(each, (words) => words.options);
    const subcommand = (words: CommandWords): SubcommandWords | undefined => words.subcommands?.[each.name];
    return {
      ...each,
      ...described(subcommand),
      options: each.options?.map((inner) => option(inner, (words) => subcommand(words)?.options)) ?? [],
    };
  });
  return {
    ...schema,
    ...described((words) => words),
    ...(options && { options }),
  };
}

/** All that Discord is told of a command: the slash command, and its place in the menu of a message where it has one. */
export function describedCommands(command: Command) {
  const slash = describedCommand(command);
  const { onMessage, schema } = command;
  if (!onMessage) return [slash];
  const names = new Map(LANGUAGES.map((language) => [language, onMessage.name(textsFor(language))]));
  const { contexts, integration_types, default_member_permissions } = schema;
  const inMenu = {
    type: ApplicationCommandType.Message,
    name: names.get(DEFAULT_LANGUAGE) ?? '',
    name_localizations: Object.fromEntries([...names].filter(([language]) => language !== DEFAULT_LANGUAGE)),
    contexts,
    integration_types,
    ...(default_member_permissions !== undefined && { default_member_permissions }),
  };
  return [slash, inMenu];
}
