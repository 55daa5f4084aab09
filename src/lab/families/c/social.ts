/** Family C: whether traders talk with whom they stand next to, are moved by it, and know no more than they heard. */
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import { runsOf, wordsOf } from '#lib/words.ts';
import {
  cellsByTrader,
  measure,
  ratioMeasure,
  type Measure,
  type Weighted,
  type WorldView,
} from '../measure.ts';
import { contentWords, namesOf, overlap } from '../words.ts';

interface Spoken {
  round: number;
  room: string;
  trader: string;
  text: string;
  words: ReadonlySet<string>;
}

const transcripts = new WeakMap<WorldView, Spoken[]>();

function transcriptOf(world: WorldView): Spoken[] {
  const before = transcripts.get(world);
  if (before) return before;
  const names = namesOf(world.content);
  const lines = world.turns.flatMap(({ round, room, trader, decision }): Spoken[] => {
    const text = decision.speech.trim();
    return text === '' ? [] : [{ round, room, trader, text, words: contentWords(text, names) }];
  });
  transcripts.set(world, lines);
  return lines;
}

/** By the room in which the trader stood when it was said: afterwards people walk. */
function couldHear(world: WorldView, trader: string): (line: Spoken) => boolean {
  const stood = new Set(world.ofTrader(trader).map(({ round, room }) => `${round} ${room}`));
  return (line) => line.trader === trader || stood.has(`${line.round} ${line.room}`);
}

export const contingency = ratioMeasure(
  {
    id: 'contingency',
    family: 'C',
    title: 'a line fits the neighbour’s line better than one from another room',
    formula:
      'P(overlap of words with the line that waits > with a line of the same round from a room that the trader was not in) + half of ties; names of people and rooms, and their genitives, left out',
    source:
      'yoked transcripts, as in studies of infants’ turn-taking (Murray and Trevarthen 1985); Jaccard 1912',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: 0.5,
  },
  (turn, world) => {
    const heard = whoIsAnswered(turn.name, turn.company, turn.decision.speech);
    if (!heard?.said || turn.decision.speech.trim() === '') return null;
    const names = namesOf(world.content);
    const line = contentWords(turn.decision.speech, names);
    const own = overlap(line, contentWords(heard.said, names));
    const audible = couldHear(world, turn.trader);
    const yoked = transcriptOf(world).filter((it) => it.round === heard.saidInRound && !audible(it));
    if (yoked.length === 0) return null;
    const wins = yoked.map(({ words }) => {
      const other = overlap(line, words);
      return own > other ? 1 : own === other ? 0.5 : 0;
    });
    return { hit: wins.reduce<number>((sum, win) => sum + win, 0) / wins.length };
  },
);

export const advice = ratioMeasure(
  {
    id: 'advice',
    family: 'C',
    title: 'buys what a neighbour advises, beyond what it buys after small talk',
    formula:
      'P(buys X | heard "buy X") - P(buys X | heard a placebo); X by chance, both asked of the same turn',
    source: 'randomised encouragement; the line is put in by the lab',
    unit: 'difference of shares',
    range: [-1, 1],
    better: null,
    chance: 0,
  },
  ({ probes = [] }) => {
    const told = probes.find(({ what }) => what === 'advice');
    const placebo = probes.find(({ what }) => what === 'placebo');
    if (!told?.decision || !placebo?.decision) return null;
    return {
      hit: Number(told.decision.trade === told.about) - Number(placebo.decision.trade === placebo.about),
    };
  },
);

/** So many words in a row are no accident. */
const LEAK_WORDS = 5;
const LEAK_ROUNDS = 3;

const knowledge = new WeakMap<WorldView, Map<string, ReadonlyMap<string, number>>>();

/** Runs of words that the trader heard, read or said, each with the first round in which it may say them for that reason. */
function knownTo(world: WorldView, trader: string): ReadonlyMap<string, number> {
  const ofWorld = knowledge.get(world) ?? new Map<string, ReadonlyMap<string, number>>();
  knowledge.set(world, ofWorld);
  const before = ofWorld.get(trader);
  if (before) return before;
  const known = new Map<string, number>();
  const learn = (text: string, round: number): void => {
    for (const run of runsOf(wordsOf(text), LEAK_WORDS))
      known.set(run, Math.min(round, known.get(run) ?? Number.POSITIVE_INFINITY));
  };
  const audible = couldHear(world, trader);
  for (const line of transcriptOf(world))
    if (audible(line)) learn(line.text, line.trader === trader ? line.round + 1 : line.round);
  for (const { round, headlines, company } of world.ofTrader(trader)) {
    for (const { text } of headlines) learn(text, round);
    for (const { said } of company) if (said) learn(said, round);
  }
  ofWorld.set(trader, known);
  return known;
}

