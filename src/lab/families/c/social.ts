/** Family C: whether traders talk with whom they stand next to, are moved by it, and know no more than they heard. */
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import { runsOf, wordsOf } from '#lib/words.ts';
import { ratioMeasure, type Measure, type WorldView } from '../measure.ts';
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

export const contingency = ratioMeasure(
  {
    id: 'contingency',
    family: 'C',
    title: 'a line fits the neighbour’s line better than one from another room',
    formula:
      'P(overlap of words with the line that waits > with a line of the same round from another room) + half of ties; names of people and rooms masked',
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
    const present = new Set([turn.trader, ...turn.company.map(({ trader }) => trader)]);
    const yoked = transcriptOf(world).filter(
      (it) => it.round === heard.saidInRound && it.room !== turn.room && !present.has(it.trader),
    );
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
    const where = new Set(world.ofTrader(turn.trader).map(({ round, room }) => `${round} ${room}`));
    const present = (it: Spoken): boolean => it.trader === turn.trader || where.has(`${it.round} ${it.room}`);
    const recent = transcriptOf(world).filter(
      ({ round, trader }) =>
        round > turn.round - LEAK_ROUNDS &&
        (round < turn.round || (round === turn.round && trader !== turn.trader)),
    );
    const known = new Set(
      [
        ...turn.headlines.map(({ text }) => text),
        ...turn.company.flatMap(({ said }) => said ?? []),
        ...recent.filter(present).map(({ text }) => text),
      ].flatMap((text) => runsOf(wordsOf(text), LEAK_WORDS)),
    );
    const unheard = new Set(
      // Of the same round nobody knows which of two rooms was first.
      recent
        .filter((it) => it.round < turn.round && !present(it))
        .flatMap(({ text }) => runsOf(wordsOf(text), LEAK_WORDS)),
    );
    return { hit: Number(own.some((run) => unheard.has(run) && !known.has(run))) };
  },
);

export const knows = ratioMeasure(
  {
    id: 'who-knows-what',
    family: 'C',
    title: 'knows what it heard, and reads who else was told',
    formula:
      'facts of which every question (heard it itself? could the other hear it, whom the question names if so?) is answered as the room log says / facts of which each is answered with yes or no',
    source: 'all-or-nothing over question types: FANToM (Kim et al., EMNLP 2023)',
    unit: 'share',
    range: [0, 1],
    better: 'high',
    chance: 0.25,
  },
  ({ testimony = [] }) => {
    if (testimony.length === 0) return null;
    const facts = [...Map.groupBy(testimony, ({ fact }) => fact).values()].filter((asked) =>
      asked.every(({ answer }) => answer !== null),
    );
    const right = facts.filter((asked) => asked.every(({ truth, answer }) => answer === truth));
    return { hit: right.length, of: facts.length };
  },
);

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
