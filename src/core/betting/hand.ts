/** What it costs members to have a hand in the show, and where their chips wait until it is done. */
import { potOf } from './ledger.ts';
import type { TraderId } from '../vocabulary.ts';

export const WHISPER_CHIPS = 100;
/** Characters of a tip. */
export const WHISPER_MAX = 80;
/** So many chips of any number of members open a thought. */
export const LEAK_CHIPS = 300;
/** Older thoughts are nobody's business any more. */
export const LEAK_ROUNDS = 24;

/** Chips of a tip that was not heard yet. */
export const whisperPot = (id: number): string => potOf(`whisper-${id}`);
/** Chips that members put together under a thought. */
export const leakPot = (trader: TraderId, round: number): string => potOf(`leak-${trader}-${round}`);
