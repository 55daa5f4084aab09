/** What came after the first schema, a step each. A step that was released never changes. */

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

export const LATER_STEPS: readonly string[] = [STAKE_ORIGIN, MESSAGES, AUDIENCE, STAGE_RECORD];
