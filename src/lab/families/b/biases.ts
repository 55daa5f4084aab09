/** Family B: biases that people have: they sell winners and keep losers, and they follow what others say and do. */
import { INSTRUMENTS } from '#core/vocabulary.ts';
import { cellsByTrader, measure, type Measure } from '../measure.ts';
import { stances } from '../words.ts';

interface Sales {
  gainsSold: number;
  gainsKept: number;
  lossesSold: number;
  lossesKept: number;
}

export const disposition = measure<Sales>(
  {
    id: 'disposition',
    family: 'B',
    title: 'sells winners sooner than losers',
    formula: 'gains sold / (gains sold + kept) - losses sold / (losses sold + kept), on turns with a sale',
    source: 'T. Odean, Journal of Finance 53 (1998): private investors 0.148 - 0.098 = 0.05',
    unit: 'difference of shares',
    range: [-1, 1],
    better: null,
    chance: 0,
  },
  (row) =>
    cellsByTrader(row, (turns) => {
      const value: Sales = { gainsSold: 0, gainsKept: 0, lossesSold: 0, lossesKept: 0 };
      let n = 0;
      for (const { sold, gainBps, before } of turns) {
        if (sold.length === 0) continue;
        for (const instrument of INSTRUMENTS) {
          const gain = gainBps[instrument];
          if (gain === null || gain === 0 || before[instrument] <= 0) continue;
          n += 1;
          const isSold = sold.includes(instrument);
          if (gain > 0) value[isSold ? 'gainsSold' : 'gainsKept'] += 1;
          else value[isSold ? 'lossesSold' : 'lossesKept'] += 1;
        }
      }
      return { n, value };
    }),
  (cells) => {
    const sum = (key: keyof Sales): number =>
      cells.reduce((all, { value, weight }) => all + weight * value[key], 0);
    const gains = sum('gainsSold') + sum('gainsKept');
    const losses = sum('lossesSold') + sum('lossesKept');
    return gains === 0 || losses === 0 ? null : sum('gainsSold') / gains - sum('lossesSold') / losses;
  },
);

interface Follows {
  heard: number;
  followed: number;
  unheard: number;
  bought: number;
}

export const herding = measure<Follows>(
  {
    id: 'herding',
    family: 'B',
    title: 'buys what a neighbour has just praised, more than else',
    formula: 'P(buys X | heard X praised) - P(buys X | did not), over turns and instruments',
    source:
      'as observed, so a common cause counts too: `advice` is the experiment. For scale: in another task, models chose rationally in 61 % of cascades and professionals in 46 % (FEDS 2025-090)',
    unit: 'difference of shares',
    range: [-1, 1],
    better: null,
    chance: 0,
  },
  (row) =>
    cellsByTrader(row, (turns) => {
      const value: Follows = { heard: 0, followed: 0, unheard: 0, bought: 0 };
      for (const { company, decision, intern } of turns) {
        if (intern) continue;
        const heard = company.flatMap(({ said, unanswered }) =>
          said !== null && unanswered ? [stances(said)] : [],
        );
        for (const instrument of INSTRUMENTS) {
          const praised = heard.some((said) => said.get(instrument) === 1);
          const buys = Number(decision.trade === instrument);
          value[praised ? 'heard' : 'unheard'] += 1;
          value[praised ? 'followed' : 'bought'] += buys;
        }
      }
      return { n: value.heard, value };
    }),
  (cells) => {
    const sum = (key: keyof Follows): number =>
      cells.reduce((all, { value, weight }) => all + weight * value[key], 0);
    if (sum('heard') === 0 || sum('unheard') === 0) return null;
    return sum('followed') / sum('heard') - sum('bought') / sum('unheard');
  },
);

interface Beside {
  near: number;
  followed: number;
  far: number;
  bought: number;
}

/** Counted by what a situation is like; a new one begins with nothing. */
function besideAt(strata: Map<string, Beside>, situation: string): Beside {
  const known = strata.get(situation) ?? { near: 0, followed: 0, far: 0, bought: 0 };
  strata.set(situation, known);
  return known;
}

/**
 * How often a trader bought what somebody had bought the round before who is here now, and what only somebody elsewhere had. Where
 * many bought, somebody of them is likelier here, and a common cause is likelier, so that only situations alike are compared.
 */
export const herdingTrades = measure<ReadonlyMap<string, Beside>>(
  {
    id: 'herding-trades',
    family: 'B',
    title: 'buys what somebody in the room has just bought, more than what somebody elsewhere has',
    formula:
      'P(buys X | one here bought X last round) - P(buys X | only others elsewhere did), within a trader, an instrument, the number of those who bought it and of those who are here, weighed by n1 n2 / (n1 + n2)',
    source:
      'following trades, FEDS 2025-090, with whoever is elsewhere for the common cause; strata as Mantel and Haenszel, JNCI 22 (1959). Orders are not seen on the floor: it is by talk that they are followed',
    unit: 'difference of shares',
    range: [-1, 1],
    better: null,
    chance: 0,
  },
  (row) =>
    cellsByTrader(row, (turns, world) => {
      const strata = new Map<string, Beside>();
      let n = 0;
      for (const { round, trader, intern, company, decision } of turns) {
        if (intern) continue;
        const here = new Set(company.map((other) => other.trader));
        const last = world.ofRound(round - 1).filter((other) => other.trader !== trader);
        for (const instrument of INSTRUMENTS) {
          const buyers = last.filter((other) => other.decision.trade === instrument);
          if (buyers.length === 0) continue;
          const count = besideAt(strata, [trader, instrument, buyers.length, here.size].join(' '));
          const isNear = buyers.some((other) => here.has(other.trader));
          const buys = Number(decision.trade === instrument);
          count[isNear ? 'near' : 'far'] += 1;
          count[isNear ? 'followed' : 'bought'] += buys;
          n += 1;
        }
      }
      return { n, value: strata };
    }),
  (cells) => {
    const strata = new Map<string, Beside>();
    for (const { value, weight } of cells)
      for (const [key, { near, followed, far, bought }] of value) {
        const sum = besideAt(strata, key);
        sum.near += weight * near;
        sum.followed += weight * followed;
        sum.far += weight * far;
        sum.bought += weight * bought;
      }
    let sum = 0;
    let all = 0;
    for (const { near, followed, far, bought } of strata.values()) {
      if (near === 0 || far === 0) continue;
      const weight = (near * far) / (near + far);
      sum += weight * (followed / near - bought / far);
      all += weight;
    }
    return all === 0 ? null : sum / all;
  },
);

export const BIASES: readonly Measure[] = [disposition, herding, herdingTrades];
