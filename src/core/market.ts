/**
 * How prices move: a Markov chain of regimes with dwell times drives drift, volatility and jumps; shocks are Student t
 * with four degrees of freedom, and their variance clusters. Known as stylised facts of returns: R. Cont, Quantitative
 * Finance 1 (2001). Only + - * / and sqrt, so that every machine gets the same prices.
 */
import type { Chance } from './chance/chance.ts';
import type { MarketContent, Regime } from './content.ts';
import { BPS, INSTRUMENTS, perInstrument, type Instrument, type RegimeId } from './vocabulary.ts';

export interface Market {
  regime: RegimeId;
  roundsInRegime: number;
  priceCents: Record<Instrument, number>;
  /** Before this round's move. */
  lastPriceCents: Record<Instrument, number>;
  episodeOpenCents: Record<Instrument, number>;
  /** Volatility clustering: a multiple of the regime's variance, 1 at rest. */
  heat: Record<Instrument, number>;
  /** Net notional ordered in the round that last closed, in cents: it moves the next price. */
  flowCents: Record<Instrument, number>;
}

// Variance clustering as in GARCH(1,1) with unit mean: T. Bollerslev, Journal of Econometrics 31 (1986).
const SHOCK_WEIGHT = 0.15;
const MEMORY_WEIGHT = 0.8;
const HEAT_MIN = 0.3;
const HEAT_MAX = 5;
/** Pull to the starting price a round, as a share of the distance: months of rounds stay in a readable range. */
const PULL = 0.001;
/** Orders move a price by this much at most: about what a round trip costs, so that nobody gets rich by pushing. */
const IMPACT_MAX = 0.0025;
const RETURN_MIN = -0.6;
const RETURN_MAX = 0.6;
const PRICE_MIN_CENTS = 100;
const PRICE_MAX_CENTS = 10_000_000;

export function openMarket(content: MarketContent): Market {
  const start = perInstrument(() => content.startPriceCents);
  return {
    regime: content.firstRegime,
    roundsInRegime: 0,
    priceCents: { ...start },
    lastPriceCents: { ...start },
    episodeOpenCents: { ...start },
    heat: perInstrument(() => 1),
    flowCents: perInstrument(() => 0),
  };
}

export function regimeOf(content: MarketContent, id: RegimeId): Regime {
  const regime = content.regimes.find((candidate) => candidate.id === id);
  if (!regime) throw new Error(`regime ${id} is not in data/market.json`);
  return regime;
}

/** One round: perhaps a new regime, then every price. Mutates `market`; returns the change of regime, if there was one. */
export function moveMarket(
  market: Market,
  content: MarketContent,
  chance: Chance,
): { from: RegimeId; to: RegimeId } | null {
  const change = changeRegime(market, content, chance);
  const regime = regimeOf(content, market.regime);
  for (const instrument of INSTRUMENTS) {
    const model = regime.returns[instrument];
    const prng = chance.numbers('price', instrument);
    const shock = prng.studentT4();
    const jumps = prng.chance(model.jumpChanceBps);
    const jump = jumps ? (model.jumpBps / BPS) * (0.5 + prng.uniform()) : 0;
    const pressure = (market.flowCents[instrument] / 1_000_000) * (content.impactBpsPer10k / BPS);
    const impact = Math.min(IMPACT_MAX, Math.max(-IMPACT_MAX, pressure));
    const price = market.priceCents[instrument];
    const pull = (PULL * (content.startPriceCents - price)) / content.startPriceCents;
    const heat = market.heat[instrument];
    const change =
      model.driftBps / BPS + (model.volBps / BPS) * Math.sqrt(heat) * shock + jump + impact + pull;
    market.lastPriceCents[instrument] = price;
    market.priceCents[instrument] = moved(price, change);
    const next = 1 - SHOCK_WEIGHT - MEMORY_WEIGHT + (SHOCK_WEIGHT * shock * shock + MEMORY_WEIGHT) * heat;
    market.heat[instrument] = Math.min(HEAT_MAX, Math.max(HEAT_MIN, next));
    market.flowCents[instrument] = 0;
  }
  return change;
}

/** The chaos button's gap: prices fall at once, and the chaos regime begins. */
export function gapMarket(market: Market, content: MarketContent, chance: Chance): void {
  for (const instrument of INSTRUMENTS) {
    const size = 0.8 + 0.4 * chance.numbers('chaos-gap', instrument).uniform();
    const gap = (content.chaos.gapBps[instrument] / BPS) * size;
    market.lastPriceCents[instrument] = market.priceCents[instrument];
    market.priceCents[instrument] = moved(market.priceCents[instrument], gap);
  }
  market.regime = content.chaos.regime;
  market.roundsInRegime = 0;
}

/** In basis points, rounded. */
export function changeBps(fromCents: number, toCents: number): number {
  return Math.round(((toCents - fromCents) * BPS) / fromCents);
}

function moved(priceCents: number, change: number): number {
  const next = Math.round(priceCents * (1 + Math.min(RETURN_MAX, Math.max(RETURN_MIN, change))));
  return Math.min(PRICE_MAX_CENTS, Math.max(PRICE_MIN_CENTS, next));
}

function changeRegime(
  market: Market,
  content: MarketContent,
  chance: Chance,
): { from: RegimeId; to: RegimeId } | null {
  const prng = chance.numbers('regime');
  const from = market.regime;
  const regime = regimeOf(content, from);
  market.roundsInRegime += 1;
  if (market.roundsInRegime < regime.minRounds || !prng.chance(regime.endChanceBps)) return null;
  const choices = Object.entries(regime.next).filter(([id]) => id !== from);
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = prng.uniform() * total;
  const next = choices.find(([, weight]) => (rest -= weight) < 0) ?? choices.at(-1);
  if (!next) return null;
  market.regime = next[0];
  market.roundsInRegime = 0;
  return { from, to: next[0] };
}
