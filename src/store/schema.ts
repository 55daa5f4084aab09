/**
 * The tables, as numbered steps. A step that was ever released is never edited: add another one. Money is integer
 * cents or chips, quantities integer ten-thousandths of a unit, times integer milliseconds since 1970; JSON is for
 * what only the program reads.
 */

/** "OOUT": tells a show's file from other programs' databases. */
export const APPLICATION_ID = 0x4f4f5554;

const FIRST = `
-- The simulation: what was done, in order, and states to start from.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  round INTEGER NOT NULL,
  action TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

-- The state after journal row seq. A founding one has a content_hash: the newest of them is where a replay begins.
CREATE TABLE snapshots (
  seq INTEGER PRIMARY KEY,
  round INTEGER NOT NULL,
  state TEXT NOT NULL,
  content_hash TEXT,
  at_ms INTEGER NOT NULL
) STRICT;

-- What came of it, one row a fact.
CREATE TABLE rounds (
  round INTEGER PRIMARY KEY,
  season INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  phase TEXT NOT NULL,
  phase_round INTEGER NOT NULL,
  regime TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  hash TEXT,
  CHECK ((closed_at_ms IS NULL) = (hash IS NULL))
) STRICT;

CREATE TABLE prices (
  round INTEGER NOT NULL REFERENCES rounds,
  instrument TEXT NOT NULL,
  price_cents INTEGER NOT NULL,
  PRIMARY KEY (round, instrument)
) STRICT, WITHOUT ROWID;

CREATE TABLE headlines (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  round INTEGER NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  names TEXT,
  tone TEXT NOT NULL,
  chaos INTEGER NOT NULL CHECK (chaos IN (0, 1))
) STRICT;
CREATE INDEX headlines_by_round ON headlines (round);

CREATE TABLE turns (
  round INTEGER NOT NULL REFERENCES rounds,
  trader TEXT NOT NULL,
  room TEXT NOT NULL,
  thought TEXT NOT NULL,
  trade TEXT NOT NULL,
  size TEXT NOT NULL,
  speech TEXT NOT NULL,
  location TEXT NOT NULL,
  fumble TEXT,
  refusals TEXT NOT NULL,
  equity_cents INTEGER NOT NULL,
  raw TEXT NOT NULL,
  tokens_evaluated INTEGER,
  tokens_forced INTEGER,
  tokens_sampled INTEGER,
  ms INTEGER NOT NULL,
  PRIMARY KEY (trader, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX turns_by_round ON turns (round);

CREATE TABLE fills (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  round INTEGER NOT NULL,
  trader TEXT NOT NULL,
  instrument TEXT NOT NULL,
  qty INTEGER NOT NULL,
  price_cents INTEGER NOT NULL,
  notional_cents INTEGER NOT NULL,
  fee_cents INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX fills_by_round ON fills (round);

CREATE TABLE charges (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  round INTEGER NOT NULL,
  trader TEXT NOT NULL,
  what TEXT NOT NULL,
  amount_cents INTEGER NOT NULL
) STRICT;
CREATE INDEX charges_by_round ON charges (round);

CREATE TABLE equity (
  round INTEGER NOT NULL REFERENCES rounds,
  trader TEXT NOT NULL,
  equity_cents INTEGER NOT NULL,
  PRIMARY KEY (round, trader)
) STRICT, WITHOUT ROWID;

-- Totals that outlive the rows they count.
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  round INTEGER NOT NULL,
  by_whom TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX audit_by_what ON audit (what, id);

-- What waits to be shown. 'sending' is written before the request, 'unknown' means that it may have been posted.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round INTEGER NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  post TEXT NOT NULL,
  after_ms INTEGER NOT NULL,
  due_ms INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('planned', 'sending', 'unknown', 'sent', 'folded')),
  message_id TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (id) WHERE status IN ('planned', 'sending', 'unknown');
CREATE INDEX outbox_by_round ON outbox (round);

-- Small durable facts by name.
CREATE TABLE notes (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Chips in double entry. Legs name accounts by number, so that a member can be forgotten while every sum still holds.
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  chips INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT no_overdraft CHECK (chips >= 0 OR name = 'mint')
) STRICT;

CREATE TABLE pools (
  id TEXT PRIMARY KEY,
  season INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  outcomes TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'locked', 'settled', 'refunded')),
  opened_at_ms INTEGER NOT NULL,
  locked_at_ms INTEGER,
  seed_chips INTEGER NOT NULL CHECK (seed_chips >= 0)
) STRICT;
-- At most one pool is open or locked.
CREATE UNIQUE INDEX pools_live ON pools ((1)) WHERE status IN ('open', 'locked');
CREATE TRIGGER pools_end_once BEFORE UPDATE ON pools
  WHEN OLD.status IN ('settled', 'refunded') AND NEW.status IS NOT OLD.status
  BEGIN SELECT RAISE(ABORT, 'a settled or refunded pool never changes again'); END;

CREATE TABLE stakes (
  pool TEXT NOT NULL REFERENCES pools DEFERRABLE INITIALLY DEFERRED,
  member TEXT NOT NULL,
  outcome TEXT NOT NULL,
  chips INTEGER NOT NULL CHECK (chips > 0),
  PRIMARY KEY (pool, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX stakes_by_member ON stakes (member);

CREATE TABLE ledger_entries (
  id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  pool TEXT,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_legs (
  entry INTEGER NOT NULL REFERENCES ledger_entries,
  leg INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES accounts,
  chips INTEGER NOT NULL,
  PRIMARY KEY (entry, leg)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_legs_by_account ON ledger_legs (account, entry);

CREATE TRIGGER ledger_legs_book AFTER INSERT ON ledger_legs
  BEGIN UPDATE accounts SET chips = chips + NEW.chips WHERE id = NEW.account; END;
CREATE TRIGGER ledger_entries_keep BEFORE UPDATE ON ledger_entries
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entries_stay BEFORE DELETE ON ledger_entries
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_legs_keep BEFORE UPDATE ON ledger_legs
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_legs_stay BEFORE DELETE ON ledger_legs
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
`;

