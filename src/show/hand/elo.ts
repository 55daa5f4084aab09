/** Ratings of two that play against each other (Elo, The Rating of Chessplayers, 1978): what one wins, the other loses. */

export const ELO_START = 1_000;
const K = 24;
const SCALE = 400;

/** By how much the rating of the one goes up, and of the other down; negative when the other won. Whole points. */
export function eloGain(one: number, other: number, won: boolean): number {
  const expected = 1 / (1 + 10 ** ((other - one) / SCALE));
  return Math.round(K * ((won ? 1 : 0) - expected));
}
