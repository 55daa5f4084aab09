/** Exchanges to be read without knowing who said them, and the key to it. */
import { hashText } from '#core/chance/hash-text.ts';
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import type { JudgedTurn } from '#lab/lines/turn.ts';
import type { PlayedShow } from './play.ts';

const EXCHANGES = 60;

const QUESTIONS = `For each exchange, write y or n in the brackets.
  fits: could a person have said B in answer to A, on this floor?
  voice: does B sound like the trader that it is signed with?
  laugh: would you read it to a friend?
`;

interface Exchange {
  model: string;
  turn: JudgedTurn;
  waiting: string;
}

/** `sheet` holds as many exchanges of each model as of every other, mixed; `key` says whose each is. */
export function readingSheet(columns: readonly { title: string; shows: readonly PlayedShow[] }[]): {
  sheet: string;
  key: string;
} {
  const each = Math.floor(EXCHANGES / Math.max(1, columns.length));
  const chosen = columns.flatMap(({ title, shows }) => {
    const exchanges = shows
      .flatMap(({ turns }) => turns)
      .flatMap((turn): Exchange[] => {
        const waiting = whoIsAnswered(turn.seen.name, turn.seen.company, turn.speech)?.said ?? '';
        return waiting === '' || turn.speech === '' ? [] : [{ model: title, turn, waiting }];
      });
    return mixed(exchanges).slice(0, each);
  });
  const order = mixed(chosen);
  const blocks = order.map(
    ({ turn, waiting }, index) =>
      `${index + 1}.\n  A: ${waiting}\n  B (${turn.seen.name}): ${turn.speech}\n  fits [ ]  voice [ ]  laugh [ ]`,
  );
  return {
    sheet: `${QUESTIONS}\n${blocks.join('\n\n')}\n`,
    key: `${order.map(({ model }, index) => `${index + 1}. ${model}`).join('\n')}\n`,
  };
}

/** In an order that hangs on the words alone, so that the same shows give the same sheet. */
function mixed(exchanges: readonly Exchange[]): Exchange[] {
  const rank = ({ turn, waiting }: Exchange): number =>
    hashText(`${waiting}\n${turn.speech}\n${turn.round}`) >>> 0;
  return exchanges.toSorted((one, other) => rank(one) - rank(other));
}
