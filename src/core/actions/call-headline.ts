/** A producer calls for the next headline: one in their own words, or one that the wire has for this market. */
import { assertThat } from '../assert.ts';
import { breakFromOutside, isFresh, type NewsEvent } from '../news.ts';
import type { Headline, ShowState } from '../state.ts';
import type { Content } from '../content.ts';
import type { Chance } from '../chance/chance.ts';
import type { Draft } from './draft.ts';

export interface CallHeadline {
  type: 'callHeadline';
  /** A producer's own words, cleaned; null for one of the wire's. */
  text: string | null;
}

export function callHeadline(
  { state, content, chance, tell }: Draft<NewsEvent>,
  { text }: CallHeadline,
): void {
  const headline: Headline =
    text === null
      ? drawn(state, content, chance)
      : { text, source: 'producer', names: null, tone: 'flat', round: state.round };
  breakFromOutside(state, headline);
  tell({ type: 'headlineBroke', headline });
}

function drawn(state: ShowState, content: Content, chance: Chance): Headline {
  const template = chance.choose(
    'called-headline',
    content.headlines.wire,
    ({ regimes }) => regimes.includes(state.market.regime),
    (it) => isFresh(state, it.text),
  );
  assertThat(template !== undefined, `data/headlines.json has no headline for ${state.market.regime}`);
  const { text, names, tone } = template;
  return { text, names, tone, source: 'wire', round: state.round };
}
