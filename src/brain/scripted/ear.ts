/**
 * What a trader makes of a line that somebody in the room just said: what kind of remark it is, what it is about, and
 * whether it is for or against that. Lines from the cast's own banks are recognised; any other text is judged by its words.
 */
import type { Persona } from '#core/content.ts';
import type { Observation, SeenCompany } from '#core/observation.ts';
import type { SpeechSituation } from '#core/script.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { DEFAULT_SAYS } from './default-voice.ts';

export type Act =
  | 'askMine'
  | 'askView'
  | 'askHow'
  | 'askChat'
  | 'claim'
  | 'doom'
  | 'brag'
  | 'lament'
  | 'tease'
  | 'comeback'
  | 'greeting'
  | 'kindness'
  | 'chatter';

export interface Heard {
  from: SeenCompany;
  text: string;
  act: Act;
  instrument: Instrument | null;
  /** 1 for the instrument (or the market), -1 against it, 0 neither. */
  stance: 1 | 0 | -1;
  /** The line names the listener, or nobody else can be meant. */
  toMe: boolean;
  /** For small talk: the situation whose phrases answer it. */
  smallTalk: SpeechSituation;
}

const SMALL_TALK: readonly [RegExp, SpeechSituation][] = [
  [/\b(coffees?|tea|espresso|latte)\b/i, 'tellCoffee'],
  [/\b(sleep|slept|dreams?|dreamt)\b/i, 'tellSleep'],
  [/\b(weekend|holidays?|day off|tonight)\b/i, 'tellWeekend'],
  [/\b(lunch|eat|eaten|food|hungry|sandwich)\b/i, 'tellLunch'],
  [/\b(rich|retire\w*|million\w*|yacht)\b/i, 'tellRich'],
];

interface Meaning {
  act: Act;
  stance: Heard['stance'];
}

// A remark on the news takes no side: the bear mourns where the degen cheers.
const MEANINGS: Partial<Record<SpeechSituation, Meaning>> = {
  newsUp: { act: 'claim', stance: 0 },
  newsDown: { act: 'claim', stance: 0 },
  panic: { act: 'doom', stance: -1 },
  cheer: { act: 'claim', stance: 0 },
  priceUp: { act: 'claim', stance: 0 },
  priceDown: { act: 'claim', stance: 0 },
  buy: { act: 'claim', stance: 1 },
  bluff: { act: 'claim', stance: 1 },
  winning: { act: 'brag', stance: 0 },
  losing: { act: 'lament', stance: 0 },
  ruin: { act: 'lament', stance: 0 },
  refused: { act: 'lament', stance: 0 },
  intern: { act: 'lament', stance: 0 },
  greet: { act: 'greeting', stance: 0 },
  askMine: { act: 'askMine', stance: 0 },
  askView: { act: 'askView', stance: 0 },
  askHow: { act: 'askHow', stance: 0 },
  askChat: { act: 'askChat', stance: 0 },
  tease: { act: 'tease', stance: 0 },
  retort: { act: 'comeback', stance: 0 },
  deflate: { act: 'comeback', stance: 0 },
  scoff: { act: 'comeback', stance: 0 },
  likes: { act: 'claim', stance: 1 },
  doubts: { act: 'claim', stance: -1 },
  gloomy: { act: 'lament', stance: 0 },
  console: { act: 'kindness', stance: 0 },
};
const CHATTER: Meaning = { act: 'chatter', stance: 0 };

export type Ear = (observation: Observation) => Heard[];

/** An ear that knows the lines of this cast. It returns what was said in the room and is not answered yet, most urgent first. */
export function createEar(cast: readonly Persona[]): Ear {
  const known = remembering(knownLines(cast));
  return (observation) =>
    observation.company
      .flatMap((from) =>
        from.said !== null && from.unanswered ? [listen(observation, from, from.said, known)] : [],
      )
      .sort((a, b) => urgency(b) - urgency(a));
}

function urgency(heard: Heard): number {
  return (heard.toMe ? 4 : 0) + (heard.act.startsWith('ask') ? 2 : 0) + (heard.act === 'tease' ? 1 : 0);
}

function listen(observation: Observation, from: SeenCompany, text: string, recognise: Recognise): Heard {
  const namesMe = hasWord(text, observation.name);
  const namesOther = observation.company.some(
    (other) => other.trader !== from.trader && hasWord(text, other.name),
  );
  const toMe = namesMe || (observation.company.length === 1 && !namesOther);
  const instrument = INSTRUMENTS.find((candidate) => hasWord(text, candidate)) ?? null;
  const smallTalk = SMALL_TALK.find(([words]) => words.test(text))?.[1] ?? 'chatBack';
  return {
    from,
    text,
    instrument,
    toMe,
    smallTalk,
    ...(recognise(text) ?? byWords(text, instrument)),
  };
}

const wordPatterns = new Map<string, RegExp>();

/** The words are names and instruments: a cast has few. */
function hasWord(text: string, word: string): boolean {
  const pattern = wordPatterns.get(word) ?? new RegExp(`\\b${word}\\b`, 'i');
  wordPatterns.set(word, pattern);
  return pattern.test(text);
}

