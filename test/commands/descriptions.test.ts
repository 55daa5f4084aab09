/** What Discord shows of the commands: in every language, within its limits, and each in words of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '#commands/index.ts';
import { describedCommands } from '#stage/interactions/localise.ts';
import { DEFAULT_LANGUAGE, LANGUAGES } from '#stage/texts/index.ts';

/** Discord's limits. */
const DESCRIPTION_MAX = 100;
const CHOICES_MAX = 25;
const ALL_MAX = 8_000;

interface Described {
  name: string;
  description?: string | undefined;
  description_localizations?: object | undefined;
  name_localizations?: object | undefined;
  options?: readonly Described[] | undefined;
  choices?: readonly unknown[] | undefined;
}

/** A command with its subcommands and options, each with its path. */
function* all(described: Described, path = `/${described.name}`): Generator<[string, Described]> {
  yield [path, described];
  for (const option of described.options ?? []) yield* all(option, `${path} ${option.name}`);
}

const slash = commands.flatMap((command): Described[] => describedCommands(command).slice(0, 1));

test('every command, subcommand and option is described in every language, in words of that language', () => {
  const others = LANGUAGES.filter((language) => language !== DEFAULT_LANGUAGE);
  for (const command of slash) {
    for (const [path, described] of all(command)) {
      const texts = { [DEFAULT_LANGUAGE]: described.description, ...described.description_localizations };
      for (const [language, text = ''] of Object.entries(texts))
        assert.ok(
          text.length >= 1 && text.length <= DESCRIPTION_MAX,
          `${path} in ${language}: ${text.length}`,
        );
      assert.deepEqual(Object.keys(described.description_localizations ?? {}), others, path);
      for (const language of others)
        assert.notEqual(texts[language], described.description, `${path} is not translated into ${language}`);
    }
  }
});

test('names are what Discord accepts, and no two options of a command have one name in any language', () => {
  for (const command of slash) {
    for (const [path, { options = [], choices = [] }] of all(command)) {
      assert.ok(options.length <= CHOICES_MAX && choices.length <= CHOICES_MAX, path);
      for (const language of LANGUAGES) {
        const names = options.map(({ name, name_localizations: localised = {} }) =>
          String(Object.entries(localised).find(([key]) => key === language)?.[1] ?? name),
        );
        assert.equal(new Set(names).size, names.length, `${path} in ${language}: ${names.join(', ')}`);
        for (const name of names) assert.match(name, /^[-_\p{Ll}\p{N}]{1,32}$/u, `${path} in ${language}`);
      }
    }
  }
});

test('no command is longer than Discord allows', () => {
  for (const command of slash) {
    const length = [...all(command)].reduce(
      (sum, [, { name, description = '' }]) => sum + name.length + description.length,
      0,
    );
    assert.ok(length <= ALL_MAX, command.name);
  }
});

test('no two commands have a button, a menu or a form of one name: the first would take what is meant for the other', () => {
  for (const kind of ['buttons', 'menus', 'forms'] as const) {
    const names = commands.flatMap((command) => Object.keys(command[kind] ?? {}));
    assert.deepEqual([...new Set(names)], names, kind);
  }
});