export const leakage = ratioMeasure(
  {
    id: 'leakage',
    family: 'C',
    title: 'lines with words of a line that the trader could not hear',
    formula: `lines that share ${LEAK_WORDS} words in a row with one of the last ${LEAK_ROUNDS} rounds from a room it was not in, and with nothing that it heard, read or said / lines`,
    source: 'the room log; the truth is 0',
    unit: 'share',
    range: [0, 1],
    better: 'low',
    chance: 0,
  },
  (turn, world) => {
    const own = runsOf(wordsOf(turn.decision.speech), LEAK_WORDS);
    if (turn.decision.speech.trim() === '') return null;
    const audible = couldHear(world, turn.trader);
    // Of the same round nobody knows which of two rooms was first.
    const lately = ({ round }: Spoken): boolean => round > turn.round - LEAK_ROUNDS && round < turn.round;
    const unheard = new Set(
      transcriptOf(world)
        .filter((line) => lately(line) && !audible(line))
        .flatMap(({ text }) => runsOf(wordsOf(text), LEAK_WORDS)),
    );
    const known = knownTo(world, turn.trader);
    const isKnown = (run: string): boolean => (known.get(run) ?? Number.POSITIVE_INFINITY) <= turn.round;
    return { hit: Number(own.some((run) => unheard.has(run) && !isKnown(run))) };
  },
);

/** Facts of one case (it heard it or not, the other could or not): how many were answered throughout, and how many rightly. */
interface Answered {
  facts: number;
  right: number;
}

export const knows = measure<ReadonlyMap<string, Answered>>(
  {
    id: 'who-knows-what',
    family: 'C',
    title: 'knows what it heard, and reads who else was told',
    formula:
      'facts of which every question (heard it itself? could the other hear it, whom the question names if so?) is answered as the room log says / facts of which each is answered with yes or no; for each of the four cases (yes or no, yes or no) by itself, and the mean of them; nothing is told where a case is lacking, and no interval where one trader or world alone has one',
    source:
      'all-or-nothing over question types: FANToM (Kim et al., EMNLP 2023); balanced accuracy, so that a fondness for yes or for no tells nothing',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: 0.25,
  },
  (row) =>
    cellsByTrader(row, (turns) => {
      const cases = new Map<string, Answered>();
      let n = 0;
      for (const { testimony = [] } of turns)
        for (const asked of Map.groupBy(testimony, ({ fact }) => fact).values()) {
          if (asked.some(({ answer }) => answer === null)) continue;
          const which = asked.map(({ kind, truth }) => `${kind} ${truth}`).join();
          const one = cases.get(which) ?? { facts: 0, right: 0 };
          one.facts += 1;
          one.right += Number(asked.every(({ truth, answer }) => answer === truth));
          cases.set(which, one);
          n += 1;
        }
      return { n, value: cases };
    }),
  meanOfCases,
);

/** It heard it or not, and the other could or not. */
const CASES = 4;

function meanOfCases(cells: readonly Weighted<ReadonlyMap<string, Answered>>[]): number | null {
  const sums = new Map<string, Answered>();
  for (const { value, weight } of cells)
    for (const [which, { facts, right }] of value) {
      const sum = sums.get(which) ?? { facts: 0, right: 0 };
      sums.set(which, { facts: sum.facts + weight * facts, right: sum.right + weight * right });
    }
  // With fewer, whoever always says yes would have more than a quarter.
  if (sums.size < CASES) return null;
  const shares = [...sums.values()].map(({ facts, right }) => right / facts);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

export const answersQuiz = ratioMeasure(
  {
    id: 'answers-yes-or-no',
    family: 'C',
    title: 'answers a question of who knows what with yes or no',
    formula: 'questions answered by one of the two trades that stand for yes and no / questions',
    source: 'the trade that is named for each; by chance it is one of three instruments, or none',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: null,
  },
  ({ testimony = [] }) =>
    testimony.length === 0
      ? null
      : { hit: testimony.filter(({ answer }) => answer !== null).length, of: testimony.length },
);

export const SOCIAL: readonly Measure[] = [contingency, advice, leakage, knows, answersQuiz];