// ------------------------------------------------------------------------------------------- lines of the cast

interface KnownLine {
  /** The longest run of plain text in the template: a cheap first test. */
  fragment: string;
  pattern: RegExp;
  meaning: Meaning;
}

function knownLines(cast: readonly Persona[]): KnownLine[] {
  const lines: KnownLine[] = [];
  const add = (template: string, meaning: Meaning) => {
    const fragment = template
      .split(/\{\w+\}|\[[^\]]*\]/)
      .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
    lines.push({ fragment, pattern: new RegExp(patternOf(template)), meaning });
  };
  for (const bank of [DEFAULT_SAYS, ...cast.map((persona) => persona.script?.says ?? {})]) {
    for (const [key, templates] of Object.entries(bank)) {
      const meaning = MEANINGS[key.split('.')[0] as SpeechSituation] ?? CHATTER;
      for (const template of templates) add(template, meaning);
    }
  }
  for (const persona of cast) {
    for (const remark of Object.values(persona.script?.toward ?? {}).flat())
      add(remark, { act: 'tease', stance: 0 });
  }
  return lines;
}

/** `{slot}` matches anything within a sentence, `[a|b]` matches a or b, all else matches itself. */
function patternOf(template: string): string {
  return template.replace(/\{\w+\}|[$()*+.?[\\\]^{|}]/g, (part) => {
    if (part.length > 1) return '[^.!?]*?';
    if (part === '[') return '(?:';
    if (part === ']') return ')';
    return part === '|' ? part : `\\${part}`;
  });
}

type Recognise = (text: string) => Meaning | null;
const RECOGNISED_KEPT_MAX = 4_096;

/** A line is heard by several, and banks come round again: what it means is worked out once. */
function remembering(known: readonly KnownLine[]): Recognise {
  const meanings = new Map<string, Meaning | null>();
  return (text) => {
    const before = meanings.get(text);
    if (before !== undefined) return before;
    if (meanings.size >= RECOGNISED_KEPT_MAX) meanings.clear();
    const meaning = recognised(text, known);
    meanings.set(text, meaning);
    return meaning;
  };
}

/** A line may hold two remarks in a row: a question counts most, otherwise the last remark. */
function recognised(text: string, known: readonly KnownLine[]): Meaning | null {
  let best: { meaning: Meaning; rank: number } | null = null;
  for (const { fragment, pattern, meaning } of known) {
    if (!text.includes(fragment)) continue;
    const at = text.search(pattern);
    if (at < 0) continue;
    const rank =
      at +
      (meaning.act.startsWith('ask') ? 1_000 : 0) +
      (meaning === CHATTER ? -1_000 : 0) +
      fragment.length / 1_000;
    if (best === null || rank > best.rank) best = { meaning, rank };
  }
  return best?.meaning ?? null;
}

// ------------------------------------------------------------------------------------------- any other text

const UP =
  /\b(buy|buying|bought|long|moon|rally|rallies|rocket|up|rising|rises|bull|bullish|boom|cheap|love|load|strong|soar\w*|winner)\b/i;
const DOWN =
  /\b(sell|selling|sold|short|dump|crash\w*|down|fall\w*|bear|bearish|bubble|dead|overpriced|avoid|doom|careful|safety|cash|weak|risky|burn\w*)\b/i;
const NOT = /\b(not|never|don't|do not|stop|no)\b/i;
const DOOM = /\b(panic|crash|collapse|sell everything|over|burning|apocalypse|run for|get out|meltdown)\b/i;
const FIRST = /\b(i|i'm|i've|my|me)\b/i;

function byWords(text: string, instrument: Instrument | null): Meaning {
  if (text.includes('?')) return { act: questionAct(text, instrument), stance: 0 };
  if (/^(hi|hey|hello|morning|good morning|welcome)\b/i.test(text)) return { act: 'greeting', stance: 0 };
  if (FIRST.test(text) && /\b(broke|ruined|lost|losing|bleeding|wiped)\b/i.test(text))
    return { act: 'lament', stance: 0 };
  if (FIRST.test(text) && /\b(winning|rich|genius|told you|called it|won)\b/i.test(text))
    return { act: 'brag', stance: 0 };
  if (/\b(idiot|clown|loser|coward|grandma|amateur|fool|boring)\b/i.test(text))
    return { act: 'tease', stance: 0 };
  const stance = stanceOf(text);
  if (stance < 0 && instrument === null && DOOM.test(text)) return { act: 'doom', stance };
  return stance === 0 ? CHATTER : { act: 'claim', stance };
}

function questionAct(text: string, instrument: Instrument | null): Act {
  if (/\b(holding|hold|position|book|own|bought|buying|your money)\b/i.test(text) && instrument === null)
    return 'askMine';
  if (instrument !== null) return 'askView';
  if (/\b(how are|are you ok|okay|all right|alright|feel\w*|holding up)\b/i.test(text)) return 'askHow';
  return 'askChat';
}

function stanceOf(text: string): Heard['stance'] {
  const up = UP.test(text);
  const down = DOWN.test(text);
  if (up === down) return 0;
  return up === NOT.test(text) ? -1 : 1;
}
