/** Posts that wait to be shown, and the outcome of showing them. */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { PoolStatus } from '#core/betting/ledger.ts';
import type { Fill } from '#core/trading/books.ts';
import type { RoomId, Size, Trade, TraderId } from '#core/vocabulary.ts';
import type { AwardsCard, RecapCard } from './card-views.ts';
import type { Question } from '#core/story/story.ts';
import type { Arc, Moment } from './story-views.ts';
import type { HandFacts, LooksBack, Vote, VoteQuestion } from './hand-views.ts';
import type { FloorView } from './painter.ts';

/** A room's id, or one of the show's own places. */
export type Place = RoomId | 'floor' | 'tape' | 'betting' | 'green-room';

/** A post that waits to be shown: an event and the place it belongs to. Written in the transaction of its action. */
export interface Planned {
  place: Place;
  post: Post;
  /** When it is due, in milliseconds after its round's opening; at once when that has passed. */
  afterMs: number;
}

/** What the stage is asked to show. Core's events as they are, and what the show adds to them. */
export type Post =
  | {
      kind: 'event';
      event: ShowEvent;
      /** A line about which members may guess whether its trader means it. */
      guess?: true;
    }
  /** The fills of one turn, together. */
  | { kind: 'deal'; trader: TraderId; trade: Trade; size: Size; fills: Fill[] }
  /** Who came into a room and who left it since that was last told there. `from` null: from nowhere that is known. */
  | {
      kind: 'moves';
      came: { trader: TraderId; from: RoomId | null }[];
      left: { trader: TraderId; to: RoomId }[];
    }
  | { kind: 'floorPicture'; view: FloorView }
  /** A closing bell with its card; null where pictures are off. */
  | {
      kind: 'bell';
      event: EventOf<'episodeClosed' | 'seasonClosed'>;
      card: RecapCard | AwardsCard | null;
      /** At a season's end. */
      arcs?: Arc[];
    }
  /** The end of an episode, in #the-floor: the question's answer and the moments that mattered. */
  | {
      kind: 'highlights';
      event: EventOf<'episodeClosed'>;
      moments: Moment[];
      next: Question | null;
      /** Unknown in posts of before. */
      looksBack?: LooksBack;
    }
  /** A season's seal; and what opens the one before, where it had one, with whether it is going to be archived. */
  | {
      kind: 'seal';
      season: number;
      seal: string;
      opened: { season: number; seed: number; salt: string; seal: string; archived: boolean } | null;
    }
  /** What members did in the episode, and what came of it. */
  | { kind: 'hand'; episode: number; facts: HandFacts }
  /** Members put chips together to have a thought read out. */
  | { kind: 'leakOpened'; trader: TraderId; round: number }
  /** What members may vote on until the opening bell; that it is over; and how they voted. */
  | {
      kind: 'voteOpened';
      poolId: string;
      episode: number;
      questions: VoteQuestion[];
      /** When the doors open, where they are closed until then. */
      opensMs?: number;
    }
  | { kind: 'voteClosed'; poolId: string; episode: number; questions: VoteQuestion[] }
  | { kind: 'voteCounted'; votes: Vote[] }
  /** The show plays by appointment, and nothing happens before that time. */
  | { kind: 'doorsClosed'; opensMs: number }
  | { kind: 'poolOpened'; poolId: string }
  | { kind: 'poolClosed'; poolId: string; status: PoolStatus }
  /** Calls the members of this role of Discord's to the open pool. */
  | { kind: 'bellCalled'; role: string; episode: number }
  /** A member who had no chips left was given some: a bailout is public. */
  | { kind: 'memberBailedOut'; member: string; chips: number }
  /**
   * A message names somebody who was forgotten since: it is reworded, from its posts. By the row of one of them where it was not
   * known to be sent yet: it may be under way in the old words.
   */
  | { kind: 'reworded'; messageId: string }
  | { kind: 'reworded'; row: number };

/** What a post is counted as: its event's type, or its own kind. */
export type PostKind = ShowEvent['type'] | Exclude<Post['kind'], 'event'>;

