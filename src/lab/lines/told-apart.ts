/** Whether traders are known by their words alone. */
import { wordsOf } from '#lib/words.ts';

/** Instead of a name, an instrument, a room or a figure: these would give the speaker away. */
const MASK = 'x';

/** Words of a line with everything masked that names somebody or something. `names`: their words, in lower case. */
export function maskedWords(line: string, names: ReadonlySet<string>): string[] {
  return wordsOf(line).map((word) => (names.has(word) || /\d/.test(word) ? MASK : word));
}

/**
 * The share of lines whose speaker a naive Bayes of words finds, from 0 to 1; with n speakers, chance is 1/n. Learned from
 * one half of the lines and tried on the other, both ways. Null for fewer than two lines a speaker.
 */
export function toldApart(lines: readonly { trader: string; words: readonly string[] }[]): number | null {
  const traders = [...new Set(lines.map(({ trader }) => trader))];
  const halves: { trader: string; words: readonly string[] }[][] = [[], []];
  for (const trader of traders) {
    const own = lines.filter((line) => line.trader === trader);
    if (own.length < 2) return null;
    for (const [index, line] of own.entries()) halves[index % 2]?.push(line);
  }
  const [even = [], odd = []] = halves;
  const found = hits(even, odd, traders) + hits(odd, even, traders);
  return lines.length === 0 ? null : found / lines.length;
}

function hits(
  learned: readonly { trader: string; words: readonly string[] }[],
  tried: readonly { trader: string; words: readonly string[] }[],
  traders: readonly string[],
): number {
  const known = new Set(learned.flatMap(({ words }) => words));
  const models = traders.map((trader) => {
    const words = learned.filter((line) => line.trader === trader).flatMap((line) => line.words);
    const counts = Map.groupBy(words, (word) => word);
    const total = words.length + known.size;
    return { trader, score: (word: string) => Math.log(((counts.get(word)?.length ?? 0) + 1) / total) };
  });
  return tried.filter(({ trader, words }) => {
    const scores = models.map(({ score }) =>
      words.reduce((sum, word) => sum + (known.has(word) ? score(word) : 0), 0),
    );
    return models[scores.indexOf(Math.max(...scores))]?.trader === trader;
  }).length;
}
