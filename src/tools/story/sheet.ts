/** Exchanges for people to judge, and who said what. */
import { hashText } from '#core/chance/hash-text.ts';
import type { Persona } from '#core/content.ts';
import type { StoryShow } from '#lab/story/transcript.ts';

const EXCHANGES = 100;

const QUESTIONS = `Two readers judge alone. For each exchange, write y or n in the brackets:
  answers: does B answer what A asked, claimed or teased? A change of subject is n, a joke on the subject is y.
Publish each reader's count with its Wilson interval. y of 100 -> interval: 80: 71 to 87, 85: 77 to 91, 90: 83 to 94, 95: 89 to 98.
`;

/** As many exchanges of each brain as of every other, mixed; `key` says whose each is. */
export function storySheet(
  columns: readonly { title: string; shows: readonly StoryShow[] }[],
  cast: readonly Persona[],
): { sheet: string; key: string } {
  const each = Math.floor(EXCHANGES / Math.max(1, columns.length));
  const chosen = columns.flatMap(({ title, shows }) => {
    const exchanges = shows.flatMap(({ turns }) =>
      turns.flatMap(({ round, trader, speech, waiting }) =>
        waiting === null || speech === '' ? [] : [{ title, round, trader, speech, waiting }],
      ),
    );
    return mixed(exchanges).slice(0, each);
  });
  const order = mixed(chosen);
  const nameOf = (id: string) => cast.find((persona) => persona.id === id)?.name ?? id;
  const blocks = order.map(
    ({ trader, speech, waiting }, index) =>
      `${index + 1}. answers [ ]\n   A (${waiting.name}): ${waiting.text}\n   B (${nameOf(trader)}): ${speech}`,
  );
  return {
    sheet: `${QUESTIONS}\n${blocks.join('\n\n')}\n`,
    key: `${order.map(({ title }, index) => `${index + 1}. ${title}`).join('\n')}\n`,
  };
}

/** In an order that hangs on the words alone, so that the same shows give the same sheet. */
function mixed<T extends { round: number; speech: string; waiting: { text: string } }>(
  exchanges: readonly T[],
): T[] {
  const rank = ({ round, speech, waiting }: T): number => hashText(`${waiting.text}\n${speech}\n${round}`);
  return exchanges.toSorted((one, other) => rank(one) - rank(other));
}