/** A post that waits, as a look at the outbox sees it: everything but the post itself. */
export interface WaitingRow {
  id: number;
  round: number;
  place: Place;
  kind: PostKind;
  dueMs: number;
  /** `unknown`: it was being sent when the answer was lost, so it may be shown already. */
  status: 'planned' | 'unknown';
  /** The first row of the message that an `unknown` row was sent in; the rows of one message share it. */
  message: number | null;
}

export interface OutboxRow extends Planned, WaitingRow {}

/** Why posts leave the outbox unshown: they came too late, quiet hours held them back, or there was nothing to see. */
export type Unshown = 'late' | 'quiet' | 'nothing';

/** Lines of a place that were not shown, and about which nobody was told yet. */
export interface LostLines {
  lines: number;
  fromMs: number;
  toMs: number;
  firstRow: number;
  lastRow: number;
  /** True when quiet hours held all of them back. */
  quiet: boolean;
}

export interface Outbox {
  /** Places where something waits. */
  places(): Place[];
  /** What waits in a place, in the order of showing. What is being sent is not among it. */
  waiting(place: Place, limit: number): WaitingRow[];
  /** What waits in a place and may have been shown, in the order of showing: the rows of one message lie together. */
  unknown(place: Place): WaitingRow[];
  /** What waits in a place, was never sent, and is too old by round or by time, but for some kinds. Oldest first. */
  overdue(place: Place, by: { round: number } | { dueMs: number }, but: readonly PostKind[]): WaitingRow[];
  /** What waits in a place, was never sent, and has as many of its kind after it as `newest` says. Oldest first. */
  surplus(place: Place, newest: Partial<Record<PostKind, number>>): WaitingRow[];
  /** What waits in a place, was never sent, and has as many of any kind after it as `newest` says. Oldest first. */
  waitingBefore(place: Place, newest: number): WaitingRow[];
  /** The oldest closing bell that waits or is being sent; null when every bell was heard. */
  unheardBell(): Pick<WaitingRow, 'id' | 'dueMs'> | null;
  /** The clock was set back: what waits for a time further off than it was planned for is due now. Returns how many rows. */
  clockSetBack(nowMs: number): number;
  /** The rows with their posts, in the order given. */
  read(rows: readonly WaitingRow[]): OutboxRow[];

  // A message is one unit: its rows are marked together.
  /** Written before a message is sent: rows found in it after a restart may have been sent or not. */
  sending(ids: readonly number[]): void;
  /** A request that failed: the rows are due again, as `unknown` when they may nevertheless have been posted. */
  failed(ids: readonly number[], mayHavePosted: boolean): void;
  sent(ids: readonly number[], messageId: string): void;
  /** They will not be shown. What is `late` or `quiet` counts as lost until `lostTold`. */
  folded(ids: readonly number[], why: Unshown): void;

  /** Null when nobody misses anything in the place. */
  lost(place: Place): LostLines | null;
  /** Members were told about what `lost` returned. */
  lostTold(place: Place, lost: LostLines): void;
  /** True for a message that shows a post of this outbox. */
  shows(messageId: string): boolean;
  /** The newest message that shows a post in the place; null before the first. */
  newestIn(place: Place): string | null;
  /** The message that shows a post of one of these kinds of a round, about this trader if it is about one; null if none does. */
  messageOf(of: { place: Place; round: number; kinds: readonly PostKind[]; trader: TraderId }): string | null;
  /** The message in which a row was sent; null while it waits, and where it was never shown. */
  messageOfRow(row: number): string | null;
  /** The newest message of a place that shows a post of this kind; null where none does. */
  latestOf(place: Place, kind: PostKind): string | null;
  /** What a message shows, in its order; nothing for a message that is no longer known. */
  shownIn(messageId: string): Planned[];
  pending(): number;
  /** What was sent since the show began; `byKind` by an event's type or else the post's kind. */
  counts(): { sent: number; byKind: Record<string, number> };
}
