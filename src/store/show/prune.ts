/** Keeps a show's file from growing for ever, without losing what a replay or the books need. */
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';
import { transactions } from '../transactions.ts';

export interface Pruned {
  /** The round whose close is now the recording's beginning; null when it did not move. */
  foundedAtRound: number | null;
  actions: number;
  turns: number;
  posts: number;
}

/**
 * Forgets what is older than the newest `keepRounds` closed rounds: shown posts but those that name a member, turns, fills,
 * charges and headlines.
 * A season that is sealed stays whole until it is archived. Otherwise the recording's beginning moves forward to a stored state at least that old, and the actions before it go. Round
 * hashes, prices, equity, totals, the audit log and the ledger stay whole.
 */
export function pruning(db: Db): (options: { keepRounds: number }) => Pruned {
  const lastClosed = prepare<[], number | null>(
    db,
    `SELECT max(round) FROM rounds WHERE hash IS NOT NULL`,
  ).pluck();
  const founding = prepare<[], { seq: number; content_hash: string }>(
    db,
    `SELECT seq, content_hash FROM snapshots WHERE content_hash IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const checkpoint = prepare<[number, number], { seq: number; round: number }>(
    db,
    `SELECT seq, round FROM snapshots WHERE seq > ? AND round <= ? ORDER BY seq DESC LIMIT 1`,
  );
  /** Where the oldest season begins that has a seal and no archive yet: it stays whole from there. */
  const held = prepare<[], number | null>(
    db,
    `SELECT min(value ->> '$.beganSeq') FROM key_values WHERE name GLOB 'season:[0-9]*' AND value ->> '$.archived' = 0
     AND (value ->> '$.endedSeq' IS NULL OR value ->> '$.content' IS NOT NULL)`,
  ).pluck();
  const refound = prepare<[string, number]>(db, `UPDATE snapshots SET content_hash = ? WHERE seq = ?`);
  const dropSnapshots = prepare<[number]>(db, `DELETE FROM snapshots WHERE seq < ?`);
  const dropActions = prepare<[number]>(db, `DELETE FROM journal WHERE seq <= ?`);
  const dropPosts = prepare<[number]>(
    db,
    // Messages that name a member are kept, because they may have to be reworded.
    `DELETE FROM outbox WHERE round <= ? AND status IN ('sent', 'folded') AND kind <> 'memberBailedOut'`,
  );
  const dropTurns = prepare<[number]>(db, `DELETE FROM turns WHERE round <= ?`);
  const dropOthers = ['fills', 'charges', 'headlines'].map((table) =>
    prepare<[number]>(db, `DELETE FROM ${table} WHERE round <= ?`),
  );

  const prune = (keepRounds: number): Pruned => {
    const pruned: Pruned = { foundedAtRound: null, actions: 0, turns: 0, posts: 0 };
    const start = founding.get();
    const upTo = (lastClosed.get() ?? 0) - keepRounds;
    if (start === undefined || upTo < 1) return pruned;
    const kept = held.get() ?? null;
    const next = kept === null ? checkpoint.get(start.seq, upTo) : undefined;
    if (next !== undefined) {
      refound.run(start.content_hash, next.seq);
      pruned.foundedAtRound = next.round;
    }
    const seq = Math.min(next?.seq ?? start.seq, kept ?? Infinity);
    dropSnapshots.run(seq);
    pruned.actions = dropActions.run(seq).changes;
    pruned.posts = dropPosts.run(upTo).changes;
    pruned.turns = dropTurns.run(upTo).changes;
    for (const drop of dropOthers) drop.run(upTo);
    return pruned;
  };

  const transaction = transactions(db);
  return ({ keepRounds }) => {
    if (!Number.isSafeInteger(keepRounds) || keepRounds < 1)
      throw new Error(`prune keeps a positive whole number of rounds, not ${keepRounds}`);
    return transaction(() => prune(keepRounds));
  };
}
