/** A member whispers a tip into a trader's ear: it is heard in the trader's next turn, by nobody else, and forgotten at the bell. */
import { assertThat } from '../assert.ts';
import type { Headline, ShowState, Tip } from '../state.ts';
import type { Fill } from '../trading/books.ts';
import type { Instrument, TraderId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface Whisper {
  type: 'whisper';
  /** Names the tip in what is told of it; the ledger knows whose it is. */
  id: number;
  trader: TraderId;
  /** Cleaned. */
  text: string;
  names: Instrument | null;
  tone: Headline['tone'];
}

export function whisper({ state }: Draft<never>, { id, trader, text, names, tone }: Whisper): void {
  assertThat(state.traders[trader] !== undefined, `${trader} is not a trader of this show`);
  assertThat(state.phase !== 'intermission', 'tips are given while the market is open');
  (state.tips ??= []).push({ id, trader, text, names, tone });
}

/** The tip that a trader hears when it is asked now. */
export function tipFor({ tips = [] }: ShowState, trader: TraderId): Tip | undefined {
  return tips.find((tip) => tip.trader === trader);
}

/** Whether the trader's own fills of the turn did what the tip said; null where the tip names nothing to do. */
export function isFollowed(
  { names, tone }: Pick<Tip, 'names' | 'tone'>,
  fills: readonly Pick<Fill, 'instrument' | 'qty'>[],
): boolean | null {
  if (names === null) return null;
  const side = tone === 'down' ? -1 : 1;
  return fills.some(({ instrument, qty }) => instrument === names && Math.sign(qty) === side);
}
