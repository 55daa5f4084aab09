/** Family B: two biases that people have: they sell winners and keep losers, and they follow each other. */
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

export const BIASES: readonly Measure[] = [disposition, herding];
