/** What the show needs from the outside. Each port is as small as its use; everything that waits takes an AbortSignal. */
import type { Action } from '#core/actions/action.ts';
import type { Weather } from '#core/content.ts';
import type { Decision, DecisionKey } from '#core/decision.ts';
import type { EventOf, Fill, ShowEvent } from '#core/events.ts';
import type { Entry, EntryReason, PoolStatus } from '#core/ledger.ts';
import type { Observation } from '#core/observation.ts';
import type { ShowState } from '#core/state.ts';
import type { AwardsCard, CardView, RecapCard } from './card-views.ts';
import type { Fumble, Instrument, Phase, RegimeId, RoomId, Size, Trade, TraderId } from '#core/vocabulary.ts';

// ---------------------------------------------------------------------------------------------------------- brain

/** One turn to think. `id` names the operation: an answer that comes after its turn is over is dropped by it. */
export interface Turn {
  id: string;
  observation: Observation;
}

export interface Answer {
  decision: Decision;
  /** What the brain wrote, unparsed: stored with the turn. */
  raw: string;
  tokens: { evaluated: number; forced: number; sampled: number } | null;
  ms: number;
}

/** A turn that a brain failed. Anything else that a brain throws counts as `engine_error`. */
export class FumbleError extends Error {
  readonly code: Fumble;
  constructor(code: Fumble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FumbleError';
    this.code = code;
  }
}

/**
 * Who thinks. Turns in different rooms are asked for at the same time; a brain batches whatever is in flight. Speakers
 * of one room come one after another.
 */
