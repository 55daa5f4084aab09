/** The tables of the audience's hand. A step that was released never changes. */

/** What members do beside betting: tips for a trader's ear, and thoughts that they have read out. */
const WHISPERS_AND_LEAKS = `
CREATE TABLE whispers (
  id INTEGER PRIMARY KEY,
  pool TEXT NOT NULL,
  member TEXT NOT NULL,
  trader TEXT NOT NULL,
  text TEXT NOT NULL,
  names TEXT,
  tone TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'heard', 'returned')),
  heard_round INTEGER
) STRICT;
CREATE INDEX whispers_by_pool ON whispers (pool);
CREATE INDEX whispers_waiting ON whispers (id) WHERE status = 'waiting';

CREATE TABLE leaks (
  trader TEXT NOT NULL,
  round INTEGER NOT NULL,
  pool TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'told', 'returned')),
  PRIMARY KEY (trader, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaks_by_pool ON leaks (pool);
CREATE INDEX leaks_open ON leaks (trader, round) WHERE status = 'open';

CREATE TABLE pledges (
  trader TEXT NOT NULL,
  round INTEGER NOT NULL,
  member TEXT NOT NULL,
  chips INTEGER NOT NULL CHECK (chips >= 0),
  PRIMARY KEY (trader, round, member)
) STRICT, WITHOUT ROWID;
`;

/** Members in a trader's chair; and of those who agreed, what they decided there, without a name. */
const CHAIRS = `
CREATE TABLE seats (
  member TEXT NOT NULL,
  round INTEGER NOT NULL,
  trader TEXT NOT NULL,
  pool TEXT NOT NULL,
  trade TEXT,
  size TEXT NOT NULL,
  location TEXT NOT NULL,
  -- By the closing bell, in cents: of the member's choice and of the trader's own. Null before it.
  own_cents INTEGER,
  trader_cents INTEGER,
  PRIMARY KEY (member, round, trader)
) STRICT, WITHOUT ROWID;
CREATE INDEX seats_by_pool ON seats (pool);

CREATE TABLE chair_consents (
  member TEXT PRIMARY KEY,
  agrees INTEGER NOT NULL CHECK (agrees IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE human_turns (
  id INTEGER PRIMARY KEY,
  season INTEGER NOT NULL,
  round INTEGER NOT NULL,
  trader TEXT NOT NULL,
  observation TEXT NOT NULL,
  decision TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
`;

/** What members vote on in an intermission. */
const VOTES = `
CREATE TABLE votes (
  pool TEXT NOT NULL,
  nth INTEGER NOT NULL,
  question TEXT NOT NULL,
  won TEXT CHECK (won IN ('first', 'second', 'tie')),
  PRIMARY KEY (pool, nth)
) STRICT, WITHOUT ROWID;
CREATE TABLE ballots (
  pool TEXT NOT NULL,
  nth INTEGER NOT NULL,
  member TEXT NOT NULL,
  answer INTEGER NOT NULL CHECK (answer IN (0, 1)),
  PRIMARY KEY (pool, nth, member)
) STRICT, WITHOUT ROWID;
`;

/** Members who said whether a trader means what it says, and how good they are at it in a season, against each trader. */
const BLUFFS = `
CREATE TABLE bluff_calls (
  member TEXT NOT NULL,
  round INTEGER NOT NULL,
  trader TEXT NOT NULL,
  pool TEXT NOT NULL,
  means INTEGER NOT NULL CHECK (means IN (0, 1)),
  was_right INTEGER CHECK (was_right IN (0, 1)),
  PRIMARY KEY (member, round, trader)
) STRICT, WITHOUT ROWID;
CREATE INDEX bluff_calls_by_pool ON bluff_calls (pool);
CREATE INDEX bluff_calls_open ON bluff_calls (round) WHERE was_right IS NULL;
CREATE TABLE bluff_ratings (
  season INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('member', 'trader')),
  who TEXT NOT NULL,
  elo INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (season, kind, who)
) STRICT, WITHOUT ROWID;
`;

/** Episodes as they are told again later; they name no member. */
const RECAPS = `
CREATE TABLE recaps (
  season INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  recap TEXT NOT NULL,
  PRIMARY KEY (season, episode)
) STRICT, WITHOUT ROWID;
`;

/** Where a thought was read out and when a vote was counted: what tells of it later links it. */
const WHERE_IT_STOOD = `
ALTER TABLE leaks ADD COLUMN told_round INTEGER;
ALTER TABLE leaks ADD COLUMN told_room TEXT;
ALTER TABLE votes ADD COLUMN counted_round INTEGER;
`;

export const HAND_STEPS: readonly string[] = [
  WHISPERS_AND_LEAKS,
  CHAIRS,
  VOTES,
  BLUFFS,
  RECAPS,
  WHERE_IT_STOOD,
];
