/** An answer that copies what its trader was told, heard or said is asked for once more. */
import type { Decision } from '#core/decision.ts';
import type { Question } from './question.ts';

/** Another answer is asked for only while less than this share of the turn's time is spent. */
export const TIME_FOR_ANOTHER = 0.4;

/** The question in which a server that always answers alike may answer otherwise. */
export function askedAgain(question: Question): Question {
  return { ...question, user: `${question.user}\nIn your own words.` };
}

/**
 * The first answer, or a second one where the first copies and the second does not. Silence is no other wording: it does not stand
 * in for a line. A second that fails costs nothing, and `failed` is told of it.
 */
export async function inOwnWords<T extends { decision: Pick<Decision, 'speech'> }>(
  ask: (again: boolean) => Promise<T>,
  copies: (answer: T) => boolean,
  hasTime: () => boolean,
  failed: (error: unknown) => void,
): Promise<T> {
  const first = await ask(false);
  if (!copies(first) || !hasTime()) return first;
  try {
    const second = await ask(true);
    const silenced = second.decision.speech === '' && first.decision.speech !== '';
    return silenced || copies(second) ? first : second;
  } catch (error) {
    // The first answer stands whatever becomes of the second: its failure would only cost the turn.
    failed(error);
    return first;
  }
}
