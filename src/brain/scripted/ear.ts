/**
 * What a trader makes of a line that somebody in the room just said: what kind of remark it is, what it is about, and
 * whether it is for or against that. Lines from the cast's own banks are recognised; any other text is judged by its words.
 */
import type { Persona } from '#core/content.ts';
import type { Observation, SeenCompany } from '#core/observation.ts';
import type { SpeechSituation } from '#core/script.ts';
import type { Instrument } from '#core/vocabulary.ts';
import { isForOther } from '#core/hearing/to-answer.ts';
import { castsLine, hasWord, instrumentIn } from '#core/hearing/hear.ts';
import { knownLines, remembering } from '#core/hearing/known-lines.ts';
import type { Act, Meaning, Stance } from '#core/hearing/meaning.ts';
import { byWords } from '#core/hearing/words.ts';
import { DEFAULT_SAYS } from './default-voice.ts';

export interface Heard {
  from: SeenCompany;
  text: string;
  act: Act;
  instrument: Instrument | null;
  /** 1 for the instrument (or the market), -1 against it, 0 neither. */
  stance: Stance;
  /** The line names the listener, or nobody else can be meant. */
  toMe: boolean;
  /** The line names somebody else who is here, and not the listener. */
  toOther: boolean;
}

const SMALL_TALK: readonly [RegExp, SpeechSituation][] = [
  [/\b(coffees?|tea|espresso|latte)\b/i, 'tellCoffee'],
  [/\b(sleep|slept|dreams?|dreamt)\b/i, 'tellSleep'],
  [/\b(weekend|holidays?|day off|tonight)\b/i, 'tellWeekend'],
  [/\b(lunch|eat|eaten|food|hungry|sandwich)\b/i, 'tellLunch'],
  [/\b(rich|retire\w*|million\w*|yacht)\b/i, 'tellRich'],
];

/** The situation whose phrases answer small talk. */
export function smallTalkOf(text: string): SpeechSituation {
  return SMALL_TALK.find(([words]) => words.test(text))?.[1] ?? 'chatBack';
}

export type Ear = (observation: Observation) => Heard[];

/** An ear that knows the lines of this cast. It returns what was said in the room and is not answered yet, most urgent first. */
export function createEar(cast: readonly Persona[]): Ear {
  return (observation) =>
    observation.company
      .flatMap((from) =>
        from.said !== null && from.unanswered ? [listen(observation, from, from.said, cast)] : [],
      )
      .sort((a, b) => urgency(b) - urgency(a));
}

function urgency(heard: Heard): number {
  return (
    (heard.toMe ? 8 : 0) -
    (heard.toOther ? 4 : 0) +
    (heard.act.startsWith('ask') ? 2 : 0) +
    (heard.act === 'tease' ? 1 : 0)
  );
}

/** The lines that a persona without a script of its own speaks. */
const houseLine = remembering(knownLines([], [DEFAULT_SAYS]));

function recognised(text: string, cast: readonly Persona[]): Meaning | null {
  const house = houseLine(text);
  const casts = castsLine(text, cast);
  return (house && (!casts || house.rank >= casts.rank) ? house : casts)?.meaning ?? null;
}

function listen(observation: Observation, from: SeenCompany, text: string, cast: readonly Persona[]): Heard {
  const namesMe = hasWord(text, observation.name);
  const namesOther = isForOther(from, observation.company);
  const toMe = namesMe || (observation.company.length === 1 && !namesOther);
  const instrument = instrumentIn(text);
  return {
    from,
    text,
    instrument,
    toMe,
    toOther: namesOther && !namesMe,
    ...(recognised(text, cast) ?? byWords(text, instrument)),
  };
}
