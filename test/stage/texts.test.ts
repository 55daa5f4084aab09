import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commands } from '#commands/index.ts';
import { describedCommand } from '#stage/interactions/localise.ts';
import { LANGUAGES, languageOf, textsFor, type Texts } from '#stage/texts/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What a text says; a text with arguments is given short ones. */
function said(text: unknown): string {
  const spoken: unknown =
    typeof text === 'function' ? (text as (...facts: unknown[]) => unknown)(...Array(8).fill('x')) : text;
  assert.equal(typeof spoken, 'string');
  return spoken as string;
}

/** Every text by its path: `tape.refusals.room_full`. */
function texts(of: unknown, at = ''): Map<string, string> {
  if (typeof of !== 'object' || of === null) return new Map([[at, said(of)]]);
  return new Map(
    Object.entries(of).flatMap(([key, inner]) => [...texts(inner, at === '' ? key : `${at}.${key}`)]),
  );
}

/** Texts that are rightly the same in both languages. */
const ALIKE =
  /^(languages|category|commands\.setup\.options\.language\.choices|instruments\.Tech|help\.(title|command))|^commands\.show\.subcommands\.model\.options\.name\.name$|^cast\.command\.subcommands\.add\.options\.(name|emoji|persona)\.name$|\.(headline|prices|price|and|fortune|payout|bailedOut|chaosTitle|roomAlt|notice|entry|seconds|problem|made|mended|channel|channelFor|jackpot_added|trade|gone|willGo|recalled|answered)$/u;

test('every language has every text, says something, and says it in its own words', () => {
  const english = texts(textsFor('en'));
  for (const language of LANGUAGES) {
    const own = texts(textsFor(language));
    assert.deepEqual([...own.keys()], [...english.keys()], language);
    for (const [key, text] of own) {
      if (!key.startsWith('board.intern')) assert.ok(text.trim().length > 0, `${language}: ${key} is empty`);
      if (language !== 'en' && !ALIKE.test(key))
        assert.notEqual(text, english.get(key), `${language}: ${key} is not translated`);
    }
  }
});

test('no text is too long for its place', () => {
  for (const language of LANGUAGES) {
    const own: Texts = textsFor(language);
    const atMost = (most: number, ...list: readonly string[]): void => {
      for (const text of list)
        assert.ok(text.length <= most, `${language}: ${text.length} of ${most}: ${text}`);
    };
    const { setup, help, pool, confess, board, chipsBoard, privacy, teardown } = own;
    // Buttons.
    atMost(
      80,
      own.bailout.take('100'),
      help.rules,
      pool.myStake,
      confess.earlier,
      confess.latest('🧮', 'x'.repeat(32)),
      confess.later,
      board.chips,
      chipsBoard.traders,
    );
    atMost(80, setup.build, setup.buildAgain, setup.mend, privacy.confirm, teardown.confirm);
    // The names of fields and the titles.
    atMost(256, setup.willMake, setup.stands, setup.allowed, setup.settings, setup.leftAlone, help.commands);
    atMost(256, help.producers, help.title, setup.title, privacy.title, teardown.title, own.rules.title);
    atMost(
      4_096,
      [...own.rules.lines, own.rules.commands(`<#${'9'.repeat(20)}>`)].join('\n\n'),
      [...privacy.lines, privacy.aboutYou].join('\n\n'),
    );
    for (const { name, topic } of Object.values(own.places)) {
      assert.match(name, /^[\p{Ll}\d-]{1,100}$/u);
      atMost(1_024, topic);
    }
    // Everything else is in a message of its own.
    atMost(2_000, ...texts(own).values());
  }
});

test('commands are described in every language, within Discord’s limits, under one name', () => {
  interface Described {
    name: string;
    description: string;
    description_localizations?: Record<string, string>;
    name_localizations?: Record<string, string>;
    options?: readonly Described[];
    choices?: readonly { name: string; name_localizations?: Record<string, string> }[];
  }
  const check = (each: Described, trail: string, isOption: boolean): void => {
    const descriptions = [each.description, ...Object.values(each.description_localizations ?? {})];
    assert.equal(descriptions.length, LANGUAGES.length, trail);
    for (const description of descriptions)
      assert.ok(description.length >= 1 && description.length <= 100, `${trail}: ${description}`);
    const names = [each.name, ...Object.values(each.name_localizations ?? {})];
    assert.equal(names.length, isOption ? LANGUAGES.length : 1, trail);
    for (const name of names) assert.match(name, /^[-\p{Ll}\d]{1,32}$/u, trail);
    for (const choice of each.choices ?? []) {
      const all = [choice.name, ...Object.values(choice.name_localizations ?? {})];
      assert.equal(all.length, LANGUAGES.length, trail);
      for (const name of all) assert.ok(name.length >= 1 && name.length <= 100, trail);
    }
    for (const option of each.options ?? [])
      check(option, `${trail} ${option.name}`, option.description !== undefined && !('options' in option));
  };
  for (const command of commands) {
    check(describedCommand(command) as Described, `/${command.schema.name}`, false);
    const { options } = command.words(textsFor('en'));
    for (const [name, words] of Object.entries(options ?? {}))
      assert.equal(words.name, name, command.schema.name);
  }
});

test('every command that a text names exists', () => {
  const known = new Set(
    commands.flatMap(({ schema }) => [
      schema.name,
      ...(schema.options ?? []).map((option) => `${schema.name} ${option.name}`),
    ]),
  );
  for (const language of LANGUAGES) {
    for (const [key, text] of texts(textsFor(language))) {
      for (const [, named] of text.matchAll(/`\/([a-z -]+)`/gu))
        if (named !== 'x') assert.ok(known.has(named ?? ''), `${language}: ${key} names /${named}`);
    }
  }
});

test('no text for people is left in the code', () => {
  const files = ['commands', 'src/stage'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('texts'))
      .map((file) => path.join(folder, file)),
  );
  assert.ok(files.length > 30);
  const shown =
    /\b(?:content|label|title|description|text|placeholder|value)\s*:\s*(['"`])(?<words>(?:\\.|(?!\1).)*)\1/gu;
  for (const file of files) {
    for (const match of readFileSync(path.join(root, file), 'utf8').matchAll(shown)) {
      const words = (match.groups?.['words'] ?? '').replaceAll(/\$\{[^}]*(?:\}|$)/gu, '');
      assert.doesNotMatch(words, /\p{L}{2}/u, `${file} says: ${match[0]}`);
    }
  }
});

test('a locale of Discord has its language, and an unknown locale has English', () => {
  assert.deepEqual(['de', 'en-US', 'en-GB', 'pt-BR', ''].map(languageOf), ['de', 'en', 'en', 'en', 'en']);
});
