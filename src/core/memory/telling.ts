/**
 * Whether a line, whoever wrote it, speaks of something that happened: by words that only that kind of event has, and by whom the
 * sentence puts beside them. What is asked, denied or foretold is not told. Rather too strict than too kind.
 */
import type { Persona } from '../content.ts';
import type { Content } from '../content.ts';
import type { EventOf } from '../events.ts';
import { hasWord } from '../hearing/hear.ts';
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import { knows, type Fact, type FactKind, type Memory } from './fact.ts';

/** A line, by whom and to whom. */
export interface Told {
  text: string;
  speaker: TraderId;
  heardBy: readonly TraderId[];
}

const WORDS: Record<FactKind, RegExp> = {
  marginCall: /\bmargin[ -]call(?:ed|s)?\b|\bmargin (?:clerk|desk)\b/gi,
  bankruptcy:
    /\bbankrupt\b|\b(?:read my(?: own)?|your|the) obituary\b|\bobituary (?:of|had|contains)\b|\bwent under\b|\bwiped out\b/gi,
  comeback:
    /\bbail(?:ed)?[ -]?out\b|\bbailed\b|\bcomeback (?:begins|is|of the year)\b|\ba comeback (?:for|from)\b|\b(?:I|you) came back\b|\bcame back (?:with|on a|from)\b|\bback from the dead\b|\bloan\b/gi,
  lead: /\b(?:took|takes|taken|lost|stole|has|have|had|grabbed) (?:back )?(?:the|my|your) lead\b|\bin the lead\b|\b(?:lead|leads|led) (?:the board|this floor|the floor|us all)\b|\btop of the board\b|\boff the top\b/gi,
  chaos: /\bchaos\b|\bred button\b|\bthe button\b|\bthe crash\b/gi,
  winningRun:
    /\b(?:wins?|won|up|green|gains?)\b[^.!?]*\b(?:in a row|running|straight)\b|\bstraight (?:wins?|gains?)\b|\bwinning streak\b/gi,
  losingRun:
    /\b(?:loss(?:es)?|lost|down|red)\b[^.!?]*\b(?:in a row|running|straight)\b|\bstraight loss(?:es)?\b|\blosing streak\b/gi,
  goodCall: /\b(?:called|right|said so|saw it coming|told you|told us)\b/gi,
  badCall: /\b(?:wrong|missed|the opposite|backwards|upside down)\b/gi,
  goodAdvice: /\b(?:advice|advised|tips?|tipped|told|listened|followed)\b/gi,
  badAdvice: /\b(?:advice|advised|tips?|tipped|told|listened|followed)\b/gi,
  mocked: /\b(?:mock(?:ed|s|ing)?|laughed|joke[sd]?|insult(?:ed|s)?|sneered|rude|made fun)\b/gi,
  comforted: /\b(?:kind(?:ness)?|comfort(?:ed)?|consoled|nice to|gentle|cheered)\b/gi,
};

