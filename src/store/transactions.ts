/** Transactions with room for their pages. */
import { CACHE_KIB, type Db } from './database.ts';
import { prepare } from './statements.ts';

/** So that a rush of stakes does not spill into the log. Only one transaction in a process is open at a time, whatever shows it has. */
const TRANSACTION_CACHE_KIB = 4_096;

/** Runs work as a transaction, or as a part of the one that is open. */
export function transactions(db: Db): <T>(work: () => T) => T {
  const transaction = db.transaction((work: () => unknown) => work());
  const widen = prepare(db, `PRAGMA cache_size = -${TRANSACTION_CACHE_KIB}`);
  const narrow = prepare(db, `PRAGMA cache_size = -${CACHE_KIB}`);
  return <T>(work: () => T): T => {
    if (db.inTransaction) return transaction(work) as T;
    widen.run();
    try {
      return transaction.immediate(work) as T;
    } finally {
      quietly(() => narrow.run());
    }
  };
}

/** What is stored is stored, and what failed tells so itself: a cache that stays wide until after the next transaction is no failure. */
function quietly(tidyUp: () => void): void {
  try {
    tidyUp();
  } catch {
    // The next transaction narrows it.
  }
}
