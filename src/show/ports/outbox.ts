/** Posts that wait to be shown, and what became of them. */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { PoolStatus } from '#core/ledger.ts';
import type { Fill } from '#core/trading/books.ts';
import type { RoomId, Size, Trade, TraderId } from '#core/vocabulary.ts';
import type { AwardsCard, RecapCard } from './card-views.ts';
import type { FloorView } from './painter.ts';

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
