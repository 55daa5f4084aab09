/** Judges thoughts and lines while a model writes them: no copies, no debris, and an end where a sentence ends. */
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import { runsOf, wordsOf } from '#lib/words.ts';
import type { StringGuard, Verdict } from '../engine/answer/string-guard.ts';
import { endsSentence, hasEnoughWords, surelyEndsSentence } from './sentence.ts';

/** Nothing that is spoken has these; models write them when they take the string for code. */
const DEBRIS = /["“”{}[\]<>()|\\*_`~#^=@$\uFFFC]|''|\.\.|…|[!?]{3}|[,;:-]{2}|&\p{L}{2}|\s{2}/u;
/** A word that follows its mark without a space. Letters with points between them are an abbreviation. */
const RUN_TOGETHER = /[.,;:]\p{L}{2}|[\p{L}\p{N}'’]{2}[.,;:]\p{L}|[!?]\p{L}/u;
/** The replacement character stands for a part of a character that may become any. */
const BEGINS_WRONG = /^\s*[^\s\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}\uFFFD'’]/u;
/** `Mike: Sell it!`, `Said before: ...`: a script or a form, not a line. */
const SIGNED = /^\s*\p{L}+(?:\s\p{L}+)?:/u;
/** A word of the form, which nobody says: models take it for a name. */
const FORM_WORD = /\ballin\b/i;
/** A figure without its space (`in Tech.0.4%`, `4%down`, `10years`), where words have spaces; and one of three parts. */
const FIGURE_WRONG = /\p{Script=Latin}{2}[.,;:]\d|\d%[\p{Script=Latin}\d]|\d\p{Script=Latin}{4}|\d\.\d+\.\d/u;
const WRONG = [DEBRIS, RUN_TOGETHER, BEGINS_WRONG, SIGNED, FORM_WORD, FIGURE_WRONG];
/** From so many characters on, the end of a sentence is the end of the string. */
const LONG_ENOUGH: Readonly<Record<string, number>> = { speech: 40, thought: 40 };
/** After a sentence that it was begun with, there is room for one of the trader's own; it may stop there, too. */
const OWN_LEAST = 12;
/** Beyond this share of the room, a sentence is drawn to its end, more and more. */
const PULL_FROM = 0.55;
const PULL_A_CHARACTER = 0.2;
const PULL_MAX = 12;
const ROOM: Readonly<Record<string, number>> = { speech: SPEECH_MAX, thought: THOUGHT_MAX };
/** The same words so many in a row twice in one string are a loop. */
const LOOP_WORDS = 3;

export interface LineRules {
  /** How strings begin, by the names of their fields. Default: as they like. */
  begun?: Readonly<Record<string, string>> | undefined;
  /** Whether what is said aloud tells of something that the speaker cannot know of. Default: it never does. */
  isUnheardOf?: ((text: string) => boolean) | undefined;
  /** Whether it begins as too many lines did. Default: it never does. */
  isWornOut?: ((text: string) => boolean) | undefined;
}
const never = (): boolean => false;

export class LineGuard implements StringGuard {
  readonly #completesCopy: (text: string) => boolean;
  readonly #begun: Readonly<Record<string, string>>;
  readonly #refuses: (text: string) => boolean;

  constructor(
    completesCopy: (text: string) => boolean,
    { begun = {}, isUnheardOf = never, isWornOut = never }: LineRules = {},
  ) {
    this.#completesCopy = completesCopy;
    this.#begun = begun;
    this.#refuses = (text) => isWornOut(text) || isUnheardOf(text);
  }

  judge(field: string, text: string, closes: boolean): Verdict {
    if (closes) return verdictAtEnd(field, text);
    if (WRONG.some((pattern) => pattern.test(text))) return 'never';
    if (field === 'speech' && this.#refuses(text)) return 'never';
    return loops(text) || this.#completesCopy(text) ? 'never' : 'fine';
  }

  mustEnd(field: string, text: string): boolean {
    const enough = LONG_ENOUGH[field];
    if (enough === undefined) return false;
    const begun = this.#begun[field]?.length;
    const least = begun === undefined ? 0 : begun + OWN_LEAST;
    return text.length >= Math.max(enough, least) && surelyEndsSentence(text);
  }

  pull(field: string, text: string): number {
    const room = ROOM[field];
    if (room === undefined || !/[\p{L}\p{N}]$/u.test(text)) return 0;
    const over = text.length - room * PULL_FROM;
    return over <= 0 ? 0 : Math.min(PULL_MAX, over * PULL_A_CHARACTER);
  }
}

function verdictAtEnd(field: string, text: string): Verdict {
  // Silence is a choice; a thought is owed.
  if (text.trim() === '') return field === 'speech' ? 'fine' : 'never';
  if (!hasEnoughWords(text)) return 'never';
  if (endsSentence(text)) return 'fine';
  return /[\p{L}\p{N}'’]$/u.test(text) ? 'end first' : 'never';
}

function loops(text: string): boolean {
  const words = wordsOf(text);
  if (words.length >= 3 && words.at(-1) === words.at(-2) && words.at(-2) === words.at(-3)) return true;
  if (words.length <= LOOP_WORDS) return false;
  const runs = runsOf(words, LOOP_WORDS);
  return runs.indexOf(runs.at(-1) ?? '') < runs.length - 1;
}
