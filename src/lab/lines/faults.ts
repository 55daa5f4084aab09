/**
 * What is wrong with a line, by rules that anybody can check. They are not those by which a brain guards its lines: a guard that
 * judged itself would find no fault.
 */
import { runsOf, wordsOf } from '#lib/words.ts';
import type { JudgedTurn } from './turn.ts';

/** So many words in a row make a copy. */
export const COPIED_WORDS = 4;
const LEAST_WORDS = 3;
/** Turns of everybody in which the same line counts as said again: six rounds of four. */
const SAME_LINE_TURNS = 24;
const OTHERS_LINES = 8;
const OWN_LINES = 12;

export const FAULTS = ['copy', 'thoughtCopy', 'cut', 'debris', 'again', 'echo', 'ownWords'] as const;
export type Fault = (typeof FAULTS)[number];

export const FAULT_MEANINGS: Record<Fault, string> = {
  copy: `speech has ${COPIED_WORDS} words in a row of the prompt or its examples`,
  thoughtCopy: 'so has the thought',
  cut: 'speech ends where no sentence ends',
  debris: `speech has fewer than ${LEAST_WORDS} words, brackets or marks, its speaker's name, or is a number`,
  again: `the same words within ${SAME_LINE_TURNS} turns`,
  echo: `${COPIED_WORDS} words in a row of another trader's last lines`,
  ownWords: `${COPIED_WORDS} words in a row of its own last ${OWN_LINES} lines`,
};

/** A clean line is said, and has none of these. The thought is judged apart. */
export const OF_LINES: readonly Fault[] = FAULTS.filter((fault) => fault !== 'thoughtCopy');

/** What closes a quotation, an aside or an action behind it ends no sentence by itself. */
const SENTENCE_END = /[.!?]["'”’)*~]*(?:\s*\p{Extended_Pictographic}\uFE0F?)*$/u;
const ELLIPSIS_END = /(?:\.\.|…)["'”’)]*$/u;
/** Brackets, and what sets an action apart. */
const MARKS = /[{}\\<>[\]*_~]/;
/** `Mike: Sell it!` of Mike, or a name of the form: a script, not a line. */
const LABEL = /^\s*(\p{L}+):/u;
const FIELDS = ['speech', 'thought'];

/** Judges turns in the order in which they were taken. `prompts`: everything fixed that a trader was told, by trader. */
export function faultFinder(prompts: ReadonlyMap<string, string>): (turn: JudgedTurn) => Set<Fault> {
  const told = new Map([...prompts].map(([trader, text]) => [trader, new Set(runs(text))]));
  const said: { trader: string; words: string; runs: Set<string> }[] = [];
  return ({ trader, speech, thought, seen }) => {
    const faults = new Set<Fault>();
    const words = wordsOf(speech);
    const own = new Set(runsOf(words, COPIED_WORDS));
    const isTold = (run: string): boolean => told.get(trader)?.has(run) === true;
    const shares = (line: { runs: Set<string> }): boolean => [...own].some((run) => line.runs.has(run));
    if (runs(thought).some(isTold)) faults.add('thoughtCopy');
    if (words.length === 0) return faults;
    const line = words.join(' ');
    if ([...own].some(isTold)) faults.add('copy');
    if (!SENTENCE_END.test(speech.trim()) || ELLIPSIS_END.test(speech.trim())) faults.add('cut');
    if (words.length < LEAST_WORDS || MARKS.test(speech) || isLabelled(speech, seen.name))
      faults.add('debris');
    if (said.slice(-SAME_LINE_TURNS).some((earlier) => earlier.words === line)) faults.add('again');
    if (said.slice(-OTHERS_LINES).some((earlier) => earlier.trader !== trader && shares(earlier)))
      faults.add('echo');
    const mine = said.filter((earlier) => earlier.trader === trader);
    if (mine.slice(-OWN_LINES).some(shares)) faults.add('ownWords');
    said.push({ trader, words: line, runs: own });
    return faults;
  };
}

function isLabelled(speech: string, speaker: string): boolean {
  const label = LABEL.exec(speech)?.[1]?.toLowerCase();
  return label !== undefined && [speaker.toLowerCase(), ...FIELDS].includes(label);
}

const runs = (text: string): string[] => runsOf(wordsOf(text), COPIED_WORDS);
