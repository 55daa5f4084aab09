/** The moments of an episode and the arcs of a season, as the stage tells them: plain data, nothing private. */
import type { Instrument, RoomId, TraderId } from '#core/vocabulary.ts';

export type MomentKind = 'swing' | 'burn' | 'betrayal' | 'fall' | 'call' | 'blunder';

/** A position that was given up, wholly or in part, to make room for another. */
export interface LeftPosition {
  instrument: Instrument;
  was: 'long' | 'short';
}

export interface Moment {
  kind: MomentKind;
  round: number;
  trader: TraderId;
  /** Who was burnt or betrayed. */
  other?: TraderId;
  instrument?: Instrument;
  /** Of a call: what it gave up, where most of the sum comes of that and not of what it bought. */
  left?: LeftPosition;
  /** Of a call: the first deal of its trader in the episode. Unknown in what was kept before. */
  opens?: true;
  /** Signed: of a swing or a call; what a betrayal cost is negative. */
  cents?: number;
  line?: string;
  /** Where a message of it is looked for, and of whom: the line in its room, or the deal on the tape. */
  shown: {
    place: RoomId | 'tape' | 'betting';
    kinds: readonly (
      | 'spoke'
      | 'deal'
      | 'marginCalled'
      | 'bankrupted'
      | 'roundOpened'
      | 'thoughtLeaked'
      | 'voteCounted'
    )[];
  };
}

export type ArcKind = 'phoenix' | 'fallen' | 'icarus' | 'diver' | 'riser' | 'slider' | 'steady';

export interface Arc {
  trader: TraderId;
  kind: ArcKind;
  endCents: number;
  peak: { episode: number; cents: number };
  low: { episode: number; cents: number };
  /** Episodes that it won. */
  wins: number;
  /** Episodes in which it went bankrupt, oldest first. */
  falls: number[];
}
