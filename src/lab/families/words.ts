/** What lines are about, by rules that anybody can check. */
import type { Content } from '#core/content.ts';
import { hasWord } from '#core/hearing/hear.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { wordsOf } from '#lib/words.ts';

const FOR =
  /\b(buy|buying|bought|long|love|like|take|taking|rally|moon|winner|up|rise\w*|rising|cheap|strong|safe|good|best|more|rocket|(?:all|get|getting|go|going|am|i'm) in)\b/i;
const AGAINST =
  /\b(sell|selling|sold|short|avoid|not|\w+n't|never|no|crash\w*|fall\w*|fell|down|bubble|dead|overpriced|trap|weak|bad|worst|risky|doom\w*|lose|loses|lost|losing|doubt\w*|touch)\b/i;

/** The list that a stance goes by, for whoever checks it. */
export const STANCE_WORDS = `for: ${FOR.source}; against, which goes first: ${AGAINST.source}`;

/**
 * What a text says of an instrument that it names: 1 for it, -1 against it, 0 neither. Judged by the sentence that names it, or by its
 * clause where the sentence names several; of several that judge it the first counts in a sentence, and the last sentence.
 */
export function stances(text: string): Map<Instrument, 1 | 0 | -1> {
  const found = new Map<Instrument, 1 | 0 | -1>();
  for (const sentence of text.replaceAll('’', "'").split(/(?<=[.!?])\s+/)) {
    const named = INSTRUMENTS.filter((instrument) => hasWord(sentence, instrument));
    const clauses = named.length > 1 ? clausesOf(sentence) : [sentence];
    for (const instrument of named) {
      const told = clauses.filter((clause) => hasWord(clause, instrument)).map(stanceOf);
      const stance = told.find((it) => it !== 0) ?? 0;
      if (stance !== 0 || !found.has(instrument)) found.set(instrument, stance);
    }
  }
  return found;
}

function stanceOf(text: string): 1 | 0 | -1 {
  return AGAINST.test(text) ? -1 : FOR.test(text) ? 1 : 0;
}

/** What has no stance of its own is of the next clause, or of the one before: "I love Tech, Crypto and Bonds", "Tech and Bonds: sell". */
function clausesOf(sentence: string): string[] {
  const clauses: string[] = [];
  for (const part of sentence.split(/[,;:—–]/)) {
    const before = clauses.at(-1);
    if (before !== undefined && stanceOf(before) === 0) clauses.splice(-1, 1, `${before},${part}`);
    else clauses.push(part);
  }
  const last = clauses.at(-1) ?? '';
  return clauses.length > 1 && stanceOf(last) === 0
    ? [...clauses.slice(0, -2), `${clauses.at(-2)},${last}`]
    : clauses;
}

const masks = new WeakMap<Content, ReadonlySet<string>>();

/** Names of people and rooms: they say who is there, not what is meant. In lower case. */
export function namesOf(content: Content): ReadonlySet<string> {
  const before = masks.get(content);
  if (before) return before;
  const names = new Set([
    ...content.cast.flatMap(({ name }) => wordsOf(name)),
    ...content.office.rooms.flatMap(({ name }) => wordsOf(name)),
  ]);
  masks.set(content, names);
  return names;
}

/** A word without marks around it and what it takes in the genitive: "mike's" names Mike. */
export const bareWord = (word: string): string => word.replace(/^'+|'s?$/g, '');

/** Whether the word, in lower case, is one of the names or its genitive. */
export const isName = (word: string, names: ReadonlySet<string>): boolean =>
  names.has(word) || names.has(bareWord(word));

/** Words that any line may hold. */
const EMPTY = new Set(
  `a about after again all also always am an and any are as at be because been but by can could did do does done down for from
  get go going got had has have he her here him his how i i'm if in is it it's its just know like make me more much my never
  new no not now of off on one only or our out over own say says she should so some still take than that that's the their
  them then there they this to too up us very was we were what when where which who why will with would yes yet you your`.split(
    /\s+/,
  ),
);

/** Words that mean something, without names, in lower case. */
export function contentWords(text: string, names: ReadonlySet<string>): Set<string> {
  return new Set(wordsOf(text).filter((word) => word.length > 2 && !EMPTY.has(word) && !isName(word, names)));
}

/** Words of both among words of either, 0 to 1 (P. Jaccard, 1912). */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  const either = one.size + other.size - both;
  return either === 0 ? 0 : both / either;
}
