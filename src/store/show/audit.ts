/** What producers did, and what is known about a user by name outside of the chips. */
import type { AuditRecord, ShowStore } from '#show/ports/store.ts';
import type { Db } from '../database.ts';
import { prepare } from '../statements.ts';

export function auditLog(db: Db): Pick<ShowStore, 'audit' | 'audits' | 'actsOf' | 'forget'> {
  const insert = prepare(
    db,
    `INSERT INTO audit (at_ms, round, by_whom, what, detail) VALUES (?, ?, ?, ?, ?)`,
  );
  const audits = prepare<[string, number], AuditRecord>(
    db,
    `SELECT at_ms AS atMs, round, by_whom AS "by", what, detail FROM audit WHERE what = ? ORDER BY id DESC LIMIT ?`,
  );
  const newest = prepare<[number], AuditRecord>(
    db,
    `SELECT at_ms AS atMs, round, by_whom AS "by", what, detail FROM audit ORDER BY id DESC LIMIT ?`,
  );
  const actsOf = prepare<[string], number>(db, `SELECT count(*) FROM audit WHERE by_whom = ?`).pluck();
  const renameActor = prepare<[string, string]>(db, `UPDATE audit SET by_whom = ? WHERE by_whom = ?`);
  const renameInPosts = prepare<[string, string]>(
    db,
    `UPDATE outbox SET post = json_set(post, '$.member', ?)
     WHERE kind = 'memberBailedOut' AND json_extract(post, '$.member') = ?`,
  );
  const messagesNaming = prepare<[string], string>(
    db,
    `SELECT DISTINCT message_id FROM outbox
     WHERE kind = 'memberBailedOut' AND json_extract(post, '$.member') = ? AND message_id IS NOT NULL`,
  ).pluck();
  const waitingNaming = prepare<[string], number>(
    db,
    `SELECT id FROM outbox
     WHERE kind = 'memberBailedOut' AND json_extract(post, '$.member') = ?
       AND status IN ('planned', 'sending', 'unknown')`,
  ).pluck();
  return {
    audit({ atMs, round, by, what, detail }) {
      insert.run(atMs, round, by, what, detail);
    },
    audits: (what, limit) => (what === null ? newest.all(limit) : audits.all(what, limit)),
    actsOf: (user) => actsOf.get(user) ?? 0,
    forget(user, as) {
      const naming = { messages: messagesNaming.all(user), rows: waitingNaming.all(user) };
      renameActor.run(as, user);
      renameInPosts.run(as, user);
      return naming;
    },
  };
}
