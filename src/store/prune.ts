/** Keeps a show's file from growing for ever, without losing what a replay or the books need. */
import type { Db } from './database.ts';

export interface Pruned {
  /** The round whose close is now the recording's beginning; null when it did not move. */
  foundedAtRound: number | null;
  actions: number;
  turns: number;
  posts: number;
}

/**
 * Forgets what is older than the newest `keepRounds` closed rounds: shown posts, turns, fills, charges and headlines.
 * The recording's beginning moves forward to a stored state at least that old, and the actions before it go. Round
 * hashes, prices, equity, totals, the audit log and the ledger stay whole.
 */
export function pruning(db: Db): (options: { keepRounds: number }) => Pruned {
  const lastClosed = db
    .prepare<[], number | null>(`SELECT max(round) FROM rounds WHERE hash IS NOT NULL`)
    .pluck();
  const founding = db.prepare<[], { seq: number; content_hash: string }>(
    `SELECT seq, content_hash FROM snapshots WHERE content_hash IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const checkpoint = db.prepare<[number, number], { seq: number; round: number }>(
    `SELECT seq, round FROM snapshots WHERE seq > ? AND round <= ? ORDER BY seq DESC LIMIT 1`,
  );
  const refound = db.prepare<[string, number]>(`UPDATE snapshots SET content_hash = ? WHERE seq = ?`);
  const dropSnapshots = db.prepare<[number]>(`DELETE FROM snapshots WHERE seq < ?`);
  const dropActions = db.prepare<[number]>(`DELETE FROM journal WHERE seq <= ?`);
  const dropPosts = db.prepare<[number]>(
    `DELETE FROM outbox WHERE round <= ? AND status IN ('sent', 'folded')`,
  );
  const dropTurns = db.prepare<[number]>(`DELETE FROM turns WHERE round <= ?`);
  const dropOthers = ['fills', 'charges', 'headlines'].map((table) =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE round <= ?`),
  );

  const prune = db.transaction((keepRounds: number): Pruned => {
    const pruned: Pruned = { foundedAtRound: null, actions: 0, turns: 0, posts: 0 };
    const start = founding.get();
    const upTo = (lastClosed.get() ?? 0) - keepRounds;
    if (start === undefined || upTo < 1) return pruned;
    const next = checkpoint.get(start.seq, upTo);
    if (next !== undefined) {
      refound.run(start.content_hash, next.seq);
      pruned.foundedAtRound = next.round;
    }
    const seq = next?.seq ?? start.seq;
    dropSnapshots.run(seq);
    pruned.actions = dropActions.run(seq).changes;
    pruned.posts = dropPosts.run(upTo).changes;
    pruned.turns = dropTurns.run(upTo).changes;
    for (const drop of dropOthers) drop.run(upTo);
    return pruned;
  });

  return ({ keepRounds }) => {
    if (!Number.isSafeInteger(keepRounds) || keepRounds < 1)
      throw new Error(`prune keeps a positive whole number of rounds, not ${keepRounds}`);
    return prune.immediate(keepRounds);
  };
}
