/** What came after the first schema, a step each. A step that was released never changes. */
import { HAND_STEPS } from './hand/steps.ts';

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

/**
 * The house, and how members' stakes went. Pools of before have no house behind them and keep their rules; their settled stakes
 * are counted here once. A stake's forecast gives its own trader (50 + chips) of (50 for each trader + chips).
 */
const HOUSE = `
ALTER TABLE pools ADD COLUMN house_chips INTEGER NOT NULL DEFAULT 0 CHECK (house_chips >= 0);
ALTER TABLE payouts ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;

CREATE TABLE track_records (
  member TEXT PRIMARY KEY,
  forecasts INTEGER NOT NULL,
  won INTEGER NOT NULL,
  -- Won in a row if positive, lost in a row if negative.
  streak INTEGER NOT NULL,
  best_streak INTEGER NOT NULL,
  -- Sums of Brier scores in millionths: of the member's forecasts, and of even money.
  brier_ppm INTEGER NOT NULL,
  even_ppm INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often forecasts came true, by the tenth that their share was in.
CREATE TABLE calibration (
  member TEXT NOT NULL,
  tenth INTEGER NOT NULL,
  forecasts INTEGER NOT NULL,
  won INTEGER NOT NULL,
  PRIMARY KEY (member, tenth)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE judged AS
  SELECT member, n, won, (50.0 + chips) / (50 * traders + chips) AS share, 50.0 / (50 * traders + chips) AS rest, traders, winners
  FROM (
    SELECT s.member, p.rowid AS n, s.chips, json_array_length(p.outcomes) AS traders,
      json_array_length(r.result, '$.winners') AS winners,
      EXISTS (SELECT 1 FROM json_each(r.result, '$.winners') w WHERE w.value = s.outcome) AS won
    FROM stakes s JOIN pools p ON p.id = s.pool JOIN pool_results r ON r.pool = p.id
    WHERE p.status = 'settled' AND json_array_length(r.result, '$.winners') > 0
  );
-- A run is what lies between two changes of luck; it ends where the luck changes, or now.
CREATE TEMP TABLE runs AS
  SELECT member, won, count(*) AS length, max(n) AS last FROM (
    SELECT member, won, n, row_number() OVER (PARTITION BY member ORDER BY n)
      - row_number() OVER (PARTITION BY member, won ORDER BY n) AS run FROM judged
  ) GROUP BY member, won, run;
INSERT INTO track_records SELECT j.member, count(*), sum(j.won),
  (SELECT iif(r.won, r.length, -r.length) FROM runs r WHERE r.member = j.member ORDER BY r.last DESC LIMIT 1),
  coalesce((SELECT max(r.length) FROM runs r WHERE r.member = j.member AND r.won), 0),
  CAST(sum(round(1e6 * (share * share + (traders - 1) * rest * rest
    - 2.0 * iif(j.won, share + (winners - 1) * rest, winners * rest) / winners + 1.0 / winners))) AS INTEGER),
  CAST(sum(round(1e6 * (1.0 / winners - 1.0 / traders))) AS INTEGER)
  FROM judged j GROUP BY j.member;
INSERT INTO calibration SELECT member, CAST(min(9, share * 10) AS INTEGER), count(*), sum(won) FROM judged GROUP BY 1, 2;
DROP TABLE judged;
DROP TABLE runs;
`;

/**
 * Each leg names the account's entry before, so that a history is followed and not looked up: an index by account would be
 * written at as many places as members stake, and cost the more the longer the ledger is.
 */
const LEDGER_CHAIN = `
ALTER TABLE ledger_legs ADD COLUMN before INTEGER;
ALTER TABLE accounts ADD COLUMN last_entry INTEGER;
DROP TRIGGER ledger_legs_keep;
UPDATE ledger_legs SET before = chain.before FROM (
  SELECT entry, account, lag(entry) OVER (PARTITION BY account ORDER BY entry) AS before
  FROM (SELECT DISTINCT entry, account FROM ledger_legs)
) AS chain WHERE chain.entry = ledger_legs.entry AND chain.account = ledger_legs.account;
UPDATE accounts SET last_entry = last.entry
  FROM (SELECT account, max(entry) AS entry FROM ledger_legs GROUP BY account) AS last WHERE last.account = accounts.id;
CREATE TRIGGER ledger_legs_keep BEFORE UPDATE ON ledger_legs
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
DROP TRIGGER ledger_legs_book;
CREATE TRIGGER ledger_legs_book AFTER INSERT ON ledger_legs
  BEGIN UPDATE accounts SET chips = chips + NEW.chips, last_entry = NEW.entry WHERE id = NEW.account; END;
DROP INDEX ledger_legs_by_account;
`;

/** Nor is a stake written at a place for its member: whoever asks for one names the pool, or asks once for ever. */
const STAKES_BY_POOL = `
DROP INDEX stakes_by_member;
`;

/** One pool of each kind at a time: who gains most, and by how much the floor beats its twin. */
const POOLS_ABOUT = `
ALTER TABLE pools ADD COLUMN about TEXT NOT NULL DEFAULT 'gain' CHECK (about IN ('gain', 'twin'));
DROP INDEX pools_live;
CREATE UNIQUE INDEX pools_live ON pools (about) WHERE status IN ('open', 'locked');
`;

/** Who was paid the stake alone, for having run the show. Those of before are told by their exclusion, where it is still known. */
const BOUND_PAYOUTS = `
ALTER TABLE payouts ADD COLUMN bound INTEGER NOT NULL DEFAULT 0 CHECK (bound IN (0, 1));
UPDATE payouts SET bound = 1
  WHERE EXISTS (SELECT 1 FROM exclusions e WHERE e.pool = replace(payouts.pool, '-twin', '') AND e.member = payouts.member);
`;

/** A show may be years old as a bell asks for the rounds of its episode, or for those of its season. */
const ROUNDS_BY_EPISODE = `
CREATE INDEX rounds_by_episode ON rounds (season, episode, phase);
`;

/** Members who said whether a trader will mean the next thing it promises: what they see is told already. */
const BLUFFS_AHEAD = `
CREATE TABLE bluff_calls_ahead (
  trader TEXT NOT NULL,
  member TEXT NOT NULL,
  means INTEGER NOT NULL CHECK (means IN (0, 1)),
  PRIMARY KEY (trader, member)
) STRICT, WITHOUT ROWID;
`;

export const LATER_STEPS: readonly string[] = [
  STAKE_ORIGIN,
  MESSAGES,
  AUDIENCE,
  STAGE_RECORD,
  HOUSE,
  LEDGER_CHAIN,
  STAKES_BY_POOL,
  ...HAND_STEPS,
  POOLS_ABOUT,
  BOUND_PAYOUTS,
  ROUNDS_BY_EPISODE,
  BLUFFS_AHEAD,
];
