/** The audience's hand in the show: tips and leaks. Written within the show's transactions. */
import type { Headline } from '#core/state.ts';
import type { Observation } from '#core/observation.ts';
import type { Recap, Vote, VoteQuestion } from './hand-views.ts';
import type { Instrument, RoomId, Size, Trade, TraderId } from '#core/vocabulary.ts';

export interface WhisperRecord {
  id: number;
  /** Of the episode that it counts for. */
  poolId: string;
  /** A name of nobody once the member deleted their data. */
  member: string;
  trader: TraderId;
  text: string;
  names: Instrument | null;
  tone: Headline['tone'];
  status: 'waiting' | 'heard' | 'returned';
  /** The round in which it was heard. */
  heardRound: number | null;
}

/** Members put chips together under a trader's thought. */
export interface Leak {
  /** Of the episode whose closing bell returns the chips, if there are not enough. */
  poolId: string;
  trader: TraderId;
  round: number;
  status: 'open' | 'told' | 'returned';
  /** In which round and room it was read out; null before, and where that is not known. */
  toldRound: number | null;
  toldIn: RoomId | null;
}

export interface Pledge {
  trader: TraderId;
  round: number;
  member: string;
  chips: number;
}

/** A member in a trader's chair: what the member would have done in that turn. */
export interface Seat {
  /** Of the episode whose closing bell judges it. */
  poolId: string;
  trader: TraderId;
  round: number;
  member: string;
  /** Null until it is chosen: then nothing is judged. */
  trade: Trade | null;
  size: Size;
  location: string;
  /** What it made by the bell, and what the trader's own choice did; null before the bell. */
  ownCents: number | null;
  traderCents: number | null;
}

/** A decision from the chair that its member agreed to have kept. It names nobody. */
export interface HumanTurn {
  season: number;
  round: number;
  trader: TraderId;
  observation: Observation;
  decision: { trade: Trade; size: Size; location: string };
  atMs: number;
}

export interface ChairRank {
  member: string;
  sat: number;
  beat: number;
  /** Sum of what the member's choices made more than the traders' own. */
  aheadCents: number;
}

/** A member says whether a trader means what it just said. */
export interface BluffCall {
  /** Of the episode that it counts for. */
  poolId: string;
  trader: TraderId;
  round: number;
  member: string;
  /** True: the trader does what it says. */
  means: boolean;
  /** Null until the round is over. */
  right: boolean | null;
}

/** The same before the line is said: it counts for the trader's next line that promises something. */
export type BluffAhead = Pick<BluffCall, 'trader' | 'member' | 'means'>;

export interface Rating {
  /** A member's id, or a trader's. */
  who: string;
  elo: number;
  right: number;
  wrong: number;
}

export interface HandStore {
  saveRecap(recap: Recap): void;
  /** Of an episode; null for the newest. */
  recap(season: number, episode: number | null): Recap | null;
  bluffCall(member: string, trader: TraderId, round: number): BluffCall | null;
  /** Those that are not judged, oldest first. */
  openCalls(): BluffCall[];
  calls(poolId: string): BluffCall[];
  saveCall(call: BluffCall): void;
  callAhead(member: string, trader: TraderId): BluffAhead | null;
  /** All that wait for the trader's next promise. */
  callsAhead(trader: TraderId): BluffAhead[];
  saveAhead(ahead: BluffAhead): void;
  dropAhead(ahead: BluffAhead): void;
  rating(season: number, kind: 'member' | 'trader', who: string): Rating | null;
  saveRating(season: number, kind: 'member' | 'trader', rating: Rating): void;
  /** Members of a season, highest rating first. */
  ratings(season: number, limit: number): Rating[];

  openVote(poolId: string, nth: number, question: VoteQuestion): void;
  /** Of an episode, in the order of the ballot. */
  votes(poolId: string): Vote[];
  /** What is said last counts. */
  cast(poolId: string, nth: number, member: string, answer: 0 | 1): void;
  /** `round`: the one in which its result is posted. */
  closeVote(poolId: string, nth: number, won: 0 | 1 | 'tie', round: number): void;

  seat(member: string, trader: TraderId, round: number): Seat | null;
  /** Of an episode, in the order of rounds. */
  seats(poolId: string): Seat[];
  /** The member's newest seat that the bell has judged. */
  lastJudged(member: string): Seat | null;
  saveSeat(seat: Seat): void;
  chairRanking(limit: number): ChairRank[];
  /** Whether decisions of the member may be kept without the name; null: not asked yet. */
  consent(member: string): boolean | null;
  setConsent(member: string, agrees: boolean): void;
  keepHumanTurn(turn: HumanTurn): void;
  /** Oldest first. */
  humanTurns(): HumanTurn[];

  /** Returns its id. */
  addWhisper(whisper: Omit<WhisperRecord, 'id' | 'status' | 'heardRound'>): number;
  whisper(id: number): WhisperRecord | null;
  /** Of an episode, oldest first. */
  whispers(poolId: string): WhisperRecord[];
  /** Of all members, or of one. */
  waitingWhispers(member: string | null): WhisperRecord[];
  endWhisper(id: number, status: 'heard' | 'returned', heardRound: number | null): void;
  leak(trader: TraderId, round: number): Leak | null;
  leaks(poolId: string): Leak[];
  openLeaks(): Leak[];
  saveLeak(leak: Leak): void;
  pledges(trader: TraderId, round: number): Pledge[];
  /** A member's, under thoughts that are not told yet. */
  openPledges(member: string): Pledge[];
  setPledge(pledge: Pledge): void;
  /** Whether anything here names the member. */
  knows(member: string): boolean;
  /** Takes the member's name out; `former` stands in its place where something must stay. Returns whether there was any. */
  forget(member: string, former: string): boolean;
}
