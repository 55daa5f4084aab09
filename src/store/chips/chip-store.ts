/** Members' chips: pools, stakes and the append-only ledger, changed in transactions only. */
import type { ChipStore, ChipTransaction } from '#show/ports/chips.ts';
import { reporting, type Db } from '../database.ts';
import { ledgerChanges, ledgerReads } from './ledger.ts';
import { poolChanges, poolReads } from './pools.ts';
import { prepare } from '../statements.ts';
import { trackRecordChanges, trackRecordReads } from './track-records.ts';

export function chipStore(db: Db, file: string): ChipStore {
  const formerMember = prepare<[string], { bailedOutAtMs: number | null }>(
    db,
    `SELECT bailed_out_at_ms AS bailedOutAtMs FROM former_members WHERE hash = ?`,
  );
  const changes = chipChanges(db);
  const everyFormer = formerMembers(db);
  const transaction = db.transaction((work: (tx: ChipTransaction) => unknown) => {
    const tx = revocable(changes);
    try {
      return work(tx.transaction);
    } finally {
      tx.revoke();
    }
  });
  return reporting<ChipStore>(file, {
    ...poolReads(db, file),
    ...ledgerReads(db),
    ...trackRecordReads(db),
    formerMember: (hash) => formerMember.get(hash) ?? null,
    formerMembers: everyFormer,
    transact: <T>(work: (tx: ChipTransaction) => T) => transaction.immediate(work) as T,
  });
}

export function formerMembers(db: Db): ChipStore['formerMembers'] {
  const hashes = prepare<[], string>(db, `SELECT hash FROM former_members`).pluck();
  return () => hashes.all();
}

function chipChanges(db: Db): ChipTransaction {
  const { runningStake, forget, ...pools } = poolChanges(db);
  const { post, rename } = ledgerChanges(db);
  const records = trackRecordChanges(db);
  const saveFormer = prepare<[string, number | null]>(
    db,
    `INSERT INTO former_members (hash, bailed_out_at_ms) VALUES (?, ?)
     ON CONFLICT (hash) DO UPDATE SET bailed_out_at_ms = excluded.bailed_out_at_ms`,
  );
  return {
    ...pools,
    post,
    saveTrackRecord: records.save,
    rememberFormer(hash, { bailedOutAtMs }) {
      saveFormer.run(hash, bailedOutAtMs);
    },
    forget(member) {
      const running = runningStake(member);
      if (running !== undefined)
        throw new Error(
          `a member with a stake in pool ${running} is forgotten only after it is returned or settled`,
        );
      const former = rename(member);
      if (former !== null) records.rename(member, former);
      return forget(member, former);
    },
  };
}

/** A transaction that refuses work after its end, so that an `await` in it cannot post outside of it. */
function revocable(changes: ChipTransaction): { transaction: ChipTransaction; revoke: () => void } {
  let ended = false;
  const live = (): ChipTransaction => {
    if (ended) throw new Error('this chip transaction has ended; a transaction never awaits');
    return changes;
  };
  return {
    transaction: {
      post: (entry) => live().post(entry),
      savePool: (pool) => live().savePool(pool),
      setStake: (poolId, member, stake) => live().setStake(poolId, member, stake),
      setReactions: (poolId, member, outcomes) => live().setReactions(poolId, member, outcomes),
      exclude: (poolId, member) => live().exclude(poolId, member),
      saveResult: (poolId, result) => live().saveResult(poolId, result),
      saveTrackRecord: (judged, record) => live().saveTrackRecord(judged, record),
      rememberFormer: (hash, what) => live().rememberFormer(hash, what),
      forget: (member) => live().forget(member),
    },
    revoke: () => {
      ended = true;
    },
  };
}
