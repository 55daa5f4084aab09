/**
 * Rows that every model is read against. Each is a function of what a trader sees, of chance keyed by seed and turn, and, for
 * the oracles alone, of the truth. All are silent and stay where they are, but for `random`.
 */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { INSTRUMENTS, SIZES, TRADES, type Instrument } from '#core/vocabulary.ts';
import { atOnce, type Ask, type Player } from '../runs/player.ts';
import { bestBook, expectedBps, fullBook, namedIn } from '../worlds/truth.ts';

type Policy = (ask: Ask, seed: number) => Decision;

/** Below this, a best book as large as the present one is not worth an order, in basis points a round. */
const WORTH_TRADING_BPS = 1;
/** A move that momentum takes for one, in basis points. */
const MOVE_BPS = 20;

const hold: Policy = ({ observation }) => act(observation, null);

/** Buys what its mandate levers most (the first of equals) with all it has, once, and never again. */
const buyAndHold: Policy = ({ observation, persona }) => {
  const most = INSTRUMENTS.reduce((a, b) =>
    persona.mandate.leverage[b] > persona.mandate.leverage[a] ? b : a,
  );
  return act(observation, observation.positions.length === 0 ? most : null);
};

/** Any trade, size and room with equal chance. */
const random: Policy = ({ id, floor, observation }, seed) => {
  const prng = keyedNumbers(seed, `lab-random/${floor}`, observation.round, id);
  return {
    ...act(observation, null),
    trade: prng.pick(TRADES),
    size: prng.pick(SIZES),
    location: prng.pick(observation.rooms).name,
  };
};

/**
 * Zero intelligence (Gode and Sunder, Journal of Political Economy 101, 1993): random orders under the budget alone. It
 * holds as often as it trades, so that it is no churn of fees.
 */
const zeroIntelligence: Policy = ({ id, floor, observation }, seed) => {
  const prng = keyedNumbers(seed, `lab-zero/${floor}`, observation.round, id);
  if (prng.chance(5_000)) return act(observation, null);
  return { ...act(observation, prng.pick(INSTRUMENTS)), size: prng.pick(SIZES) };
};

/** All into what rose most this round (time-series momentum: Moskowitz, Ooi, Pedersen, JFE 104, 2012). */
const momentum: Policy = ({ observation }) => {
  const best = observation.prices.reduce((a, b) => (b.roundBps > a.roundBps ? b : a));
  return act(observation, best.roundBps >= MOVE_BPS ? best.instrument : null);
};

/** Reads only the news: good words buy what is named, bad words about shares or coins buy Bonds. */
const keyword: Policy = ({ observation }) => {
  const news = observation.headlines.at(-1);
  if (!news) return act(observation, null);
  const tone = toneOf(news.text);
  const named = INSTRUMENTS.find((it) => news.text.includes(it)) ?? null;
  if (tone > 0 && named) return act(observation, named);
  return act(observation, tone < 0 && named !== 'Bonds' ? 'Bonds' : null);
};

const GOOD =
  /\b(record|soar\w*|surg\w*|ris\w*|rally\w*|rallies|boom\w*|jump\w*|beat\w*|best|profit\w*|gain\w*|up|high\w*|love\w*|win\w*|won)\b/i;
const BAD =
  /\b(fall\w*|fell|crash\w*|plung\w*|drop\w*|lo(?:se|st|ss)\w*|fear\w*|worst|down|fail\w*|freez\w*|frozen|collapse\w*|panic\w*|sell\w*|burn\w*|fraud|hack\w*|outage|layoff\w*)\b/i;

function toneOf(text: string): number {
  return Number(GOOD.test(text)) - Number(BAD.test(text));
}

/**
 * Knows the regime: holds the best full position that the mandate allows in this round, or a better book that it has. Where a short hedges
 * another position, a mixed book may expect some basis points more.
 */
const policyOracle: Policy = ({ observation, persona, truth }) => {
  const best = bestBook(persona, truth.regime, namedIn(observation.headlines));
  const worth = best.expectedBps - expectedBps(truth.exposure, truth.regime) >= WORTH_TRADING_BPS;
  return act(observation, worth ? best.instrument : null);
};

/** Knows the next prices: holds what will gain most. Luck is known to it, so no trader can reach it. */
const hindsightOracle: Policy = ({ observation, persona, truth }) => {
  const next = truth.nextBps();
  const gain = (it: Instrument) => {
    const book = fullBook(persona, it);
    return INSTRUMENTS.reduce((sum, each) => sum + book[each] * next[each], 0);
  };
  const best = INSTRUMENTS.reduce((a, b) => (gain(b) > gain(a) ? b : a));
  const now = INSTRUMENTS.reduce((sum, it) => sum + truth.exposure[it] * next[it], 0);
  return act(observation, gain(best) - now > ROTATION_BPS ? best : null);
};

/** What it costs to sell all of one instrument and buy another. */
const ROTATION_BPS = 2 * DEFAULT_RULES.feeBps;

export const BASELINES = {
  random: { policy: random, what: 'any trade, size and room with equal chance' },
  hold: { policy: hold, what: 'never trades' },
  'buy-and-hold': { policy: buyAndHold, what: 'buys what its mandate levers most, once' },
  momentum: { policy: momentum, what: 'all into what rose most this round' },
  keyword: { policy: keyword, what: 'good or bad words in the news' },
  'zero-intelligence': { policy: zeroIntelligence, what: 'random orders under the budget' },
  'policy-oracle': { policy: policyOracle, what: 'knows the regime' },
  'hindsight-oracle': { policy: hindsightOracle, what: 'knows the next prices' },
} as const satisfies Record<string, { policy: Policy; what: string }>;
export type Baseline = keyof typeof BASELINES;

export const isBaseline = (name: string): name is Baseline => Object.hasOwn(BASELINES, name);

/** @param seed of the baseline's own chance; the world has its own */
export function baselinePlayer(name: Baseline, seed: number): Player {
  const { policy } = BASELINES[name];
  return { label: name, worldsAtOnce: 1, answer: (ask) => atOnce(policy(ask, seed)) };
}

/** All into the instrument, or Hold; silent, and staying. */
function act({ standing, roomName }: Observation, instrument: Instrument | null): Decision {
  return {
    thought: '',
    trade: standing === 'intern' ? 'Hold' : (instrument ?? 'Hold'),
    size: 'AllIn',
    speech: '',
    location: roomName,
  };
}
