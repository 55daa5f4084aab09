/** Sheets that two people filled: whether each is whole, what they answered of each row, and how far the two agree. */
import { InputError } from '#lib/input-error.ts';
import { kappa } from '../statistics/intervals.ts';
import { ASKED, markOf, rowsOf, type Question } from './reading-sheet.ts';

/** What a reader answered, in the order of the exchanges. */
export type Answers = readonly Readonly<Record<Question, 'y' | 'n'>>[];

export interface Filled {
  /** As it is named to whoever filled it. */
  file: string;
  text: string;
}

/** The sheet that was to be filled. */
export interface Asked {
  mark: string;
  key: string;
  /** The blank one, to take another copy of. */
  blank: string;
}

/**
 * Every answer of a filled sheet. Throws InputError, with file and line, for the sheet of another report, an exchange or a question
 * that was not asked, one that is missing or there twice, and for what is neither y nor n.
 */
export function answersOf({ file, text }: Filled, { mark, key, blank }: Asked): Answers {
  const own = markOf(text);
  if (own !== mark)
    throw new InputError(
      `${file}, line 1: ${own === null ? 'does not say of which sheet it is' : `is of sheet ${own}, and the report's is ${mark}`}; fill a copy of ${blank}`,
    );
  const count = rowsOf(key).length;
  const again = `fill a fresh copy of ${blank}`;
  const found = new Map<number, Partial<Record<Question, 'y' | 'n'>>>();
  let exchange = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const place = `${file}, line ${index + 1}`;
    const number = /^\s*(\d+)\.\s*$/.exec(line)?.[1];
    if (number !== undefined) {
      exchange = Number(number);
      if (exchange < 1 || exchange > count)
        throw new InputError(
          `${place}: there is no exchange ${number}, the sheet has 1 to ${count}; take it out, or ${again}`,
        );
      if (found.has(exchange))
        throw new InputError(`${place}: exchange ${number} is there twice; leave one of them, or ${again}`);
      found.set(exchange, {});
    }
    if (!ANSWERS.test(line)) continue;
    const answers = found.get(exchange);
    if (!answers) throw new InputError(`${place}: answers before the first exchange; ${again}`);
    for (const [, asked = '', written = ''] of line.matchAll(ANSWER)) {
      const question = ASKED.find((it) => it === asked.toLowerCase());
      if (question === undefined)
        throw new InputError(
          `${place}: exchange ${exchange} was not asked "${asked}"; asked are ${ASKED.join(', ')}`,
        );
      if (answers[question] !== undefined)
        throw new InputError(
          `${place}: exchange ${exchange} answers ${question} twice; leave one of them, or ${again}`,
        );
      answers[question] = answerOf(written, `${place}: exchange ${exchange}, ${question}`);
    }
    const left = ASKED.find((it) => answers[it] === undefined);
    if (left !== undefined)
      throw new InputError(`${place}: exchange ${exchange} has no brackets for ${left}; ${again}`);
  }
  return Array.from({ length: count }, (_, at) => {
    const { fits, voice, follows } = found.get(at + 1) ?? {};
    if (!fits || !voice || !follows)
      throw new InputError(`${file}: exchange ${at + 1} has no answers; ${again}`);
    return { fits, voice, follows };
  });
}

/** A line of answers begins with a word and a bracket; what was said has a colon first. */
const ANSWERS = /^\s*\w+ *\[/;
const ANSWER = /(\w+) *\[([^\]]*)\]?/g;

function answerOf(written: string, place: string): 'y' | 'n' {
  const answer = written.trim().toLowerCase();
  if (answer === 'y' || answer === 'n') return answer;
  throw new InputError(
    `${place}: ${answer === '' ? 'has no answer' : `"${written.trim()}" is no answer`}; write y or n between the brackets`,
  );
}

/** Cohen's kappa of two readers, by question; null where both always say the same. */
export function agreement(one: Answers, other: Answers): Record<Question, number | null> {
  const of = (question: Question): number | null =>
    kappa(one.map((answers, at) => [answers[question], other[at]?.[question] ?? '']));
  return { fits: of('fits'), voice: of('voice'), follows: of('follows') };
}

/** The share of yes of a reader, by question, of the exchanges of one row. */
export function yesOf(answers: Answers, key: string, row: string): Record<Question, number> {
  const rows = rowsOf(key);
  const own = answers.filter((_, at) => rows[at] === row);
  const of = (question: Question): number =>
    own.filter((it) => it[question] === 'y').length / Math.max(1, own.length);
  return { fits: of('fits'), voice: of('voice'), follows: of('follows') };
}
