/** The red button: a catastrophic headline, a gap at once, and the market in the chaos regime. */
import { assertThat } from '../assert.ts';
import type { Chance } from '../chance/chance.ts';
import type { Content } from '../content.ts';
import { gapMarket } from '../market.ts';
import { breakFromOutside, isFresh } from '../news.ts';
import type { Headline, ShowState } from '../state.ts';
import type { Instrument } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface StrikeChaos {
  type: 'strikeChaos';
  /** A producer's own words, cleaned; null for one of the wire's. */
  text: string | null;
}

export interface ChaosStruck {
  type: 'chaosStruck';
  headline: Headline;
  priceCents: Record<Instrument, number>;
}

export function strikeChaos(
  { state, content, chance, tell }: Draft<ChaosStruck>,
  { text }: StrikeChaos,
): void {
  const words = text ?? drawnHeadline(state, content, chance);
  const headline: Headline = {
    text: words,
    source: text === null ? 'wire' : 'producer',
    names: null,
    tone: 'down',
    round: state.round,
  };
  gapMarket(state.market, content.market, chance);
  breakFromOutside(state, headline);
  tell({ type: 'chaosStruck', headline, priceCents: { ...state.market.priceCents } });
}

function drawnHeadline(state: ShowState, content: Content, chance: Chance): string {
  const drawn = chance.choose(
    'chaos-headline',
    content.headlines.chaos,
    () => true,
    (it) => isFresh(state, it.text),
  );
  assertThat(drawn !== undefined, 'data/headlines.json has no headline for chaos');
  return drawn.text;
}