/** Until here every stake was placed by a reaction. */
const STAKE_ORIGIN = `
ALTER TABLE stakes ADD COLUMN origin TEXT NOT NULL DEFAULT 'reaction' CHECK (origin IN ('reaction', 'command'));
`;

/**
 * Posts are looked for by place, and the rows of one message stand and fall together. What was not shown is marked on its
 * rows; before, a note held the count.
 */
const MESSAGES = `
ALTER TABLE outbox ADD COLUMN message INTEGER;
ALTER TABLE outbox ADD COLUMN lost TEXT CHECK (lost IN ('late', 'quiet'));
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (place, due_ms, id) WHERE status IN ('planned', 'sending', 'unknown');
CREATE INDEX outbox_unknown ON outbox (place) WHERE status = 'unknown';
CREATE INDEX outbox_lost ON outbox (place, id) WHERE lost IS NOT NULL;
CREATE INDEX outbox_sent ON outbox (place, CAST(message_id AS INTEGER)) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_by_message ON outbox (message_id) WHERE message_id IS NOT NULL;
DELETE FROM notes WHERE substr(name, 1, 5) = 'lost:';
`;

/**
 * The audience's own tables for what was among the notes, and two new ones: for reactions that are known to be there, and for
 * what outlives a member's data.
 */
const AUDIENCE = `
-- Reactions that are known to stand on the message of the open pool, whether they count or not.
CREATE TABLE reactions (
  pool TEXT NOT NULL,
  member TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (pool, member, outcome)
) STRICT, WITHOUT ROWID;

-- Whoever pulled the show's strings while the pool was open or locked.
CREATE TABLE exclusions (
  pool TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (pool, member)
) STRICT, WITHOUT ROWID;

-- How a pool ended: JSON without the payouts, which have a table of their own.
CREATE TABLE pool_results (
  pool TEXT PRIMARY KEY,
  result TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE payouts (
  pool TEXT NOT NULL,
  member TEXT NOT NULL,
  chips INTEGER NOT NULL CHECK (chips >= 0),
  PRIMARY KEY (pool, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX payouts_by_member ON payouts (member);

-- Members who deleted their data, by a hash that names nobody: what they had once for ever, or once a day, they had.
CREATE TABLE former_members (
  hash TEXT PRIMARY KEY,
  bailed_out_at_ms INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO exclusions SELECT DISTINCT
  substr(name, 10, instr(substr(name, 10), ':') - 1), substr(name, 10 + instr(substr(name, 10), ':'))
  FROM notes WHERE name GLOB 'excluded:*:*';
INSERT INTO pool_results SELECT substr(name, 13), json_remove(value, '$.payouts') FROM notes WHERE name GLOB 'pool-result:*';
INSERT INTO payouts SELECT substr(n.name, 13), p.value ->> '$.member', sum(p.value ->> '$.chips')
  FROM notes n, json_each(n.value, '$.payouts') p WHERE n.name GLOB 'pool-result:*' GROUP BY 1, 2;
DELETE FROM notes WHERE name GLOB 'excluded:*:*' OR name GLOB 'pool-result:*';
`;

/** Where the stage stands on Discord lay among the notes too; what is left of them are key-values, and are called so. */
const STAGE_RECORD = `
CREATE TABLE channels (
  place TEXT PRIMARY KEY,
  channel TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE webhooks (
  room TEXT NOT NULL,
  trader TEXT NOT NULL,
  id TEXT NOT NULL,
  token TEXT NOT NULL,
  PRIMARY KEY (room, trader)
) STRICT, WITHOUT ROWID;
-- Messages that are edited in place. posted_ms is 0 where nobody noted it.
CREATE TABLE standing_messages (
  name TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  message TEXT NOT NULL,
  posted_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

UPDATE notes SET name = 'category' WHERE name = 'channel:category';
INSERT INTO channels SELECT substr(name, 14), value FROM notes WHERE name GLOB 'channel:room:*';
INSERT INTO channels SELECT substr(name, 9), value FROM notes
  WHERE name GLOB 'channel:*' AND name NOT GLOB 'channel:room:*';
INSERT INTO webhooks SELECT
  substr(name, 9, instr(substr(name, 9), ':') - 1), substr(name, 9 + instr(substr(name, 9), ':')),
  substr(value, 1, instr(value, '/') - 1), substr(value, instr(value, '/') + 1)
  FROM notes WHERE name GLOB 'webhook:*:*' AND instr(value, '/') > 0;
-- A value is <channel>/<message>, and later versions added /<when it was posted>.
INSERT INTO standing_messages SELECT name, channel,
  iif(instr(rest, '/') > 0, substr(rest, 1, instr(rest, '/') - 1), rest),
  iif(instr(rest, '/') > 0, CAST(substr(rest, instr(rest, '/') + 1) AS INTEGER), 0)
  FROM (
    SELECT substr(name, 9) AS name, substr(value, 1, instr(value, '/') - 1) AS channel,
      substr(value, instr(value, '/') + 1) AS rest
    FROM notes WHERE name GLOB 'message:*' AND instr(value, '/') > 0
  );
DELETE FROM notes WHERE name GLOB 'channel:*' OR name GLOB 'webhook:*' OR name GLOB 'message:*';
ALTER TABLE notes RENAME TO key_values;
`;

export const MIGRATIONS: readonly string[] = [FIRST, STAKE_ORIGIN, MESSAGES, AUDIENCE, STAGE_RECORD];
