/**
 * The tables, as numbered steps. A step that was ever released is never edited: add another one. Money is integer
 * cents or chips, quantities integer ten-thousandths of a unit, times integer milliseconds since 1970; JSON is for
 * what only the program reads.
 */

import { LATER_STEPS } from './later-steps.ts';

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

/** Step by step, what makes a database of today out of an empty one; `user_version` counts the steps that are done. */
export const MIGRATIONS: readonly string[] = [FIRST, ...LATER_STEPS];
