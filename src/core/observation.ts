/** Everything one trader may see this turn, and nothing else. `observe` is the only place where that is decided. */
import type { SeenBond } from './memory/bonds.ts';
import type { SeenFact } from './memory/recall.ts';
import type { Headline } from './state.ts';
import type { Bend } from './trading/bends.ts';
import type { Instrument, Phase, Refusal, RoomId, Size, Standing, Trade, TraderId } from './vocabulary.ts';

export interface SeenCompany {
  trader: TraderId;
  name: string;
  /** The last line it said that this trader heard, this round or the last; null: silent. */
  said: string | null;
  /** True when that line was said after this trader's own last line: it waits for an answer. */
  unanswered: boolean;
  justWalkedIn: boolean;
  /** How it stands with it, from -3, a grudge, to 3, a liking. Absent: neither. */
  feeling?: number;
}

export interface SeenPosition {
  instrument: Instrument;
  side: 'long' | 'short';
  valueCents: number;
  gainBps: number;
}

export interface SeenTurn {
  roundsAgo: number;
  trade: Trade;
  size: Size;
  refusal: Refusal | null;
  /** What equity has done since, in basis points. */
  gainSinceBps: number;
}

export interface SeenScene {
  won: boolean;
  other: { trader: TraderId; name: string };
  own: SeenResult;
  theirs: SeenResult;
}

/** `nine hundred dollars`, and whether they were gained. */
export interface SeenResult {
  amount: string;
  gained: boolean;
}

export interface Observation {
  trader: TraderId;
  name: string;
  round: number;
  /** Whether the market is open: a premiere is like an episode. */
  phase: Exclude<Phase, 'premiere'>;
  standing: Standing;
  /** Rounds left to the bell that ends this phase, this one included. */
  roundsLeft: number;
  room: RoomId;
  roomName: string;
  /** The rooms where the trader may go, the present one included: id and display name, in the office's order. */
  rooms: readonly { id: RoomId; name: string }[];
  headlines: readonly Headline[];
  prices: readonly { instrument: Instrument; priceCents: number; roundBps: number; episodeBps: number }[];
  equityCents: number;
  /** Against the season's starting cash. */
  gainBps: number;
  episodeGainBps: number;
  cashCents: number;
  positions: readonly SeenPosition[];
  ownTurns: readonly SeenTurn[];
  /** How the persona is bent until the next closing bell; absent when it is itself. */
  bend?: { kind: Bend; told: string };
  /** In the scene after the bell: whether this trader won the episode or came last, before whom, and what each made or lost. */
  scene?: SeenScene;
  /** The trader's own lines, oldest first: not to be said again. */
  ownLines: readonly string[];
  /** The same of many more rounds, to be begun in another way too. Absent: none. */
  saidLately?: readonly string[];
  company: readonly SeenCompany[];
  /** Names of those who left this room when the last round closed. */
  justLeft: readonly string[];
  /** What somebody says on the phone: a tip of a member, which nobody else hears. Absent: nobody calls. */
  phone?: { text: string; names: Instrument | null; tone: Headline['tone'] };
  /** What the floor remembers and this trader knows, first what comes to mind first; at most two. Absent: nothing. */
  facts?: readonly SeenFact[];
  /** The episode is over: alone before the camera, the trader says what it made of the fact above. Absent: it is a turn on the floor. */
  lookingBack?: true;
  /** Feuds and alliances with anybody, here or not. Absent: none. */
  bonds?: readonly SeenBond[];
}
