import type { Decision } from '../decision.ts';
import type { Refusal, TraderId } from '../vocabulary.ts';

/** A part of a decision that the rules do not allow. */
export interface Refused {
  type: 'refused';
  trader: TraderId;
  code: Refusal;
  trade: Decision['trade'];
  location: string;
}
