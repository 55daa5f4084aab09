import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedChance, keyedNumbers } from '#core/chance/keyed.ts';
import type { MarketContent } from '#core/content.ts';
import { moveMarket, openMarket, type Market } from '#core/market.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import { content } from '#test/support/floor.ts';

/** A seed's market, round after round, with nobody trading in it. */
function* marketOf(seed: number, rounds: number, rules: MarketContent = content.market): Generator<Market> {
  const market = openMarket(rules);
  for (let round = 1; round <= rounds; round += 1) {
    moveMarket(market, rules, keyedChance({ seed, round }));
    yield market;
  }
}

/** Returns by round and what regime they fell in. */
function history(rounds: number, seed: number): { regime: string; returns: Record<Instrument, number> }[] {
  return Array.from(marketOf(seed, rounds), (market) => {
    const returns = { Tech: 0, Crypto: 0, Bonds: 0 };
    for (const it of INSTRUMENTS) returns[it] = market.priceCents[it] / market.lastPriceCents[it] - 1;
    return { regime: market.regime, returns };
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** The mean of (value - mean) to a power. */
function moment(values: number[], power: number): number {
  const m = mean(values);
  return mean(values.map((value) => (value - m) ** power));
}
const variance = (values: number[]) => moment(values, 2);
const kurtosis = (values: number[]) => moment(values, 4) / variance(values) ** 2;
function autocorrelation(values: number[], lag: number): number {
  const m = mean(values);
  return mean(values.slice(lag).map((value, i) => (value - m) * ((values[i] ?? m) - m))) / variance(values);
}

test('shocks are of unit variance with fat tails, and hardly depend on the one before', () => {
  const shocks = Array.from({ length: 100_000 }, (_, round) =>
    keyedNumbers(3, 'price', round, 'Tech').studentT4(),
  );
  assert.ok(Math.abs(variance(shocks) - 1) < 0.1);
  assert.ok(Math.abs(mean(shocks)) < 0.02);
  assert.ok(shocks.filter((z) => Math.abs(z) > 4).length > 300, 'a normal variable would have about six');
  assert.ok(Math.abs(autocorrelation(shocks, 1)) < 0.02);
});

test('within a regime returns have fat tails and clustered volatility but no memory of their sign', () => {
  const calm = {
    ...content.market,
    regimes: content.market.regimes.map((regime) => ({ ...regime, minRounds: 1_000_000 })),
  };
  const returns = Array.from(
    marketOf(5, 30_000, calm),
    (market) => market.priceCents.Tech / market.lastPriceCents.Tech - 1,
  );
  assert.ok(kurtosis(returns) > 4, `kurtosis ${kurtosis(returns)}`);
  assert.ok(Math.abs(autocorrelation(returns, 1)) < 0.05);
  assert.ok(autocorrelation(returns.map(Math.abs), 1) > 0.08);
});

test('every regime is visited, and each pays what its name says', () => {
  const rounds = history(60_000, 8);
  const of = (regime: string, instrument: Instrument) =>
    mean(rounds.filter((round) => round.regime === regime).map((round) => round.returns[instrument]));
  for (const regime of content.market.regimes)
    assert.ok(
      rounds.some((round) => round.regime === regime.id),
      regime.id,
    );
  assert.ok(of('tech-boom', 'Tech') > 0.002);
  assert.ok(of('crypto-frenzy', 'Crypto') > 0.004);
  assert.ok(of('bond-rally', 'Bonds') > 0.001);
  assert.ok(of('tech-wreck', 'Tech') < -0.002);
  assert.ok(of('crypto-winter', 'Crypto') < -0.002);
  assert.ok(of('crash', 'Tech') < -0.01 && of('crash', 'Crypto') < -0.01 && of('crash', 'Bonds') > 0);
});

test('crashes are steeper than booms: the worst rounds lose more than the best ones win', () => {
  const tech = history(60_000, 9)
    .map((round) => round.returns.Tech)
    .toSorted((a, b) => a - b);
  const worst = -mean(tech.slice(0, 300));
  const best = mean(tech.slice(-300));
  assert.ok(worst > best * 1.05, `worst ${worst}, best ${best}`);
});

test('prices stay readable over months of rounds', () => {
  let round = 0;
  for (const market of marketOf(12, 50_000)) {
    round += 1;
    for (const it of INSTRUMENTS) {
      const price = market.priceCents[it];
      assert.ok(
        Number.isSafeInteger(price) && price >= 100 && price <= 10_000_000,
        `${it} at ${price} in round ${round}`,
      );
    }
  }
});
