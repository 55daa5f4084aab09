/** Winning and losing runs: rounds in a row in which a trader's equity rose, or fell. */
import type { Standings } from '../trading/standings.ts';
import type { Memory, Noticed } from './fact.ts';

/** So many rounds in a row make a run, and then every so many more. */
const RUN_ROUNDS = 6;
/** A run that moved less than this is no story: in cents. */
const WORTH_TELLING_CENTS = 30_000;

export function noticeRuns(memory: Memory, standings: readonly Standings[]): Noticed[] {
  const noticed: Noticed[] = [];
  for (const { trader, equityCents } of standings) {
    const before = memory.runs[trader];
    const step = before === undefined ? 0 : Math.sign(equityCents - before.equityCents);
    const goesOn = before !== undefined && step !== 0 && Math.sign(before.rounds) === step;
    const run = {
      rounds: goesOn ? before.rounds + step : step,
      fromCents: goesOn ? before.fromCents : (before?.equityCents ?? equityCents),
      equityCents,
    };
    memory.runs[trader] = run;
    const count = Math.abs(run.rounds);
    const amountCents = Math.abs(equityCents - run.fromCents);
    if (count === 0 || count % RUN_ROUNDS !== 0 || amountCents < WORTH_TELLING_CENTS) continue;
    noticed.push({ kind: step > 0 ? 'winningRun' : 'losingRun', about: trader, count, amountCents });
  }
  return noticed;
}
