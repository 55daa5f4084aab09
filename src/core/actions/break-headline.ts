/** A headline from outside the market breaks, in an open round or between two. */
import { breakFromOutside, type NewsEvent } from '../news.ts';
import type { Headline } from '../state.ts';
import type { Draft } from './draft.ts';

export interface BreakHeadline {
  type: 'breakHeadline';
  headline: Headline;
}

export function breakHeadline({ state, tell }: Draft<NewsEvent>, { headline }: BreakHeadline): void {
  breakFromOutside(state, headline);
  tell({ type: 'headlineBroke', headline });
}