/** Of any kind: most lines speak of nothing that happened, and one look shows it. */
const ANY = new RegExp(
  Object.values(WORDS)
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** These two are told only with the instrument that they are about. */
const NAMES_INSTRUMENT: ReadonlySet<FactKind> = new Set(['goodCall', 'badCall', 'goodAdvice', 'badAdvice']);
/** These are of two, and told only where both are spoken of. */
const OF_TWO: ReadonlySet<FactKind> = new Set(['goodAdvice', 'badAdvice', 'mocked', 'comforted']);

/** What did not happen: said before the words for it. */
const DENIED = /\b(?:not|never|nobody|no one|no|without)\b|n't\b/i;
/** What did not happen yet, or only might: said anywhere in the sentence. */
const UNREAL =
  /\b(?:will|would|going to|if|until|unless|almost|nearly|soon|next time|imagine|may|might|can|could)\b|'ll\b/i;

/** Whether the line speaks of this fact. */
export function tells(line: Told, fact: Fact, cast: readonly Persona[]): boolean {
  const { kind, about, by, instrument } = fact;
  if (instrument !== null && NAMES_INSTRUMENT.has(kind) && !hasWord(line.text, instrument)) return false;
  const told = subjectsOf(line, kind, cast).some((who) => about === null || who === about || who === by);
  if (!told || !OF_TWO.has(kind)) return told;
  return isSpokenOf(line, about, cast) && isSpokenOf(line, by, cast);
}

/** An event of this kind, as the line tells it: of whom. Null where it says of nobody. */
export function subjectsOf(
  line: Told,
  kind: FactKind,
  cast: readonly Persona[],
): readonly (TraderId | null)[] {
  const { sentences, subjects } = readingOf(line);
  if (sentences.length === 0) return [];
  const before = subjects.get(kind);
  if (before) return before;
  const found = sentences.flatMap((sentence) => {
    const at = sentence.text.search(WORDS[kind]);
    if (at < 0 || sentence.asks || UNREAL.test(sentence.text)) return [];
    if (DENIED.test(sentence.text.slice(0, at))) return [];
    return [subjectAt(sentence.text, at, line, cast)];
  });
  subjects.set(kind, found);
  return found;
}

interface Sentence {
  text: string;
  asks: boolean;
}

interface Reading {
  /** Those that may speak of something that happened. */
  sentences: readonly Sentence[];
  /** What `subjectsOf` found, by kind. */
  subjects: Map<FactKind, readonly (TraderId | null)[]>;
}

/** A line is asked for every fact that its speaker knows, and read once. Most speak of nothing that happened. */
const readings = new WeakMap<Told, Reading>();
const OF_NOTHING: Reading = { sentences: [], subjects: new Map() };

function readingOf(line: Told): Reading {
  const sentences = tellingIn(line.text);
  if (sentences.length === 0) return OF_NOTHING;
  const before = readings.get(line);
  if (before) return before;
  const reading = { sentences, subjects: new Map() };
  readings.set(line, reading);
  return reading;
}

/** Banks come round again, and so do their lines. */
const tellings = new Map<string, readonly Sentence[]>();
const TELLINGS_KEPT_MAX = 16_384;

/** The sentences of a text that may speak of something that happened. */
function tellingIn(text: string): readonly Sentence[] {
  const before = tellings.get(text);
  if (before) return before;
  if (tellings.size >= TELLINGS_KEPT_MAX) tellings.clear();
  const sentences = sentencesOf(text).filter((sentence) => ANY.test(sentence.text));
  tellings.set(text, sentences);
  return sentences;
}

/** A name that is called (`Alex!`) is a sentence of its own and belongs to the next. */
function sentencesOf(text: string): Sentence[] {
  const parts = text.match(/[^.!?]+[.!?]*/g) ?? [];
  const sentences: Sentence[] = [];
  let called = '';
  for (const part of parts) {
    if (/^\s*[\p{L}' ]{1,16}[.!]+$/u.test(part) && part.trim().split(/\s+/).length === 1) {
      called += `${part.trim().replace(/[.!]+$/, '')}, `;
      continue;
    }
    sentences.push({ text: `${called}${part.trim()}`, asks: part.includes('?') });
    called = '';
  }
  return called === '' ? sentences : [...sentences, { text: called, asks: false }];
}

/** Whoever stands nearest to the words: a name, the speaker as I, the listener as you; one who is merely called comes last. */
function subjectAt(sentence: string, at: number, line: Told, cast: readonly Persona[]): TraderId | null {
  const mentions = mentionsIn(sentence, line, cast);
  const own = mentions.filter(({ called }) => !called);
  const nearest = (own.length > 0 ? own : mentions).toSorted(
    (a, b) => Math.abs(a.at - at) - Math.abs(b.at - at),
  )[0];
  return nearest?.who ?? null;
}

interface Mention {
  who: TraderId;
  at: number;
  /** Only called by name: `Alex, ...` or `..., Alex`. */
  called: boolean;
}

const namePatterns = new Map<string, RegExp>();

/** The names are those of a cast: few. */
function everyWord(name: string): RegExp {
  const pattern = namePatterns.get(name) ?? new RegExp(`\\b${name}\\b`, 'gi');
  namePatterns.set(name, pattern);
  return pattern;
}

const FIRST = /\b(?:I|[Mm](?:e|y|ine|yself))\b/g;
const SECOND = /\b(?:you|your|yours|yourself)\b/gi;

function mentionsIn(text: string, line: Told, cast: readonly Persona[]): Mention[] {
  const named = cast.flatMap(({ id, name }) =>
    [...text.matchAll(everyWord(name))].map(({ index }): Mention => {
      const before = text.slice(0, index);
      const after = text.slice(index + name.length);
      const called =
        (/^\s*(?:\p{L}+,? )?$/u.test(before) && after.startsWith(',')) ||
        (/,\s$/.test(before) && /^[,.!?]*$/.test(after));
      return { who: id, at: index, called };
    }),
  );
  const found = (pattern: RegExp, who: TraderId | null): Mention[] =>
    who === null ? [] : [...text.matchAll(pattern)].map(({ index }) => ({ who, at: index, called: false }));
  return [...named, ...found(FIRST, line.speaker), ...found(SECOND, listenerOf(line, named, cast))];
}

/** Whom `you` means: the one whom the line calls, else the only one whom it names, else the only one who hears it. */
function listenerOf(
  { text, speaker, heardBy }: Told,
  named: readonly Mention[],
  cast: readonly Persona[],
): TraderId | null {
  const called = named.find((mention) => mention.called);
  if (called) return called.who;
  const others = heardBy.filter((id) => id !== speaker);
  const present = others.filter((id) => hasWord(text, nameOf(id, cast)));
  if (present.length === 1) return present[0] ?? null;
  return others.length === 1 ? (others[0] ?? null) : null;
}

function isSpokenOf(line: Told, who: TraderId | null, cast: readonly Persona[]): boolean {
  return who === null || mentionsIn(line.text, line, cast).some((mention) => mention.who === who);
}

function nameOf(id: TraderId, cast: readonly Persona[]): string {
  return cast.find((persona) => persona.id === id)?.name ?? id;
}

/** Who speaks of what it knows has told it for now, and who hears it knows it from then on. */
export function spreadTelling(
  { facts }: Memory,
  { round }: ShowState,
  { trader: speaker, text, heardBy }: EventOf<'spoke'>,
  { cast }: Content,
): void {
  const line = { text, speaker, heardBy };
  // Whoever speaks of nothing that happened tells no fact.
  if (readingOf(line).sentences.length === 0) return;
  for (const fact of facts) {
    if (!knows(fact, speaker) || !tells(line, fact, cast)) continue;
    fact.told[speaker] = round;
    if (fact.knownBy !== null) fact.knownBy = [...new Set([...fact.knownBy, ...heardBy])];
  }
}
