/** The show's memory: what happened, stored before anybody sees it, and what is read back from it. */
import type { Action } from '#core/actions/action.ts';
import type { Decision } from '#core/decision.ts';
import type { ShowEvent } from '#core/events.ts';
import type { ShowState } from '#core/state.ts';
import type { Fill } from '#core/trading/books.ts';
import type { Fumble, Instrument, Phase, RegimeId, RoomId, Size, Trade, TraderId } from '#core/vocabulary.ts';
import type { Answer } from './brain.ts';
import type { Planned } from './outbox.ts';

export interface JournalEntry {
  seq: number;
  /** The round that is open or was last opened when the action applied. */
  round: number;
  action: Action;
  atMs: number;
}

export interface TurnRecord {
  round: number;
  trader: TraderId;
  room: RoomId;
  decision: Decision;
  raw: string;
  fumble: Fumble | null;
  refusals: string[];
  ms: number;
}

export interface RoundFact {
  round: number;
  season: number;
  episode: number;
  phase: Phase;
  regime: RegimeId;
  openedAtMs: number;
}

/** The rounds of an episode, both included; of the one that is on, those until now. */
export interface EpisodeSpan {
  episode: number;
  from: number;
  to: number;
}

/** What a trader had as a round closed. */
export interface ClosingEquity {
  round: number;
  trader: TraderId;
  equityCents: number;
}

/** A turn as everybody could see it. */
export interface TurnFact {
  round: number;
  trader: TraderId;
  room: RoomId;
  trade: Trade;
  size: Size;
  speech: string;
  fumble: Fumble | null;
}

export interface AuditRecord {
  atMs: number;
  round: number;
  /** Discord user id, or "console". */
  by: string;
  what:
    | 'chaos'
    | 'headline'
    | 'rumour'
    | 'bell'
    | 'start'
    | 'pause'
    | 'resume'
    | 'stop'
    | 'pace'
    | 'model'
    | 'setup'
    | 'bailout'
    | 'settings'
    | 'cast';
  /** A producer's own headline, a new pace. */
  detail: string | null;
}

/**
 * The show's memory. The simulation stores everything by `record`: the action, its events and its posts, in one synchronous
 * transaction, before anybody sees them. After a kill the journal leads to the same state, even in the middle of a round.
 */
/** What may name somebody who was forgotten: messages, and rows of the outbox that were not known to be sent yet. */
export interface StillNaming {
  messages: string[];
  rows: number[];
}

export interface ShowStore {
  /** Runs `work`, with every `record` and chip movement in it, as one transaction: all of it is stored, or none. */
  atomically<T>(work: () => T): T;
  /** The last snapshot and the actions after it; null for a new show. */
  load(): { snapshot: ShowState; actions: JournalEntry[] } | null;
  /** The first snapshot of a new show, or of one that goes on with other content: a recording begins at the newest. */
  found(state: ShowState, contentHash: string, atMs: number): void;
  record(entry: {
    action: Action;
    /** After the action. Stored as a snapshot, with `hash`, when the action closed a round. */
    state: ShowState;
    hash: string | null;
    events: readonly ShowEvent[];
    planned: readonly Planned[];
    /** The brain's answer when the action is a turn that was not fumbled. */
    answer: Answer | null;
    atMs: number;
  }): void;
  /** Posts that do not come from an action: a pool, a picture. */
  post(planned: readonly Planned[], round: number, atMs: number): void;
  /** The founding snapshot and everything since: what a replay applies. */
  recording(): { founding: ShowState; contentHash: string; entries: Iterable<JournalEntry> };
  /** The newest stored state from the close of `round` or before, and everything since; null where none is kept. */
  recordingFrom(round: number): { state: ShowState; entries: Iterable<JournalEntry> } | null;
  /** The place of the last entry in the journal; 0 before the first. */
  position(): number;
  /** What lies between two places of the journal, and the state that was stored at the first; null where it is not kept. */
  recordingBetween(
    afterSeq: number,
    toSeq: number,
  ): { founding: ShowState; entries: Iterable<JournalEntry> } | null;
  /** Hash of the state after each closed round. */
  roundHashes(): { round: number; hash: string }[];
  /** The same of one round; null where none is stored. */
  roundHash(round: number): string | null;
  /** Newest first. */
  turns(trader: TraderId, limit: number): TurnRecord[];
  turn(trader: TraderId, round: number): TurnRecord | null;
  /** Equity of every trader at the close of each round from `sinceRound`, to `untilRound` where it is given, oldest first. */
  equityCurves(sinceRound: number, untilRound?: number): ClosingEquity[];
  /** Prices as each round opened, from `sinceRound`, oldest first. */
  priceCurves(sinceRound: number): { round: number; instrument: Instrument; priceCents: number }[];
  /** The round that a season began with; null before it. */
  firstRoundOf(season: number): number | null;
  /** Null for an episode that has no round. */
  episodeSpan(season: number, episode: number): EpisodeSpan | null;
  /** Of a season, oldest first. */
  episodes(season: number): EpisodeSpan[];
  /** Rounds as they opened, from `sinceRound`, oldest first. */
  rounds(sinceRound: number): RoundFact[];
  /** From `sinceRound`, oldest first. Old ones are pruned, as turns are. */
  fills(sinceRound: number): (Fill & { round: number })[];
  /** Turns without their thoughts, from `sinceRound`, oldest first. */
  turnFacts(sinceRound: number): TurnFact[];
  counts(): { rounds: number; turns: number; fumbles: number };
  audit(record: AuditRecord): void;
  /** Newest first; `null` for whatever was done. */
  audits(what: AuditRecord['what'] | null, limit: number): AuditRecord[];
  /** How many entries of the audit log are by this user. */
  actsOf(user: string): number;
  /** Puts another name in the user's place in the audit log and in posts. */
  forget(user: string, as: string): StillNaming;
  close(): void;
}
