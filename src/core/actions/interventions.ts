/** What comes from outside the round: the producer's chaos and headlines, the members' bailouts and leaks. */
import type { Draft } from '../apply.ts';
import { gapMarket } from '../market.ts';
import { remember } from '../news.ts';
import { Prng } from '../prng.ts';
import { assertThat, charge } from './round.ts';
import type { Headline } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';

export function strikeChaos(draft: Draft, text: string | null): void {
  const { state, content, events } = draft;
  const prng = new Prng(state.rng);
  const { chaos } = content.headlines;
  const fresh = chaos.filter((candidate) => !state.recentHeadlines.includes(candidate.text));
  const headline: Headline = {
    text: text ?? prng.pick(fresh.length > 0 ? fresh : chaos).text,
    source: text === null ? 'wire' : 'producer',
    names: null,
    tone: 'down',
    round: state.round,
  };
  gapMarket(state.market, content.market, prng);
  state.rng = prng.state();
  show(draft, headline);
  events.push({ type: 'chaosStruck', headline, priceCents: { ...state.market.priceCents } });
}

export function breakHeadline(draft: Draft, headline: Headline): void {
  show(draft, headline);
  draft.events.push({ type: 'headlineBroke', headline });
}

export function bailOut(draft: Draft, id: TraderId): void {
  const { state, events } = draft;
  const trader = state.traders[id];
  assertThat(trader !== undefined && trader.standing === 'intern', `${id} is no intern`);
  assertThat(state.phase === 'intermission', 'bailouts are given in an intermission');
  trader.standing = 'trading';
  trader.bailouts += 1;
  charge(draft, trader, 'bailout', state.rules.bailoutCents);
  events.push({ type: 'bailedOut', trader: id, loanCents: state.rules.bailoutCents });
}

export function leakThought({ state, events }: Draft, id: TraderId, text: string): void {
  const trader = state.traders[id];
  assertThat(trader !== undefined, `${id} is no trader of this show`);
  const heardBy = Object.values(state.traders)
    .filter((other) => other.room === trader.room)
    .map((other) => other.id);
  // Read out between two rounds, it is heard in the next one.
  const round = state.roundOpen ? state.round : state.round + 1;
  state.lines.push({ round, speaker: id, room: trader.room, text, heardBy });
  events.push({ type: 'thoughtLeaked', trader: id, room: trader.room, text });
}

/** Late speakers of an open round see it already; the next round's all do. */
function show({ state }: Draft, headline: Headline): void {
  if (state.roundOpen) state.headlines.push(headline);
  state.pendingHeadlines.push(headline);
  remember(state, headline.text);
}
