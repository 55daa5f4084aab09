/** Everything that can happen to a show, as data. The journal stores actions in order; a replay applies them again. */
import type { Decision } from '../decision.ts';
import type { Headline } from '../state.ts';
import type { Fumble, TraderId } from '../vocabulary.ts';

export type Action =
  /** Rings the opening or closing bell when due, moves the market, breaks news, sets who speaks when. */
  | { type: 'openRound' }
  /** `decision` as the brain answered; null with the reason when it fumbled. */
  | { type: 'takeTurn'; trader: TraderId; decision: Decision; fumble: null }
  | { type: 'takeTurn'; trader: TraderId; decision: null; fumble: Fumble }
  /** Everybody walks, lines grow old, the round's books are proved. */
  | { type: 'closeRound' }
  /** A catastrophic headline, an immediate gap, the market in Crash. `text`: a producer's own words, cleaned. */
  | { type: 'strikeChaos'; text: string | null }
  | { type: 'breakHeadline'; headline: Headline }
  /** Members voted an intern back in, with a loan. */
  | { type: 'bailOut'; trader: TraderId }
  /** A thought is read out in its trader's room, where the others hear it. */
  | { type: 'leakThought'; trader: TraderId; text: string }
  /** The season has had its time: the next closing bell ends it. */
  | { type: 'endSeason' }
  /** A season ends with every so manieth episode; null: never by their number. */
  | { type: 'setSeasonEpisodes'; episodes: number | null };
