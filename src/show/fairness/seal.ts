/**
 * What a season is sealed with. The seal is posted as the season begins and fixes its world, its cast and its rules; the seed and
 * the salt that open it are posted when it is over. Without the salt a seed of 32 bits could be found by trying all of them.
 */
import { createHash, createHmac } from 'node:crypto';

export interface SealedSeason {
  season: number;
  seed: number;
  /** 64 hexadecimal digits. */
  salt: string;
  /** Of the content that the season is played with, cast and all. */
  contentHash: string;
  /** By name; as the season began with. */
  rules: Readonly<Record<string, number>>;
}

/** Hex SHA-256 of everything above: whoever has them makes the same. */
export function sealOf({ season, seed, salt, contentHash, rules }: SealedSeason): string {
  const sorted = Object.entries(rules).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(['open-outcry season', season, seed, salt, contentHash, sorted]);
  return createHash('sha256').update(text).digest('hex');
}

/** The seed of a later season: only whoever has the key can know it before it is told. 0 to 4,294,967,295. */
export function seedOf(key: string, season: number): number {
  return createHmac('sha256', key).update(`seed ${season}`).digest().readUInt32BE(0);
}

export function saltOf(key: string, season: number): string {
  return createHmac('sha256', key).update(`salt ${season}`).digest('hex');
}
