/** Whether traders are known by their words alone. */

/** Parts that the lines are dealt into: each is tried by what was learned from all others. */
const PARTS = 10;

/**
 * The share of lines whose speaker a naive Bayes of words finds, from 0 to 1; with n speakers, chance is 1/n. No line is tried by
 * what was learned from itself. Null for fewer than two lines a speaker.
 */
export function toldApart(lines: readonly { trader: string; words: readonly string[] }[]): number | null {
  const traders = [...new Set(lines.map(({ trader }) => trader))];
  const dealt = traders.flatMap((trader) => {
    const own = lines.filter((line) => line.trader === trader);
    return own.map((line, index) => ({ line, part: index % PARTS, alone: own.length < 2 }));
  });
  if (dealt.length === 0 || dealt.some(({ alone }) => alone)) return null;
  let found = 0;
  for (let part = 0; part < PARTS; part++) {
    const [tried, learned] = [true, false].map((isPart) =>
      dealt.filter((each) => (each.part === part) === isPart).map(({ line }) => line),
    );
    found += hits(learned ?? [], tried ?? [], traders);
  }
  return found / lines.length;
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
