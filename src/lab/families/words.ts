/** What lines are about, by rules that anybody can check. */
import type { Content } from '#core/content.ts';
import { hasWord } from '#core/hearing/hear.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { wordsOf } from '#lib/words.ts';

const FOR =
  /\b(buy|buying|bought|long|love|like|in|take|taking|rally|moon|winner|up|rise\w*|rising|cheap|strong|safe|good|best|more|rocket)\b/i;
const AGAINST =
  /\b(sell|selling|sold|short|avoid|not|never|no|crash\w*|fall\w*|fell|down|bubble|dead|overpriced|trap|weak|bad|worst|risky|doom\w*|lost?|losing|doubt\w*|touch)\b/i;

/** What a text says of an instrument that it names: 1 for it, -1 against it, 0 neither; judged by the sentence that names it. */
export function stances(text: string): Map<Instrument, 1 | 0 | -1> {
  const found = new Map<Instrument, 1 | 0 | -1>();
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    for (const instrument of INSTRUMENTS) {
      if (!hasWord(sentence, instrument)) continue;
      const against = AGAINST.test(sentence);
      found.set(instrument, against ? -1 : FOR.test(sentence) ? 1 : 0);
    }
  }
  return found;
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
  return new Set(wordsOf(text).filter((word) => word.length > 2 && !EMPTY.has(word) && !names.has(word)));
}

/** Words of both among words of either, 0 to 1 (P. Jaccard, 1912). */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  const either = one.size + other.size - both;
  return either === 0 ? 0 : both / either;
}
