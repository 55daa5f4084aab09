/** Headlines: most agree with the regime, some are rumours that do not; nobody is told which. */
import type { Draft } from './actions/draft.ts';
import type { HeadlineTemplate } from './content.ts';
import { RECENT_HEADLINES_KEPT, type Headline, type ShowState } from './state.ts';
import type { RoomId } from './vocabulary.ts';

export type NewsEvent = { type: 'headlineBroke'; headline: Headline };

/** Perhaps a headline for this round; surely one when the regime just changed. */
export function breakNews({ state, content, chance, tell }: Draft<NewsEvent>, regimeChanged: boolean): void {
  const { chanceBps, rumourBps, wire } = content.headlines;
  if (!regimeChanged && !chance.numbers('news').chance(chanceBps)) return;
  const rumour = !regimeChanged && chance.numbers('rumour').chance(rumourBps);
  const fits = ({ regimes }: HeadlineTemplate) => regimes.includes(state.market.regime) !== rumour;
  const template = chance.choose('headline', wire, fits, (it) => isFresh(state, it.text));
  if (!template) return;
  const { text, names, tone } = template;
  const headline: Headline = { text, names, tone, source: rumour ? 'rumour' : 'wire', round: state.round };
  state.headlines.push(headline);
  remember(state, text);
  tell({ type: 'headlineBroke', headline });
}

/** From outside the market: late speakers of an open round see it already, and everybody does in the next round. */
export function breakFromOutside(state: ShowState, headline: Headline): void {
  if (state.roundOpen) state.headlines.push(headline);
  state.pendingHeadlines.push(headline);
  remember(state, headline.text);
}

/** This round's news as it is known in a room: a rumour that was planted elsewhere is not. */
export function newsIn(state: ShowState, room: RoomId): Headline[] {
  return state.headlines.filter((headline) => (headline.room ?? room) === room);
}

/** What broke between rounds or late in the last one is still this round's news. */
export function releasePendingHeadlines(state: ShowState): void {
  state.headlines.push(...state.pendingHeadlines);
  state.pendingHeadlines = [];
}

export function isFresh(state: ShowState, text: string): boolean {
  return !state.recentHeadlines.includes(text);
}

function remember(state: ShowState, text: string): void {
  state.recentHeadlines = [...state.recentHeadlines, text].slice(-RECENT_HEADLINES_KEPT);
}
