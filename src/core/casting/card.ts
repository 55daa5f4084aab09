/**
 * Character cards, as SillyTavern and others export them (versions 1 to 3), made into personas. A card is a stranger's text: what
 * it says of a character is kept as plain sentences, and what is meant to steer a model (system prompts, instructions after the
 * history, lore books) is left out.
 */
import { z } from 'zod';
import type { Example, Persona } from '../content.ts';
import { SPEECH_MAX, THOUGHT_MAX, type Decision } from '../decision.ts';
import { instrumentIn } from '../hearing/hear.ts';
import { plain, sentencesWithin } from './plain.ts';

/** No card has more of a text; what is longer is a fault and not a character. */
const TEXT_MAX = 40_000;
const text = z.string().max(TEXT_MAX);

/** What is read of a card. Cards carry much more, which differs by program and is not looked at. */
const dataSchema = z.looseObject({
  name: z.string().trim().min(1).max(200),
  description: text.default(''),
  personality: text.default(''),
  scenario: text.default(''),
  first_mes: text.default(''),
  mes_example: text.default(''),
  tags: z.array(z.string().max(200)).max(200).default([]),
});
type CardData = z.infer<typeof dataSchema>;

const versionedSchema = z.looseObject({
  spec: z.enum(['chara_card_v2', 'chara_card_v3']),
  data: dataSchema,
});

/** True for what is meant to be a card, whole or not. */
export function looksLikeCard(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return 'spec' in json || 'first_mes' in json || 'mes_example' in json || 'char_persona' in json;
}

export function readCard(
  json: unknown,
): { ok: true; card: CardData } | { ok: false; issues: readonly z.core.$ZodIssue[] } {
  const versioned = typeof json === 'object' && json !== null && 'spec' in json;
  const parsed = versioned ? versionedSchema.safeParse(json) : dataSchema.safeParse(json);
  if (!parsed.success) return { ok: false, issues: parsed.error.issues };
  const card = dataSchema.parse(versioned ? parsed.data['data'] : parsed.data);
  return { ok: true, card };
}

/** What a card does not say. */
export interface Choices {
  name: string;
  title: string;
  emoji: string;
  color: string;
  homeRoom: string;
  /** Whom it talks to in its worked turns. */
  other: { id: string } | null;
}

const PERSONA_MAX = 560;
const PERSONA_MIN = 20;
const EXAMPLES_MAX = 4;

/** A persona, still to be checked as any other. */
export function personaOfCard(card: CardData, choices: Choices): Persona {
  const { name, title, emoji, color, homeRoom } = choices;
  const id = name.toLowerCase();
  const told = (part: string): string => plain(withNames(part, name));
  const begun = `You are ${name}, ${title.replace(/^The\b/u, 'the')}, and you trade.`;
  const character = [card.personality, card.description, card.scenario].map(told).filter((it) => it !== '');
  const rest = character.map((part) => (/[.!?…]$/u.test(part) ? part : `${part}.`)).join(' ');
  const examples = examplesOf(card, choices);
  const debut = spokenPart(told(card.first_mes), card.first_mes, name);
  return {
    id,
    name,
    title,
    emoji,
    color,
    persona: `${begun} ${sentencesWithin(rest, PERSONA_MAX - begun.length)}`.trim().padEnd(PERSONA_MIN, '.'),
    homeRoom,
    mandate: { leverage: { Tech: 1, Crypto: 1, Bonds: 1 } },
    obituary: `${name} is bankrupt. Nothing on the card had warned of this.`,
    sprite: id,
    ...(debut !== '' && {
      debut: { thought: 'A new floor, and a new role.', line: debut, trade: 'Hold', size: 'Small' },
    }),
    ...(examples.length > 0 && { examples }),
  };
}

/** A name of one word, as traders have: the first word that can be one. Null where there is none. */
export function traderName(given: string): string | null {
  const words =
    given
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/\p{L}+/gu) ?? [];
  const word = words.find((each) => /^[A-Za-z]{2,16}$/u.test(each));
  return word === undefined ? null : word[0]?.toUpperCase() + word.slice(1).toLowerCase();
}

/** `{{char}}` and `{{user}}`, and their older forms. */
function withNames(part: string, name: string, user = 'somebody'): string {
  return part
    .slice(0, TEXT_MAX)
    .replace(/\{\{\s*char\s*\}\}|<(?:BOT|CHAR)>/giu, name)
    .replace(/\{\{\s*user\s*\}\}|<USER>/giu, user)
    .replace(/\{\{[^}]{0,200}\}\}/gu, ' ');
}