export interface Brain {
  /** For people and reports: "scripted", "llama Llama-3.2-1B-Instruct-Q4_K_M.gguf". */
  readonly label: string;
  think(turn: Turn, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** The order in which the answer's keys are generated; the lab varies it. */
export type KeyOrder = readonly DecisionKey[];

/** Exchanges the model that thinks, while the show runs. */
export interface ModelDesk {
  /** Models known by name. */
  known(): { id: string; title: string }[];
  /** Loads it, downloading it first if need be, then frees the one before. Rejects with an error of one line. */
  change(name: string): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------------- clock

export interface Clock {
  nowMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

// ---------------------------------------------------------------------------------------------------------- store

/** A post that waits to be shown: an event and the place it belongs to. Written in the transaction of its action. */
export interface Planned {
  /** A room's id, or one of the show's own places. */
  place: RoomId | 'floor' | 'tape' | 'betting' | 'green-room';
  post: Post;
  /** When it is due, in milliseconds after its round's opening; at once when that has passed. */
  afterMs: number;
}

/** What the stage is asked to show. Core's events as they are, and what the show adds to them. */
export type Post =
  | { kind: 'event'; event: ShowEvent }
  /** The fills of one turn, together. */
  | { kind: 'deal'; trader: TraderId; trade: Trade; size: Size; fills: Fill[] }
  | { kind: 'floorPicture'; view: FloorView }
  /** A closing bell with its card; null where pictures are off. */
  | { kind: 'bell'; event: EventOf<'episodeClosed' | 'seasonClosed'>; card: RecapCard | AwardsCard | null }
  | { kind: 'poolOpened'; poolId: string }
  | { kind: 'poolClosed'; poolId: string; status: PoolStatus }
  /** A member who had no chips left was given some: a bailout is public. */
  | { kind: 'memberBailedOut'; member: string; chips: number }
  /** A message that stands names somebody who was forgotten since: it is put into words anew, from its posts. */
  | { kind: 'reworded'; messageId: string };

export interface OutboxRow extends Planned {
  id: number;
  round: number;
  dueMs: number;
  status: 'planned' | 'sent' | 'unknown' | 'folded';
}

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
}

/** A turn as everybody could see it. */
export interface TurnFact {
  round: number;
  trader: TraderId;
  trade: Trade;
  size: Size;
  speech: string;
}

export interface AuditRecord {
  atMs: number;
  round: number;
  /** Discord user id, or "console". */
  by: string;
  what: 'chaos' | 'start' | 'pause' | 'resume' | 'stop' | 'pace' | 'model' | 'setup' | 'bailout' | 'settings';
  /** A producer's own headline, a new pace. */
  detail: string | null;
}

/**
 * The show's memory. `record` is the one way in for the simulation: the action, what came of it and the posts are
 * stored in one synchronous transaction, before anybody sees them. After a kill the journal leads to the same state,
 * in the middle of a round too.
 */
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
  /** Posts that come of no action: a pool, a picture. */
  post(planned: readonly Planned[], round: number, atMs: number): void;
  /** The founding snapshot and everything since: what a replay applies. */
  recording(): { founding: ShowState; contentHash: string; entries: Iterable<JournalEntry> };
  /** The newest stored state from the close of `round` or before, and everything since; null where none is kept. */
  recordingFrom(round: number): { state: ShowState; entries: Iterable<JournalEntry> } | null;
  /** Hash of the state after each closed round. */
  roundHashes(): { round: number; hash: string }[];
  /** Newest first. */
  turns(trader: TraderId, limit: number): TurnRecord[];
  turn(trader: TraderId, round: number): TurnRecord | null;
  /** Equity of every trader at the close of each round from `sinceRound`, oldest first. */
  equityCurves(sinceRound: number): { round: number; trader: TraderId; equityCents: number }[];
  /** Prices as each round opened, from `sinceRound`, oldest first. */
  priceCurves(sinceRound: number): { round: number; instrument: Instrument; priceCents: number }[];
  /** The round that a season began with; null before it. */
  firstRoundOf(season: number): number | null;
  /** Rounds as they opened, from `sinceRound`, oldest first. */
  rounds(sinceRound: number): RoundFact[];
  /** From `sinceRound`, oldest first. Old ones are pruned, as turns are. */
  fills(sinceRound: number): (Fill & { round: number })[];
  /** Turns without their thoughts, from `sinceRound`, oldest first. */
  turnFacts(sinceRound: number): TurnFact[];
  counts(): { rounds: number; turns: number; fumbles: number };
  audit(record: AuditRecord): void;
  audits(what: AuditRecord['what'], limit: number): AuditRecord[];
  /** How many entries of the audit log are by this user. */
  actsOf(user: string): number;
  /** Puts another name in the user's place in the audit log and in posts. Returns the ids of messages that name the user. */
  forget(user: string, as: string): string[];
  close(): void;
}

// ---------------------------------------------------------------------------------------------------------- chips

export interface Pool {
  id: string;
  season: number;
  /** The episode whose outcome it is about. */
  episode: number;
  outcomes: TraderId[];
  status: PoolStatus;
  openedAtMs: number;
  lockedAtMs: number | null;
  /** From the jackpot, added to the pot. */
  seedChips: number;
}

/** How a stake was placed: what a reaction placed stands and falls with the reaction, what a command placed does not. */
export type StakeOrigin = 'reaction' | 'command';

export interface Stake {
  member: string;
  outcome: TraderId;
  chips: number;
  origin: StakeOrigin;
}

export interface ChipStore {
  pool(id: string): Pool | null;
  /** The one that is open or locked. */
  livePool(): Pool | null;
  stakes(poolId: string): Stake[];
  stake(poolId: string, member: string): Stake | null;
  balance(account: string): number;
  /** Everybody who ever had chips, richest first. */
  wallets(limit: number): { member: string; chips: number }[];
  history(member: string, limit: number): Entry[];
  /** When the account last had an entry for this reason. */
  lastAtMs(account: string, reason: EntryReason): number | null;
  ledgerSum(): number;
  /** Runs `work` in one synchronous transaction; what it posts and sets is stored whole or not at all. */
  transact<T>(work: (tx: ChipTransaction) => T): T;
}

export interface ChipTransaction {
  post(entry: Entry): void;
  savePool(pool: Pool): void;
  setStake(poolId: string, member: string, stake: Stake | null): void;
  /**
   * Takes the member's name out of accounts and past stakes; every sum still holds. The member must have no stake in a
   * pool that is open or locked. Returns what stands there instead; null when the member had no account.
   */
  forget(member: string): string | null;
}

// --------------------------------------------------------------------------------------------------------- stage's

/** Small durable facts of the stage by name: ids of channels, webhooks, messages. */
export interface Notes {
  get(name: string): string | null;
  set(name: string, value: string): void;
  delete(name: string): void;
  entries(prefix: string): { name: string; value: string }[];
}

export interface Outbox {
  /** Rows that are still to be shown, oldest first. */
  due(nowMs: number, limit: number): OutboxRow[];
  /** Written before sending: a row found in it after a restart may have been sent or not. */
  sending(id: number): void;
  /** A send that did not succeed: the row is due again, as `unknown` when it may have been posted all the same. */
  failed(id: number, mayHavePosted: boolean): void;
  sent(id: number, messageId: string): void;
  folded(ids: readonly number[]): void;
  /** What a message shows, in its order; nothing for one that is not known any more. */
  shownIn(messageId: string): Planned[];
  pending(): number;
  /** What was sent since the show began; `byKind` by an event's type or else the post's kind. */
  counts(): { sent: number; byKind: Record<string, number> };
}

// --------------------------------------------------------------------------------------------------------- painter

/** What the floor's picture shows: enough to draw it again at any time, nothing private. */
export interface FloorView {
  round: number;
  season: number;
  episode: number;
  phase: 'intermission' | 'episode';
  roundsLeft: number;
  /** Rounds that the phase has in all: with `roundsLeft` the time of day. */
  phaseRounds: number;
  regime: { id: string; name: string; color: string; weather: Weather; papersFly: boolean };
  headline: { text: string; source: string } | null;
  prices: {
    instrument: string;
    priceCents: number;
    roundBps: number;
    episodeBps: number;
    /** Prices as recent rounds opened, the present one last: for a chart. */
    curveCents: number[];
  }[];
  traders: {
    id: TraderId;
    name: string;
    color: string;
    sprite: string;
    room: RoomId;
    cameFrom: RoomId | null;
    /** The room it is in when the round is over; its own room when it stays. */
    heading: RoomId;
    standing: 'trading' | 'intern';
    bailouts: number;
    equityCents: number;
    episodeBps: number;
    /** Equity at the close of recent rounds, oldest first: for a sparkline. */
    curveCents: number[];
    line: string | null;
    /** Its place among the round's lines, from 0; null without a line. */
    lineOrder: number | null;
    trade: string | null;
  }[];
  tape: string[];
  /** While an intermission's bets are open. */
  pool: PoolView | null;
}

/** An open pool as everybody may see it. */
export interface PoolView {
  /** The episode whose outcome it is about. */
  episode: number;
  potChips: number;
  odds: {
    trader: TraderId;
    /** Of the stakes, in basis points. */
    shareBps: number;
    /** What 100 chips on it would return as things stand. */
    per100: number;
  }[];
}

export type * from './card-views.ts';

export interface Painter {
  /** A PNG. Rejects when drawing fails or takes too long; callers fall back to text. */
  floor(view: FloorView, signal: AbortSignal): Promise<Uint8Array>;
  /** An animated GIF: the round's lines as they were said, then everybody walks. Rejects as `floor` does. */
  round(view: FloorView, signal: AbortSignal): Promise<Uint8Array>;
  /** A PNG of 800 x 500: a chart, a trader's card, a bell's recap, the awards. Rejects as `floor` does. */
  card(view: CardView, signal: AbortSignal): Promise<Uint8Array>;
  portrait(traderId: TraderId): Promise<Uint8Array>;
  close(): Promise<void>;
}
