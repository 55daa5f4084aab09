/** Opening and closing a round: bells, the market's move, rent and margin, who speaks when, who walks where. */
import type { Draft } from '../apply.ts';
import {
  borrowedCents,
  cutPositions,
  equityCents,
  exposureCents,
  leverageNow,
  underMargin,
  type Dealing,
} from '../books.ts';
import type { Persona } from '../content.ts';
import type { Standings } from '../events.ts';
import { moveMarket, openMarket } from '../market.ts';
import { breakNews, releasePendingHeadlines } from '../news.ts';
import { Prng } from '../prng.ts';
import { speakingOrder } from '../speaking.ts';
import { LINE_ROUNDS, openTrader, type ShowState, type Trader } from '../state.ts';
import { BPS, type Instrument, type TraderId } from '../vocabulary.ts';

export function openRound(draft: Draft): void {
  const { state, content, events } = draft;
  assertThat(!state.roundOpen, 'a round is open already');
  const prng = new Prng(state.rng);
  if (state.phase === 'intermission' && state.phaseRound >= state.rules.intermissionRounds)
    ringOpeningBell(draft);
  state.round += 1;
  state.phaseRound += 1;
  state.roundOpen = true;
  state.turnsTaken = [];
  state.headlines = [];
  releasePendingHeadlines(state);
  if (state.phase === 'episode') {
    const change = moveMarket(state.market, content.market, prng);
    events.push(roundOpened(state));
    if (change) events.push({ type: 'regimeChanged', ...change });
    breakNews(draft, prng, change !== null);
    for (const trader of Object.values(state.traders)) settleRound(draft, trader);
  } else {
    state.market.lastPriceCents = { ...state.market.priceCents };
    events.push(roundOpened(state));
  }
  state.speakers = speakingOrder(state, content, prng);
  state.rng = prng.state();
}

export function closeRound(draft: Draft): void {
  const { state, content, events } = draft;
  assertThat(state.roundOpen, 'no round is open');
  const waiting = Object.keys(state.traders).filter((id) => !state.turnsTaken.includes(id));
  assertThat(waiting.length === 0, `${waiting.join(', ')} had no turn yet`);
  for (const trader of Object.values(state.traders)) walk(draft, trader);
  state.lines = state.lines.filter((line) => line.round > state.round - LINE_ROUNDS + 1);
  state.roundOpen = false;
  for (const trader of Object.values(state.traders)) trackDrawdown(state, trader);
  events.push({ type: 'roundClosed', round: state.round, phase: state.phase, standings: standings(state) });
  const { episodeRounds, seasonEpisodes } = state.rules;
  if (state.phase === 'episode' && state.phaseRound >= episodeRounds) {
    ringClosingBell(draft);
    const everybodyBroke = Object.values(state.traders).every((trader) => trader.standing === 'intern');
    const byNumber = seasonEpisodes > 0 && state.episode % seasonEpisodes === 0;
    const seasonOver = byNumber || everybodyBroke || state.seasonEnding === true;
    if (seasonOver) openNextSeason(draft, content.cast);
    openIntermission(draft);
  }
}

/** Best first; equal gains keep the cast's order. */
export function standings(state: ShowState): Standings[] {
  return Object.values(state.traders)
    .map((trader) => {
      const equity = equityCents(trader.book, state.market.priceCents);
      return {
        trader: trader.id,
        equityCents: equity,
        episodeGainCents: equity - trader.equityAtEpisodeOpenCents,
      };
    })
    .sort((a, b) => b.episodeGainCents - a.episodeGainCents);
}

/** What a trader may deal with right now. The book is the draft's own: dealing changes it. */
export function dealing(state: ShowState, persona: Persona, trader: Trader): Dealing {
  const named = new Set<Instrument>();
  for (const headline of state.headlines) if (headline.names) named.add(headline.names);
  return {
    trader: trader.id,
    book: trader.book,
    prices: state.market.priceCents,
    rules: state.rules,
    leverage: leverageNow(persona, named),
    overlay: persona.mandate.overlay,
  };
}

export function personaOf(draft: Draft, id: TraderId): Persona {
  const persona = draft.content.cast.find((candidate) => candidate.id === id);
  if (!persona) throw new Error(`trader ${id} is in the show but not in data/cast`);
  return persona;
}

export function assertThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`the show's order is broken: ${message}`);
}

function roundOpened(state: ShowState) {
  return {
    type: 'roundOpened' as const,
    round: state.round,
    phase: state.phase,
    season: state.season,
    episode: state.episode,
    phaseRound: state.phaseRound,
    regime: state.market.regime,
    priceCents: { ...state.market.priceCents },
    lastPriceCents: { ...state.market.lastPriceCents },
  };
}

function ringOpeningBell(draft: Draft): void {
  const { state, events } = draft;
  state.phase = 'episode';
  state.phaseRound = 0;
  state.episode += 1;
  state.market.episodeOpenCents = { ...state.market.priceCents };
  events.push({
    type: 'episodeOpened',
    season: state.season,
    episode: state.episode,
    rounds: state.rules.episodeRounds,
  });
  for (const trader of Object.values(state.traders)) {
    trader.equityAtEpisodeOpenCents = equityCents(trader.book, state.market.priceCents);
    if (trader.standing === 'trading') charge(draft, trader, 'rent', -state.rules.deskRentCents);
  }
}

