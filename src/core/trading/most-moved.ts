/** What a round's news is where there is no other. */
import type { Observation } from '../observation.ts';

type SeenPrice = Observation['prices'][number];

/** From here on a round's move is worth a word. */
export const SUDDEN_BPS = 50;

/** The price that moved most this round, the first of equals; null where none moved enough to be worth a word. */
export function mostMoved(prices: readonly SeenPrice[]): SeenPrice | null {
  const [most] = prices
    .filter(({ roundBps }) => Math.abs(roundBps) >= SUDDEN_BPS)
    .toSorted((one, other) => Math.abs(other.roundBps) - Math.abs(one.roundBps));
  return most ?? null;
}
