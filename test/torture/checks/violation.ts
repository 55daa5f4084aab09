/** What must never be seen. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly check: string;
  constructor(check: string, what: string) {
    super(`${check}: ${what}`);
    this.check = check;
  }
}

/** Those that were seen: code under test may have caught what was thrown. */
export const seen: Violation[] = [];

export function must(holds: boolean, check: string, what: () => string): void {
  if (holds) return;
  const violation = new Violation(check, what());
  seen.push(violation);
  throw violation;
}
