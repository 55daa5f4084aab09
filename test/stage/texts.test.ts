import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commands } from '#commands/index.ts';
import { describedCommand } from '#stage/interactions/localise.ts';
import { LANGUAGES, languageOf, textsFor, type Texts } from '#stage/texts/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What a text says; one with arguments is given the same for each of them. */
function said(text: unknown, fact: unknown): string {
  const spoken: unknown =
    typeof text === 'function' ? (text as (...facts: unknown[]) => unknown)(...Array(8).fill(fact)) : text;
  assert.equal(typeof spoken, 'string');
  return spoken as string;
}

/** Every text by its path: `tape.refusals.room_full`. */
function texts(of: unknown, fact: unknown = 'x', at = ''): Map<string, string> {
  if (typeof of !== 'object' || of === null) return new Map([[at, said(of, fact)]]);
  return new Map(
    Object.entries(of).flatMap(([key, inner]) => [...texts(inner, fact, at === '' ? key : `${at}.${key}`)]),
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

/** Reads as `1`, and so does everything in it: a count, a row, facts. */
const ONE: object = new Proxy(
  {},
  { get: (_, key) => (key === Symbol.toPrimitive || key === 'toString' ? () => '1' : '1') },
);
/** Sums and limits that the rules fix, a backlog that is told from a hundred on, and what is compared with 1. */
const NEVER_ONE =
  /^(bailout|pool\.open|twin\.open|hand\.leak\.opened|hand\.whisper\.refusals|help\.intro|tape\.premiere|doctor\.backlog|show\.standsIn|teardown\.categoryInUse|refusals\.run|cast\.refusals|tagline)/u;
const PLURALS = {
  en: /\b1\*{0,2} (?:(?:backer|channel|chip|choice|episode|guesse|line|measure|point|pool|post|round|second|thing|trade|trader|turn|voice|world)s|policies|entries)\b|\b1\*{0,2} (?:chip|line|thing)(?: on 1)? (?:are|were)\b/u,
  de: /\b1\*{0,2} (?:Chips|Beiträge|Einträge|Entscheidungen|Felder|Folgen|Händler|Kanäle|Maßen|Orders|Personen|Punkte|Runden|Sachen|Sekunden|Stimmen|Strategien|Tagen|Töpfen|Welten|Zeilen|Züge|Zügen|fehlen)(?!\p{L})/u,
};

test('where there is one of something, every language speaks of one', () => {
  for (const language of LANGUAGES)
    for (const [key, text] of texts(textsFor(language), ONE))
      if (!NEVER_ONE.test(key)) assert.doesNotMatch(text, PLURALS[language], `${language}: ${key}`);
  const { lab, stake, hand, bluff, quietHours } = textsFor('en');
  assert.equal(stake.balance('1'), 'You hold **1** chip that is not staked.');
  assert.equal(stake.balance('21'), 'You hold **21** chips that are not staked.');
  assert.match(hand.leak.ask('Alex', 3, '1'), /^\*\*1\*\* chip is missing/u);
  assert.match(bluff.board.row(1, 'Ann', '1,500', '−1', '0', '1'), /· −1 point ·/u);
  assert.match(quietHours.body('1', 'a', 'b'), /^1 line was not shown/u);
  assert.match(lab.worlds('1', '24', '96'), /^1 world of 24 rounds, 96 turns/u);
  const german = textsFor('de');
  assert.equal(german.wallet.balance('1'), 'Du hast **1** Chip.');
  assert.equal(german.hand.leak.button('1'), '📢 Vorlesen lassen (1 fehlt)');
});

test('a model that the lab tells apart from nobody is like them by what it gives away', () => {
  const [english, german] = [textsFor('en').lab, textsFor('de').lab];
  assert.equal(
    english.apart('', '', '6'),
    'By what it gives away it is not told apart from 6 policies that play beside it.',
  );
  assert.match(english.apart('cash', '', '6'), /less than cash\. It is not told apart/u);
  assert.match(german.apart('', '', '6'), /^Nach dem, was es verschenkt, ist es von 6 Strategien/u);
  assert.match(german.apart('', 'cash', '6'), /mehr als cash\. Es ist von 6/u);
});

test('one thing has one name in German: a season, the tape, a pool', () => {
  for (const [key, text] of texts(textsFor('de')))
    assert.doesNotMatch(text, /Staffel|\b[Dd]as Band\b|Wettpool|angeheftet|Beschimpfung/u, key);
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
