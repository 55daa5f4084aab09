/** Interest, margin, bankruptcy: what the market's move means for one trader. */
import type { Draft } from '../actions/draft.ts';
import { personaOf } from '../content.ts';
import { BPS, type TraderId } from '../vocabulary.ts';
import {
  borrowedCents,
  cutPositions,
  equityCents,
  exposureCents,
  underMargin,
  type Dealing,
} from './books.ts';
import { charge, dealing, recordFills, type DeskEvent } from './desk.ts';
import { noteFall } from '../story/plot.ts';
import { bankruptCents } from './bankruptcy.ts';
import type { Trader } from './trader.ts';

export type MarginEvent =
  | DeskEvent
  | {
      type: 'marginCalled';
      trader: TraderId;
      equityCents: number;
      exposureCents: number;
      liquidated: boolean;
    }
  | { type: 'bankrupted'; trader: TraderId; equityCents: number; obituary: string };

export function settleRound(draft: Draft<MarginEvent>, trader: Trader): void {
  const { state, content, tell } = draft;
  const prices = state.market.priceCents;
  const owed = Math.ceil((borrowedCents(trader.book, prices) * state.rules.interestBps) / BPS);
  if (owed > 0) charge(draft, trader, 'interest', -owed);
  const deal = dealing(state, personaOf(content, trader.id), trader);
  if (underMargin(trader.book, prices, state.rules)) {
    const before = {
      equityCents: equityCents(trader.book, prices),
      exposureCents: exposureCents(trader.book, prices),
    };
    const cuts = cutPositions(deal, BPS / 2, 'margin');
    const liquidated = underMargin(trader.book, prices, state.rules);
    const rest = liquidated ? cutPositions(deal, 0, 'liquidation') : [];
    tell({ type: 'marginCalled', trader: trader.id, ...before, liquidated });
    recordFills(draft, [...cuts, ...rest]);
  }
  if (trader.standing === 'trading' && equityCents(trader.book, prices) <= bankruptCents(state.rules))
    goBankrupt(draft, trader, deal);
}

function goBankrupt(draft: Draft<MarginEvent>, trader: Trader, deal: Dealing): void {
  recordFills(draft, cutPositions(deal, 0, 'liquidation'));
  if (trader.book.cashCents < 0) charge(draft, trader, 'write_off', -trader.book.cashCents);
  trader.standing = 'intern';
  noteFall(draft.state, trader);
  draft.tell({
    type: 'bankrupted',
    trader: trader.id,
    equityCents: trader.book.cashCents,
    obituary: personaOf(draft.content, trader.id).obituary,
  });
}
