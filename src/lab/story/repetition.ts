/** How often the same is said again, when names, instruments and figures are masked. */
import { maskedWords } from '#lib/words.ts';

export const SAME_WITHIN_ROUNDS = 24;
export const OPENER_WORDS = 3;
export const OPENER_LINES = 100;
const DISTINCT_LINES = 1_000;

interface SaidLine {
  round: number;
  speech: string;
}

/** Lines that were said within the last rounds, by anybody. */
export function repeated(lines: readonly SaidLine[], masked: ReadonlySet<string>): number {
  const lastSaid = new Map<string, number>();
  let count = 0;
  for (const { round, speech } of lines) {
    const words = maskedWords(speech, masked).join(' ');
    const before = lastSaid.get(words);
    if (before !== undefined && round - before <= SAME_WITHIN_ROUNDS) count += 1;
    lastSaid.set(words, round);
  }
  return count;
}

/** The most that any hundred lines in a row begin with the same words. */
export function mostOfAnOpener(lines: readonly SaidLine[], masked: ReadonlySet<string>): number {
  const openers = lines.map(({ speech }) => maskedWords(speech, masked).slice(0, OPENER_WORDS).join(' '));
  const counts = new Map<string, number>();
  let most = 0;
  openers.forEach((opener, index) => {
    const count = (counts.get(opener) ?? 0) + 1;
    counts.set(opener, count);
    most = Math.max(most, count);
    const gone = openers[index - OPENER_LINES + 1];
    if (gone !== undefined) counts.set(gone, (counts.get(gone) ?? 1) - 1);
  });
  return most;
}

/** Different pairs of neighbouring words among all, in each thousand lines; the mean of the thousands. */
export function distinct2(lines: readonly SaidLine[]): number {
  const shares: number[] = [];
  for (let from = 0; from < lines.length; from += DISTINCT_LINES) {
    const block = lines.slice(from, from + DISTINCT_LINES);
    if (from > 0 && block.length < DISTINCT_LINES) break;
    const pairs = block.flatMap(({ speech }) => {
      const words = maskedWords(speech, new Set());
      return words.slice(1).map((word, index) => `${words[index]} ${word}`);
    });
    shares.push(new Set(pairs).size / Math.max(1, pairs.length));
  }
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}