function ringClosingBell({ state, events }: Draft): void {
  events.push({
    type: 'episodeClosed',
    season: state.season,
    episode: state.episode,
    standings: standings(state),
  });
  state.phase = 'intermission';
  state.phaseRound = 0;
}

function openIntermission({ state, events }: Draft): void {
  events.push({
    type: 'intermissionOpened',
    season: state.season,
    episode: state.episode + 1,
    rounds: state.rules.intermissionRounds,
    backable: backable(state),
  });
}

/** Who can win the next episode: everybody who may trade in it. */
export function backable(state: ShowState): TraderId[] {
  return Object.values(state.traders)
    .filter((trader) => trader.standing === 'trading')
    .map((trader) => trader.id);
}

function openNextSeason({ state, content, events }: Draft, cast: readonly Persona[]): void {
  events.push({ type: 'seasonClosed', season: state.season, standings: standings(state) });
  state.season += 1;
  delete state.seasonEnding;
  state.market = openMarket(content.market);
  for (const persona of cast) {
    const old = state.traders[persona.id];
    if (!old) continue;
    const fresh = openTrader(persona, state.rules);
    state.traders[persona.id] = {
      ...fresh,
      room: old.room,
      cameFrom: old.cameFrom,
      walkedInRound: old.walkedInRound,
    };
  }
  events.push({ type: 'seasonOpened', season: state.season });
}

/** Interest, margin, bankruptcy: what the market's move means for one trader. */
function settleRound(draft: Draft, trader: Trader): void {
  const { state, events } = draft;
  const prices = state.market.priceCents;
  const owed = Math.ceil((borrowedCents(trader.book, prices) * state.rules.interestBps) / BPS);
  if (owed > 0) charge(draft, trader, 'interest', -owed);
  const deal = dealing(state, personaOf(draft, trader.id), trader);
  if (underMargin(trader.book, prices, state.rules)) {
    const before = {
      equityCents: equityCents(trader.book, prices),
      exposureCents: exposureCents(trader.book, prices),
    };
    const cuts = cutPositions(deal, BPS / 2, 'margin');
    const liquidated = underMargin(trader.book, prices, state.rules);
    const rest = liquidated ? cutPositions(deal, 0, 'liquidation') : [];
    events.push({ type: 'marginCalled', trader: trader.id, ...before, liquidated });
    recordFills(draft, [...cuts, ...rest]);
  }
  const floor = (state.rules.startCashCents * state.rules.bankruptBps) / BPS;
  if (trader.standing === 'trading' && equityCents(trader.book, prices) <= floor)
    goBankrupt(draft, trader, deal);
}

function goBankrupt(draft: Draft, trader: Trader, deal: Dealing): void {
  recordFills(draft, cutPositions(deal, 0, 'liquidation'));
  if (trader.book.cashCents < 0) charge(draft, trader, 'write_off', -trader.book.cashCents);
  trader.standing = 'intern';
  draft.events.push({
    type: 'bankrupted',
    trader: trader.id,
    equityCents: trader.book.cashCents,
    obituary: personaOf(draft, trader.id).obituary,
  });
}

export function recordFills(
  { state, events }: Draft,
  fills: readonly ReturnType<typeof cutPositions>[number][],
): void {
  for (const fill of fills) {
    state.market.flowCents[fill.instrument] += fill.notionalCents;
    events.push({ type: 'filled', ...fill });
  }
}

export function charge(
  { events }: Draft,
  trader: Trader,
  what: 'rent' | 'interest' | 'bailout' | 'write_off',
  amountCents: number,
): void {
  trader.book.cashCents += amountCents;
  events.push({ type: 'charged', trader: trader.id, what, amountCents });
}

function walk({ state, content, events }: Draft, trader: Trader): void {
  const to = trader.heading;
  trader.heading = null;
  if (to === null || to === trader.room) return;
  const seats = content.office.rooms.find((room) => room.id === to)?.seats ?? 0;
  const taken = Object.values(state.traders).filter((other) => other.room === to).length;
  if (taken >= seats) {
    events.push({ type: 'refused', trader: trader.id, code: 'room_full', trade: 'Hold', location: to });
    return;
  }
  events.push({ type: 'walked', round: state.round, trader: trader.id, from: trader.room, to });
  trader.cameFrom = trader.room;
  trader.room = to;
  // The walk ends as the next round opens: that is the round in which the others see somebody walk in.
  trader.walkedInRound = state.round + 1;
}

function trackDrawdown(state: ShowState, trader: Trader): void {
  const equity = equityCents(trader.book, state.market.priceCents);
  trader.peakEquityCents = Math.max(trader.peakEquityCents, equity);
  const drawdown = Math.round(((trader.peakEquityCents - equity) * BPS) / trader.peakEquityCents);
  trader.maxDrawdownBps = Math.max(trader.maxDrawdownBps, drawdown);
}
