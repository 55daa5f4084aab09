/** Turns to be read blind by two people, the key to them, and how far the two agree. */
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import { keyedNumbers } from '#core/chance/keyed.ts';
import { kappa } from '../statistics/intervals.ts';
import type { PlayedTurn } from '../runs/records.ts';

export const QUESTIONS = {
  fits: 'could a person on this floor have said B in answer to A?',
  voice: 'does B sound like the trader that it is signed with?',
  follows: 'does the trade follow from the thought?',
} as const;
export type Question = keyof typeof QUESTIONS;
const ASKED = Object.keys(QUESTIONS) as Question[];

export interface Exchange {
  row: string;
  turn: PlayedTurn;
}

/** As many exchanges of each row as of every other, mixed by chance keyed by `seed`. */
export function readingSheet(
  exchanges: readonly Exchange[],
  each: number,
  seed: number,
): { sheet: string; key: string } {
  const chosen = [...Map.groupBy(exchanges, ({ row }) => row)].flatMap(([row, own]) =>
    keyedNumbers(seed, 'lab-sheet', 0, row).shuffle(own.filter(isExchange)).slice(0, each),
  );
  const mixed = keyedNumbers(seed, 'lab-sheet', 1).shuffle(chosen);
  const blocks = mixed.map(({ turn }, index) => {
    const { thought, trade, size, speech } = turn.decision;
    return [
      `${index + 1}.`,
      `  A: ${waitingLine(turn)}`,
      `  B (${turn.name}): ${speech}`,
      `  thought: ${thought}`,
      `  trade: ${trade === 'Hold' ? 'Hold' : `${trade} ${size}`}`,
      `  ${ASKED.map((question) => `${question} [ ]`).join('  ')}`,
    ].join('\n');
  });
  const head = [
    'For each exchange write y or n in the brackets.',
    ...ASKED.map((it) => `  ${it}: ${QUESTIONS[it]}`),
  ];
  return {
    sheet: `${head.join('\n')}\n\n${blocks.join('\n\n')}\n`,
    key: `${mixed.map(({ row }, index) => `${index + 1}. ${row}`).join('\n')}\n`,
  };
}

function isExchange({ turn }: Exchange): boolean {
  return waitingLine(turn) !== '' && turn.decision.speech !== '';
}

function waitingLine({ name, company, decision }: PlayedTurn): string {
  return whoIsAnswered(name, company, decision.speech)?.said ?? '';
}

/** By exchange and question: `y` or `n`; what is left open is absent. */
export function answersOf(sheet: string): Map<string, string> {
  const answers = new Map<string, string>();
  let exchange = '';
  for (const line of sheet.split('\n')) {
    exchange = /^(\d+)\.$/.exec(line)?.[1] ?? exchange;
    for (const [, question, answer] of line.matchAll(/(\w+) \[\s*([yn])\s*\]/gi))
      if (question !== undefined && answer !== undefined)
        answers.set(`${exchange} ${question}`, answer.toLowerCase());
  }
  return answers;
}

/** Cohen's kappa of two filled sheets, by question; null where it cannot be told. */
export function agreement(one: string, other: string): Record<Question, { n: number; kappa: number | null }> {
  const [ones, others] = [answersOf(one), answersOf(other)];
  const of = (question: Question) => {
    const pairs = [...ones].flatMap(([at, answer]): [string, string][] => {
      const second = others.get(at);
      return at.endsWith(` ${question}`) && second !== undefined ? [[answer, second]] : [];
    });
    return { n: pairs.length, kappa: kappa(pairs) };
  };
  return { fits: of('fits'), voice: of('voice'), follows: of('follows') };
}
