/** Turns to be read blind by two people, and the key to them. What comes back is read in filled-sheet.ts. */
import { createHash } from 'node:crypto';
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import type { Content } from '#core/content.ts';
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { PlayedTurn } from '../runs/records.ts';
import type { Report } from './schema.ts';

export const QUESTIONS = {
  fits: 'could a person on this floor have said B in answer to A?',
  voice: 'does B sound like the trader that it is signed with?',
  follows: 'does the trade follow from the thought?',
} as const;
export type Question = keyof typeof QUESTIONS;
export const ASKED = Object.keys(QUESTIONS) as Question[];

/** The first line of a sheet and of its key, before the mark. */
const MARKED = 'sheet';
const MARK_DIGITS = 12;

export interface Exchange {
  row: string;
  turn: PlayedTurn;
}

/** Names the sheet of a report, which is made from its traces and nothing else. */
export function sheetMark({ plan, rows }: Pick<Report, 'plan' | 'rows'>): string {
  const played = [plan, rows.map(({ card, hash }) => [card.name, hash])];
  return createHash('sha256').update(JSON.stringify(played)).digest('hex').slice(0, MARK_DIGITS);
}

/** The mark that a sheet or a key begins with; null for none. */
export function markOf(text: string): string | null {
  return new RegExp(`^${MARKED} ([0-9a-f]{${MARK_DIGITS}})\\s*$`, 'm').exec(text)?.[1] ?? null;
}

/** The rows that a key names, in the order of the exchanges. */
export function rowsOf(key: string): string[] {
  return [...key.matchAll(/^\d+\. (.+?)\s*$/gm)].flatMap(([, row]) => row ?? []);
}

/**
 * As many exchanges of each row as of every other, mixed by chance keyed by `seed`.
 * @param mark as `sheetMark` gives it
 * @param cast told in the head: nobody can say whether a stranger sounds like itself
 */
export function readingSheet(
  exchanges: readonly Exchange[],
  { each, seed, mark, cast }: { each: number; seed: number; mark: string; cast: Content['cast'] },
): { sheet: string; key: string } {
  const chosen = [...Map.groupBy(exchanges, ({ row }) => row)].flatMap(([row, own]) =>
    keyedNumbers(seed, 'lab-sheet', 0, row).shuffle(own.filter(isExchange)).slice(0, each),
  );
  const mixed = keyedNumbers(seed, 'lab-sheet', 1).shuffle(chosen);
  const blocks = mixed.map(({ turn }, index) => {
    const { thought, trade, size, speech } = turn.decision;
    return [
      `${index + 1}.`,
      `  A: ${onOneLine(waitingLine(turn))}`,
      `  B (${turn.name}): ${onOneLine(speech)}`,
      `  thought: ${onOneLine(thought)}`,
      `  trade: ${trade === 'Hold' ? 'Hold' : `${trade} ${size}`}`,
      `  ${ASKED.map((question) => `${question} [ ]`).join('  ')}`,
    ].join('\n');
  });
  const head = [
    `${MARKED} ${mark}`,
    'For each exchange write y or n in the brackets, in all of them, and leave the rest as it is.',
    ...ASKED.map((it) => `  ${it}: ${QUESTIONS[it]}`),
    'Who they are:',
    ...cast.map(({ name, persona }) => `  ${name}: ${onOneLine(persona)}`),
  ];
  return {
    sheet: `${head.join('\n')}\n\n${blocks.join('\n\n')}\n`,
    key: `${MARKED} ${mark}\n${mixed.map(({ row }, index) => `${index + 1}. ${row}`).join('\n')}\n`,
  };
}

/** What a trader says must not look like an answer. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function isExchange({ turn }: Exchange): boolean {
  return waitingLine(turn) !== '' && turn.decision.speech !== '';
}

function waitingLine({ name, company, decision }: PlayedTurn): string {
  return whoIsAnswered(name, company, decision.speech)?.said ?? '';
}
