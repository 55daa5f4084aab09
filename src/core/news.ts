/** Headlines: most agree with the regime, some are rumours that do not; nobody is told which. */
import type { Draft } from './apply.ts';
import type { HeadlineTemplate } from './content.ts';
import type { Prng } from './prng.ts';
import { RECENT_HEADLINES_KEPT, type Headline, type ShowState } from './state.ts';

/** Perhaps a headline for this round; surely one when the regime just changed. */
export function breakNews(draft: Draft, prng: Prng, regimeChanged: boolean): void {
  const { state, content } = draft;
  const { chanceBps, rumourBps, wire } = content.headlines;
  if (!regimeChanged && !prng.chance(chanceBps)) return;
  const rumour = !regimeChanged && prng.chance(rumourBps);
  const fits = (template: HeadlineTemplate) => template.regimes.includes(state.market.regime) !== rumour;
  const choices = wire.filter(fits);
  const fresh = choices.filter((template) => !state.recentHeadlines.includes(template.text));
  if (choices.length === 0) return;
  const { text, names, tone } = prng.pick(fresh.length > 0 ? fresh : choices);
  const headline: Headline = { text, names, tone, source: rumour ? 'rumour' : 'wire', round: state.round };
  state.headlines.push(headline);
  remember(state, text);
  draft.events.push({ type: 'headlineBroke', headline });
}

/** What broke between rounds or late in the last one is still this round's news. */
export function releasePendingHeadlines(state: ShowState): void {
  state.headlines.push(...state.pendingHeadlines);
  state.pendingHeadlines = [];
}

export function remember(state: ShowState, text: string): void {
  state.recentHeadlines = [...state.recentHeadlines, text].slice(-RECENT_HEADLINES_KEPT);
}
