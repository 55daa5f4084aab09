/** What a turn would have made of a trader's book, had another choice been made in it. Nothing is changed. */
import { copyOf } from '../copy.ts';
import { personaOf, type Content } from '../content.ts';
import type { ShowState } from '../state.ts';
import { SIZES, TRADES, type Size, type Trade, type TraderId } from '../vocabulary.ts';
import { equityCents, rotate, type Prices } from './books.ts';
import { dealing } from './desk.ts';
import type { Book } from './trader.ts';

export interface Choice {
  trade: Trade;
  size: Size;
}

/** Every choice there is: Hold has no size that matters. */
export const CHOICES: readonly Choice[] = TRADES.flatMap((trade): Choice[] =>
  trade === 'Hold' ? [{ trade, size: 'Small' }] : SIZES.map((size) => ({ trade, size })),
);

/** The trader's book after the choice, by the rules that its own turn has in this state. */
export function bookAfter(state: ShowState, content: Content, id: TraderId, { trade, size }: Choice): Book {
  const trader = state.traders[id];
  if (!trader) throw new Error(`${id} is not a trader of this show`);
  const alone = { ...trader, book: copyOf(trader.book) };
  if (trade !== 'Hold' && trader.standing === 'trading' && state.phase !== 'intermission')
    rotate(dealing(state, personaOf(content, id), alone), trade, size);
  return alone.book;
}

/**
 * What the choice makes of the book's worth until prices are these, in cents, signed: held as it is, without interest and margin
 * calls.
 */
export function madeBy(
  state: ShowState,
  content: Content,
  id: TraderId,
  choice: Choice,
  closing: Prices,
): number {
  const before = state.traders[id]?.book;
  if (!before) throw new Error(`${id} is not a trader of this show`);
  const after = bookAfter(state, content, id, choice);
  return equityCents(after, closing) - equityCents(before, state.market.priceCents);
}
