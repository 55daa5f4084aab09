/** How the process ends: its exit codes, and what it says last. */
import { errorLine } from '#lib/error-text.ts';
import { redact } from '#lib/redact.ts';
import { StoreError } from '#store/store.ts';
import { mistakeLine } from './mistakes.ts';

export const EXIT = {
  done: 0,
  fault: 1,
  badInput: 2,
  discordRefused: 3,
  showIsOpen: 4,
  postsNotShown: 5,
  atOnce: 130,
} as const;

/** A line for the person at the terminal and the exit code that goes with it. */
export class ExitError extends Error {
  readonly code: number;
  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Prints what ended the process and sets its exit code. */
export function sayWhy(error: unknown): void {
  const fault = !(error instanceof ExitError) && mistakeLine(error) === null;
  // A fault of the program shows where; everything else is for a person, in one line.
  console.error(fault && error instanceof Error ? redact(error.stack ?? error.message) : lineOf(error));
  process.exitCode = exitCodeOf(error);
}

/** What a person reads of an error. */
export function lineOf(error: unknown): string {
  // It may hold several complaints, each a line of its own.
  const line = error instanceof ExitError ? error.message : (mistakeLine(error) ?? errorLine(error));
  return redact(line);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ExitError) return error.code;
  if (error instanceof StoreError && error.code === 'locked') return EXIT.showIsOpen;
  return mistakeLine(error) === null ? EXIT.fault : EXIT.badInput;
}
