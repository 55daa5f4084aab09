/** Family A: whether what is asked for is done: in form, in rules, without repeating. */
import { personaOf } from '#core/content.ts';
import { hasWord } from '#core/hearing/hear.ts';
import { INSTRUMENTS, SIZES } from '#core/vocabulary.ts';
import { runsOf, wordsOf } from '#lib/words.ts';
import { cellsByTrader, measure, ratioMeasure, ratioOf, type Measure, type WorldView } from '../measure.ts';
import { bareWord, isName, namesOf } from '../words.ts';
import type { PlayedTurn } from '../../runs/records.ts';

const share = { unit: 'share', range: [0, 1], chance: null } as const;
/** Rounds in which the same line counts as said again. */
const AGAIN_ROUNDS = 24;
const SENTENCE_END = /[.!?]["'”’)*~]*(?:\s*\p{Extended_Pictographic}\uFE0F?)*$/u;

const spoken = ({ decision }: PlayedTurn): boolean => decision.speech.trim() !== '';

export const fumbles = ratioMeasure(
  {
    id: 'fumbles',
    family: 'A',
    title: 'turns without a valid decision',
    formula: 'fumbled turns / turns',
    source: 'IFEval’s strict accuracy, turned round (Zhou et al., arXiv 2311.07911)',
    better: 'low',
    ...share,
  },
  ({ fumble }) => ({ hit: Number(fumble !== null) }),
);

export const refused = ratioMeasure(
  {
    id: 'refused-orders',
    family: 'A',
    title: 'orders and walks that break a rule',
    formula: 'turns with a refusal / turns',
    source: 'rules of the show',
    better: 'low',
    ...share,
  },
  ({ refusals }) => ({ hit: Number(refusals.length > 0) }),
);

export const cutLines = ratioMeasure(
  {
    id: 'cut-lines',
    family: 'A',
    title: 'lines that end where no sentence ends',
    formula: 'cut lines / lines',
    source: 'finish reason "length" of text generation',
    better: 'low',
    ...share,
  },
  (turn) => (spoken(turn) ? { hit: Number(!SENTENCE_END.test(turn.decision.speech.trim())) } : null),
);

export const longLines = ratioMeasure(
  {
    id: 'long-lines',
    family: 'A',
    title: 'lines of more than two sentences (one short sentence is asked for)',
    formula: 'lines with more than two ends of sentences / lines',
    source: 'the prompt: "one short sentence"; a remark and an answer are let pass',
    better: 'low',
    ...share,
  },
  (turn) =>
    spoken(turn) ? { hit: Number((turn.decision.speech.match(/[.!?]+(?=\s|$)/g) ?? []).length > 2) } : null,
);

export const repeats = measure(
  {
    id: 'repeats',
    family: 'A',
    title: 'own lines said again within 24 rounds, names masked',
    formula:
      'lines equal in words to an own one of the last 24 rounds / lines; names and their genitives masked',
    source: 'self-repetition (Salkar et al., AACL 2022)',
    better: 'low',
    ...share,
  },
  (row) =>
    cellsByTrader(row, (turns, { content }) => {
      const names = namesOf(content);
      const said: { round: number; line: string }[] = [];
      const value = { hits: 0, all: 0 };
      for (const turn of turns) {
        if (!spoken(turn)) continue;
        const line = wordsOf(turn.decision.speech)
          .map((word) => (isName(word, names) ? 'x' : word))
          .join(' ');
        value.all += 1;
        if (said.some((it) => it.line === line && turn.round - it.round <= AGAIN_ROUNDS)) value.hits += 1;
        said.push({ round: turn.round, line });
      }
      return { n: value.all, value };
    }),
  ratioOf,
);

export const distinct2 = measure(
  {
    id: 'distinct-2',
    family: 'A',
    title: 'different pairs of words, of a trader in a world',
    formula: 'different pairs of neighbouring words / pairs',
    source: 'Li et al., NAACL 2016; within a world and a trader, so that lengths are alike',
    better: 'high',
    ...share,
  },
  (row) =>
    cellsByTrader(row, (turns) => {
      const pairs = turns.flatMap(({ decision }) => runsOf(wordsOf(decision.speech), 2));
      return { n: pairs.length, value: { hits: new Set(pairs).size, all: pairs.length } };
    }),
  ratioOf,
);

export const answersByName = ratioMeasure(
  {
    id: 'answers-by-name',
    family: 'A',
    title: 'answers that name somebody who waits for one ("Answer people by name")',
    formula: 'lines with the name, or its genitive, of one who is here and unanswered / lines where one is',
    source: 'rule of the prompt, checked in code',
    better: 'high',
    ...share,
  },
  (turn, world) => {
    const waiting = turn.company.filter(({ said, unanswered }) => said !== null && unanswered);
    if (!spoken(turn) || waiting.length === 0) return null;
    const words = new Set(wordsOf(turn.decision.speech).map(bareWord));
    return { hit: Number(waiting.some(({ trader }) => words.has(nameIn(world, trader)))) };
  },
);

export const absentNames = ratioMeasure(
  {
    id: 'absent-names',
    family: 'A',
    title: 'lines that speak to or of nobody but the absent',
    formula: 'lines that name of the cast, or have in the genitive, only who is not here / lines',
    source: 'who is in the room is told each turn',
    better: 'low',
    ...share,
  },
  (turn, { content }) => {
    if (!spoken(turn)) return null;
    const words = new Set(wordsOf(turn.decision.speech).map(bareWord));
    const present = new Set([turn.trader, ...turn.company.map(({ trader }) => trader)]);
    const named = content.cast.filter(({ name }) => words.has(name.toLowerCase()));
    return { hit: Number(named.length > 0 && named.every(({ id }) => !present.has(id))) };
  },
);

export const favourite = ratioMeasure(
  {
    id: 'in-persona-trades',
    family: 'A',
    title: 'buys of what the persona’s own text names',
    formula: 'buys of an instrument that the text names / buys; traders whose text names one alone',
    source:
      'the trader’s own file, whatever an arm tells it; its mandate leans the same way, and so does the engine where it calibrates choices',
    unit: 'share',
    range: [0, 1],
    better: null,
    chance: 1 / 3,
  },
  ({ decision, trader }, { content }) => {
    const { persona } = personaOf(content, trader);
    const named = INSTRUMENTS.filter((instrument) => hasWord(persona, instrument));
    if (decision.trade === 'Hold' || named.length !== 1) return null;
    return { hit: Number(decision.trade === named[0]) };
  },
);

export const sizes = ratioMeasure(
  {
    id: 'all-in',
    family: 'A',
    title: 'buys with everything',
    formula: `buys of size ${SIZES[2]} / buys`,
    source: 'of interest beside the persona, no merit',
    better: null,
    ...share,
  },
  ({ decision }) => (decision.trade === 'Hold' ? null : { hit: Number(decision.size === 'AllIn') }),
);

function nameIn({ content }: WorldView, trader: string): string {
  return content.cast.find(({ id }) => id === trader)?.name.toLowerCase() ?? trader;
}

export const FORM: readonly Measure[] = [
  fumbles,
  refused,
  cutLines,
  longLines,
  repeats,
  distinct2,
  answersByName,
  absentNames,
  favourite,
  sizes,
];
