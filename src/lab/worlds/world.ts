/**
 * A world is a seed: prices, regimes, news and the order of speakers follow from it, whoever plays. Every arm plays the same
 * worlds, so that differences are taken within a world.
 */
import { contentHash } from '#show/hash.ts';
import type { Content } from '#core/content.ts';
import { DEFAULT_RULES, type Rules } from '#core/state.ts';

export interface WorldPlan {
  /** Seeds from `firstSeed` up, one a world. */
  firstSeed: number;
  worlds: number;
  /** Rounds of a world: one episode, four turns a round with a cast of four. */
  rounds: number;
  /** Hex SHA-256 of everything in data/ that decides how a world goes. */
  contentHash: string;
}

/** Seeds that nothing was tuned on begin here; `npm run lines` begins at 1,001. */
export const FIRST_SEED = 20_001;
export const ROUNDS = 24;
/** Enough for a quick look, by the method. */
export const QUICK_WORLDS = 34;

export function worldPlan(
  content: Content,
  {
    firstSeed = FIRST_SEED,
    worlds,
    rounds = ROUNDS,
  }: { firstSeed?: number; worlds: number; rounds?: number },
): WorldPlan {
  return { firstSeed, worlds, rounds, contentHash: contentHash(content) };
}

export function seedsOf({ firstSeed, worlds }: WorldPlan): number[] {
  return Array.from({ length: worlds }, (_, index) => firstSeed + index);
}

/** One episode without an intermission before it, and no season's end: a world has nothing but trading rounds. */
export function labRules({ rounds }: Pick<WorldPlan, 'rounds'>): Rules {
  return { ...DEFAULT_RULES, episodeRounds: rounds, intermissionRounds: 0, seasonEpisodes: 0 };
}