const QUOTED = /["“][^"”]{2,400}["”]/gu;
/**
 * A quotation that is a sentence of its own, or that a comma or a colon leads in (`says, "I hold."`): what stands around it tells of
 * it.
 */
const SAID_IN_A_TALE = /(?:[.!?…,:][ \n]|\n)["“][^"”]{2,400}[.!?…,]["”]/u;

/**
 * What is said, without what is done: `*smiles* "Hello."` becomes `Hello.` A word that stands in quotation marks in the middle of a
 * line is a part of the line.
 */
function spokenPart(cleaned: string, raw: string, name: string): string {
  const line = raw.slice(0, TEXT_MAX);
  const rest = line
    .replace(/\*[^*]{0,2000}\*/gu, '\n')
    .trim()
    .replace(/\s+/gu, (space) => (space.includes('\n') ? '\n' : ' '));
  const quoted = (lettersIn(rest) === 0 ? line : rest).match(QUOTED) ?? [];
  const isQuoted =
    /^["“]/u.test(rest) || SAID_IN_A_TALE.test(rest) || 2 * lettersIn(quoted.join('')) >= lettersIn(rest);
  const spoken =
    quoted.length > 0 && isQuoted
      ? quoted.map((each) => plain(withNames(each.slice(1, -1), name))).join(' ')
      : plain(withNames(rest, name));
  return sentencesWithin(spoken === '' ? cleaned : spoken, SPEECH_MAX);
}

const lettersIn = (words: string): number => words.match(/\p{L}/gu)?.length ?? 0;

/** The exchanges of `mes_example` as worked turns: somebody says, the character answers. */
function examplesOf({ mes_example: shown, name }: CardData, choices: Choices): Example[] {
  const examples: Example[] = [];
  for (const { said, answered } of exchanges(shown, [name, traderName(name) ?? name, choices.name])) {
    const speech = spokenPart('', answered, choices.name);
    if (speech === '') continue;
    const heard = spokenPart('', said, choices.name);
    const done = plain(withNames(/\*([^*]{8,300})\*/u.exec(answered)?.[1] ?? '', choices.name));
    const trade = instrumentIn(speech) ?? ANYHOW[examples.length % ANYHOW.length] ?? 'Hold';
    examples.push({
      sees: {
        market: MOVES[examples.length % MOVES.length] ?? {},
        holds: [],
        todayPercent: 0,
        room: choices.homeRoom,
        company:
          choices.other === null ? [] : [{ trader: choices.other.id, ...(heard !== '' && { said: heard }) }],
        remembers: [],
      },
      does: {
        thought: sentencesWithin(done, THOUGHT_MAX) || (THOUGHTS[examples.length % THOUGHTS.length] ?? ''),
        trade,
        size: SIZES[examples.length % SIZES.length] ?? 'Small',
        speech,
        goesTo: choices.homeRoom,
      },
    });
    if (examples.length === EXAMPLES_MAX) break;
  }
  return examples;
}

/** Worked turns differ, or a model takes one choice for the only one. */
const ANYHOW: readonly Decision['trade'][] = ['Hold', 'Tech', 'Bonds', 'Crypto'];
const SIZES: readonly Decision['size'][] = ['Small', 'Half', 'Small', 'AllIn'];
const MOVES: readonly Example['sees']['market'][] = [{ Tech: 1.4 }, { Crypto: -2.3 }, {}, { Bonds: 0.6 }];
const THOUGHTS = [
  'I will say it as I would say it anywhere.',
  'This is my kind of day.',
  'Something must be done, so I do it.',
  'They will not expect that of me.',
];

/** What stands before a line of whoever plays the card, and of the character, beside its names. */
const USER = /^(?:you|user|anon|<user>|\{\{(?:random)?user\w*\}\})$/u;
const CHARACTERS = ['{{char}}', '<bot>', '<char>'];

/** `names`: what the card may call its character by. Lines without a name go on with the one before. */
function exchanges(shown: string, names: readonly string[]): { said: string; answered: string }[] {
  const characters = new Set([...CHARACTERS, ...names.map(bare)].filter((name) => name !== ''));
  const found: { said: string; answered: string }[] = [];
  let said: string | null = null;
  let answered: string | null = null;
  const end = (): void => {
    if (answered !== null) found.push({ said: said ?? '', answered });
    said = null;
    answered = null;
  };
  for (const line of shown.slice(0, TEXT_MAX).split(/\r?\n/u)) {
    const colon = Math.max(0, line.indexOf(':'));
    const who = bare(line.slice(0, colon));
    // `**Zoe:** Hello.`
    const words = line
      .slice(colon + 1)
      .replace(/^[*_]+(?=\s)/u, '')
      .trim();
    if (characters.has(who)) {
      // What it says twice in a row answers one question, where one was asked.
      if (answered !== null && said === null) end();
      answered = answered === null ? words : `${answered}\n${words}`;
    } else if (USER.test(who)) {
      if (answered !== null) end();
      said = said === null ? words : `${said}\n${words}`;
    } else if (bare(line) === '<start>') end();
    else if (answered !== null) answered += `\n${line}`;
    else if (said !== null) said += `\n${line}`;
  }
  end();
  return found;
}

/** A name as names are compared: `**Zoe Bell**` is `zoebell`, and `{{random_user_1}}` is `{{randomuser1}}`. */
const bare = (name: string): string => name.replace(/[\s*_]+/gu, '').toLowerCase();
