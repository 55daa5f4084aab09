/**
 * From a model's words to a decision. Where nothing holds a model to the schema, the decision may stand in a code fence, after
 * a thought or between two sentences, with a key too many or a room's name in small letters; all of that is understood. Where
 * there is no decision, the turn is a fumble that shows how the answer began.
 */
import { decisionSchema, type Decision } from '#core/decision.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { landedWithin } from './lines/landing.ts';
import { plainLine } from './plain-line.ts';
import type { AnswerField } from './prompts/prompt.ts';

/** What a model wrote where nothing held it to the schema. */
export interface FreeText {
  content: string;
  /** What the model thought before it spoke, if that is kept apart; else ''. */
  reasoning: string;
  /** Whether the limit on tokens ended the answer. */
  cut: boolean;
}

type Json = Record<string, unknown>;
type Land = (text: string, max: number) => string;

const OPENS_THOUGHT = /^\s*<think(?:ing)?>/i;
const CLOSES_THOUGHT = /<\/think(?:ing)?>/i;
/** Opening braces that are tried in one text: a text of nothing but braces would take for ever. */
const BRACES_MAX = 32;
/** Characters of a broken answer that the fumble shows. */
const SHOWN_MAX = 120;

/**
 * Texts are cleaned, and land within their limit, which a server may not know. Throws FumbleError `invalid`.
 * @param land makes one line of at most `max` UTF-16 code units of a text
 */
export function readDecision(
  said: FreeText,
  fields: readonly AnswerField[],
  roomNames: readonly string[],
  land: Land = landedWithin,
): Decision {
  const words = spoken(said.content);
  // A server that takes the whole answer for a thought puts the decision there.
  const places = words === '' ? [said.content, said.reasoning] : [words, said.content];
  const found = places.map((text) => objectIn(text, fields)).find((json) => json !== null);
  if (!found) throw new FumbleError('invalid', whyNone(said, words));
  const parsed = decisionSchema(roomNames).safeParse(legible(found, fields, land));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new FumbleError(
    'invalid',
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'broken'}: ${shown(words)}`,
  );
}

/** The beginning of a text, on one line. */
export function shown(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? '(nothing)' : line.slice(0, SHOWN_MAX).toWellFormed();
}

function whyNone(said: FreeText, words: string): string {
  const thoughtIn = said.reasoning !== '' || said.content.trim() !== '';
  const thinksOn = OPENS_THOUGHT.test(said.content) && !CLOSES_THOUGHT.test(said.content);
  if ((words === '' && thoughtIn) || thinksOn)
    return 'the model only thought aloud; switch its thinking off on the server';
  return `${said.cut ? 'the answer was cut short' : 'the answer is not JSON'}: ${shown(words)}`;
}

/** The text without the thought before it: servers leave all of the thought there, or only the tag that ends it. */
function spoken(content: string): string {
  const behind = content.split(CLOSES_THOUGHT).at(-1) ?? '';
  return behind.replace(OPENS_THOUGHT, '').trim();
}

/** The first JSON object in the text that has at least one of the fields; null when there is none. */
function objectIn(text: string, fields: readonly AnswerField[]): Json | null {
  // Outside strings JSON does not mind which white space it is; inside them it allows only spaces.
  const line = text.replace(/\p{Cc}/gu, ' ');
  let start = -1;
  for (let braces = 0; braces < BRACES_MAX; braces++) {
    start = line.indexOf('{', start + 1);
    if (start < 0) return null;
    const end = endOfObject(line, start);
    const json = end === null ? null : parsedObject(line.slice(start, end));
    if (json !== null && fields.some(({ name }) => keyLike(json, name) !== null)) return json;
  }
  return null;
}

/** The index after the brace that closes the one at `start`; null when there is none. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString && character === '\\') at++;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '{') depth++;
    else if (!inString && character === '}' && --depth === 0) return at + 1;
  }
  return null;
}

function parsedObject(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : null;
  } catch {
    return null;
  }
}

/** Only the known keys: choices as the field spells them, texts as one clean line within their limit. */
function legible(json: Json, fields: readonly AnswerField[], land: Land): Json {
  const values = fields.flatMap((field): [string, unknown][] => {
    const key = keyLike(json, field.name);
    if (key === null) return [];
    const value = json[key];
    return [
      [
        field.name,
        field.kind === 'string' ? textIn(value, field.maxLength, land) : choiceIn(value, field.values),
      ],
    ];
  });
  return Object.fromEntries(values);
}

function textIn(value: unknown, max: number, land: Land): unknown {
  if (value === null) return ''; // silence
  return typeof value === 'string' ? land(plainLine(value), max) : value;
}

function choiceIn(value: unknown, choices: readonly string[]): unknown {
  if (typeof value !== 'string' || choices.includes(value)) return value;
  return choices.find((choice) => sameWord(choice, value)) ?? value;
}

function keyLike(json: Json, name: string): string | null {
  return Object.hasOwn(json, name) ? name : (Object.keys(json).find((key) => sameWord(key, name)) ?? null);
}

/** `news room`, `News-Room` and `NEWS_ROOM.` are the same name. */
function sameWord(one: string, other: string): boolean {
  return letters(one) === letters(other);
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
