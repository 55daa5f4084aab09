/** The two headlines that members may choose between for the next episode's first: good news and bad, drawn by the seed. */
import type { Content, HeadlineTemplate } from './content.ts';
import { keyedNumbers } from './chance/keyed.ts';
import { isFresh } from './news.ts';
import type { Headline, ShowState } from './state.ts';

/** Null where data/headlines.json has no two of them. */
export function ballotHeadlines(state: ShowState, content: Content): [string, string] | null {
  const drawn = (['up', 'down'] as const).flatMap((tone) => {
    const all = content.headlines.wire.filter((it) => it.tone === tone);
    const fresh = all.filter(({ text }) => isFresh(state, text));
    const from = fresh.length > 0 ? fresh : all;
    if (from.length === 0) return [];
    return [keyedNumbers(state.seed, 'ballot', state.round, tone).pick(from).text];
  });
  const [good, bad] = drawn;
  return good === undefined || bad === undefined ? null : [good, bad];
}

/** The wire's headline of these words as it breaks now; a rumour where the market does not bear it out. Null: there is none. */
export function wireHeadline(state: ShowState, content: Content, words: string): Headline | null {
  const template: HeadlineTemplate | undefined = content.headlines.wire.find(({ text }) => text === words);
  if (!template) return null;
  const { text, names, tone, regimes } = template;
  const source = regimes.includes(state.market.regime) ? 'wire' : 'rumour';
  return { text, names, tone, source, round: state.round };
}
