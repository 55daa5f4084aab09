/** Which of the lines that hang in a room is whose to answer. Pure. */
import { hasWord } from './hear.ts';

interface InRoom {
  name: string;
  said: string | null;
  unanswered: boolean;
}

/**
 * Whoever waits for an answer of the trader with this name: one whose line names it, else the last whose line is meant for
 * nobody else in the room.
 */
export function whoWaits<T extends InRoom>(name: string, company: readonly T[]): T | undefined {
  const open = company.filter(isOpen);
  return (
    open.find(({ said }) => hasWord(said ?? '', name)) ?? open.findLast((one) => !isForOther(one, company))
  );
}

/** Whom a line answers: whoever it names of those whose line is open, else whoever waits. */
export function whoIsAnswered<T extends InRoom>(
  name: string,
  company: readonly T[],
  answer: string,
): T | undefined {
  return company.findLast((one) => isOpen(one) && hasWord(answer, one.name)) ?? whoWaits(name, company);
}

/** Whose line is heard last: of whoever waits, else of whoever spoke to somebody else. */
export function whoIsHeard<T extends InRoom>(name: string, company: readonly T[]): T | undefined {
  return whoWaits(name, company) ?? company.findLast(isOpen);
}

/** Whether the line names another of those who are here. */
export function isForOther(one: InRoom, company: readonly InRoom[]): boolean {
  return company.some((other) => other !== one && hasWord(one.said ?? '', other.name));
}

function isOpen({ said, unanswered }: InRoom): boolean {
  return said !== null && unanswered;
}
