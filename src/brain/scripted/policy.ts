/**
 * What a scripted trader does. Its temperament gives points to every instrument, and it buys the best one if that beats its
 * patience. The words are in lines.ts. Pure.
 */
import type { Persona } from '#core/content.ts';
import type { Observation, SeenCompany } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { Temperament, ThoughtSituation } from '#core/script.ts';
import { BPS, INSTRUMENTS, type Instrument, type Size, type Trade } from '#core/vocabulary.ts';
import type { Heard } from './ear.ts';

export interface Plan {
  trade: Trade;
  size: Size;
  /** The reason, from which the thought is made; `instrument` is what it concerns. */
  motive: ThoughtSituation;
  instrument: Instrument | null;
  /** Whoever talked the trader into it. */
  swayedBy: SeenCompany | null;
  /** What the trader honestly thinks of each instrument: above 0 for it, below against it. */
  views: Record<Instrument, number>;
  /** 0 calm to 1 terror. */
  fright: number;
  /** What the trader will praise aloud instead of what it really wants. */
  bluff: Instrument | null;
}

type Cause = 'loyal' | 'news' | 'dip' | 'chase' | 'flee' | 'herd' | 'whim';
interface Score {
  instrument: Instrument;
  points: number;
  /** The points to argue about: only a little of the whim, and nothing for an instrument merely because it is held. */
  view: number;
  cause: Cause;
}

/** From this share of what the mandate allows, a position counts as full. */
const FULL_SHARE = 0.9;
/** Gains and losses since the opening bell that are worth a thought, in basis points. */
const WORTH_A_THOUGHT_BPS = 150;
const WHIM_IN_VIEWS = 0.25;
const RUIN_EQUITY_BPS = -7_500;

export function decide(
  observation: Observation,
  persona: Persona,
  temperament: Temperament,
  heard: readonly Heard[],
  prng: Prng,
): Plan {
  const fright = frightOf(observation);
  const speaker = heard.find((line) => line.stance !== 0 && line.instrument !== null) ?? null;
  const mine = largestPosition(observation);
  const scores = INSTRUMENTS.map((instrument) =>
    score(instrument, observation, { temperament, fright, speaker, mine, prng }),
  );
  const views = { Tech: 0, Crypto: 0, Bonds: 0 };
  for (const each of scores) views[each.instrument] = each.view;
  const best = scores.reduce((a, b) => (b.points > a.points ? b : a));
  const calm = { trade: 'Hold', size: 'Small', swayedBy: null, views, fright, bluff: null } as const;

  if (observation.standing === 'intern') return { ...calm, motive: 'intern', instrument: null };
  if (observation.phase === 'intermission') return { ...calm, motive: 'mingle', instrument: null };
  const bluff = bluffOf(best.instrument, temperament, prng);
  const over = best.points - temperament.patience;
  if (over <= 0 || isFull(best.instrument, observation, persona)) {
    const itch = itchToDeal(scores, observation, persona, temperament, prng);
    if (itch !== null)
      return { ...calm, trade: itch, size: 'Small', motive: 'whim', instrument: itch, bluff };
    return { ...calm, motive: holdMotive(observation, best), instrument: best.instrument, bluff };
  }
  return {
    ...calm,
    trade: best.instrument,
    size: over >= temperament.allIn ? 'AllIn' : over >= temperament.half ? 'Half' : 'Small',
    motive: best.cause,
    instrument: best.instrument,
    swayedBy: best.cause === 'herd' ? (speaker?.from ?? null) : null,
    bluff,
  };
}

/** The best of what can be had, where the trader cannot sit still any longer. */
function itchToDeal(
  scores: readonly Score[],
  observation: Observation,
  persona: Persona,
  { itchBps }: Temperament,
  prng: Prng,
): Instrument | null {
  const held = observation.ownTurns.toReversed().findIndex(({ trade }) => trade !== 'Hold');
  const rounds = held === -1 ? observation.ownTurns.length : held;
  if (!prng.chance(itchBps * (rounds + 1))) return null;
  const open = scores.filter(({ instrument }) => !isFull(instrument, observation, persona));
  if (open.length === 0) return null;
  return open.reduce((a, b) => (b.points > a.points ? b : a)).instrument;
}

/** What an instrument's points are made from, but for the instrument. */
interface Weighing {
  temperament: Temperament;
  fright: number;
  speaker: Heard | null;
  /** The largest position. */
  mine: Instrument | null;
  prng: Prng;
}

function score(
  instrument: Instrument,
  observation: Observation,
  { temperament, fright, speaker, mine, prng }: Weighing,
): Score {
  const price = observation.prices.find((each) => each.instrument === instrument);
  const roundPercent = (price?.roundBps ?? 0) / 100;
  const trend = ((price?.episodeBps ?? 0) / 100) * temperament.trend;
  const news = newsPoints(instrument, observation, temperament);
  const refuge = instrument === 'Bonds' ? 1 : -0.5;
  const herd =
    speaker?.instrument === instrument
      ? temperament.herd * speaker.stance * trust(temperament, speaker.from)
      : 0;
  const loyalty = mine === instrument ? temperament.loyalty : 0;
  const whim = temperament.whim * (2 * prng.uniform() - 1);
  // In the order of CAUSES.
  const amounts = [
    temperament.bias[instrument] + loyalty,
    news.points,
    Math.max(0, roundPercent) * temperament.momentum + trend,
    Math.max(0, -roundPercent) * temperament.dip,
    fright * temperament.fear * refuge,
    herd,
    whim,
  ];
  let points = 0;
  for (const amount of amounts) points += amount;
  const cause = causeOf(amounts, news.dip);
  const view = points - loyalty - whim * (1 - WHIM_IN_VIEWS);
  return { instrument, points, view, cause: instrument !== 'Bonds' && cause === 'flee' ? 'dip' : cause };
}

const CAUSES = ['loyal', 'news', 'chase', 'dip', 'flee', 'herd', 'whim'] as const satisfies readonly Cause[];
/** What is always there explains little: loyalty is the cause only where all others are well below it. */
const LOYAL_SHARE = 0.6;

/** What gives most of the points, the first of equals. @param amounts in the order of CAUSES; changed @param isDip news that is bad, and welcome */
function causeOf(amounts: number[], isDip: boolean): Cause {
  amounts[0] = (amounts[0] ?? 0) * LOYAL_SHARE;
  const cause = CAUSES[amounts.indexOf(Math.max(...amounts))] ?? 'loyal';
  return cause === 'news' && isDip ? 'dip' : cause;
}

function newsPoints(
  instrument: Instrument,
  observation: Observation,
  temperament: Temperament,
): { points: number; dip: boolean } {
  let points = 0;
  let dip = false;
  // A tip is as good as a rumour, and only of what it names.
  const tips = observation.phone?.names ? [{ ...observation.phone, source: 'rumour' as const }] : [];
  for (const headline of [...observation.headlines, ...tips]) {
    if (headline.tone === 'flat' || (headline.names !== null && headline.names !== instrument)) continue;
    // News of the whole market moves each instrument less, and bad news for the whole market is good for Bonds.
    const share = headline.names === null ? (instrument === 'Bonds' ? -0.5 : 0.5) : 1;
    const weight = headline.source === 'rumour' ? temperament.rumourTrust : 1;
    points += (headline.tone === 'up' ? temperament.newsUp : temperament.newsDown) * share * weight;
    if (headline.tone === 'down' && share > 0 && temperament.newsDown > 0) dip = true;
  }
  return { points, dip };
}

/** What somebody says counts more after calls that came true, and nothing in a feud. */
const TRUST_A_STEP = 25;
function trust(temperament: Temperament, from: SeenCompany): number {
  return Math.max(
    0,
    0.6 + ((temperament.feelings[from.trader] ?? 0) + TRUST_A_STEP * (from.feeling ?? 0)) / 150,
  );
}

/** Fear of the news, of the prices and of the trader's own losses, 0 to 1. */
function frightOf(observation: Observation): number {
  const news = observation.headlines.some((headline) => headline.tone === 'down' && headline.names === null)
    ? 0.5
    : 0;
  const named = observation.headlines.some(
    (headline) => headline.tone === 'down' && headline.names !== 'Bonds',
  )
    ? 0.15
    : 0;
  const worstBps = Math.min(0, ...observation.prices.map((price) => price.roundBps));
  const losses = Math.min(0, observation.episodeGainBps);
  return Math.min(1, news + named - worstBps / 1_500 - losses / 4_000);
}

export function largestPosition(observation: Observation): Instrument | null {
  const longs = observation.positions.filter((position) => position.side === 'long');
  const largest = longs.reduce<(typeof longs)[number] | null>(
    (a, b) => (a && a.valueCents >= b.valueCents ? a : b),
    null,
  );
  return largest && largest.valueCents * 20 > observation.equityCents ? largest.instrument : null;
}

/** Whether the position is as large as the mandate allows, an overlay's short included. */
export function isFull(instrument: Instrument, observation: Observation, { mandate }: Persona): boolean {
  const position = observation.positions.find(
    (each) => each.instrument === instrument && each.side === 'long',
  );
  if (position === undefined) return false;
  const last = observation.ownTurns.at(-1);
  if (last?.refusal === 'no_buying_power' && last.trade === instrument) return true;
  const overlay = mandate.overlay?.when === instrument ? mandate.overlay : null;
  const marginShare =
    1 / mandate.leverage[instrument] +
    (overlay ? overlay.ratioBps / BPS / mandate.leverage[overlay.short] : 0);
  return position.valueCents * marginShare >= observation.equityCents * FULL_SHARE;
}

function holdMotive(observation: Observation, best: Score): ThoughtSituation {
  if (observation.gainBps <= RUIN_EQUITY_BPS) return 'ruin';
  const mine = largestPosition(observation);
  if (mine === null) return 'wait';
  if (observation.episodeGainBps >= WORTH_A_THOUGHT_BPS) return 'winning';
  if (observation.episodeGainBps <= -WORTH_A_THOUGHT_BPS) return 'losing';
  return mine === best.instrument ? 'keep' : 'wait';
}

/** The instrument to praise while the trader does something else; null, as most often, for honesty. */
function bluffOf(best: Instrument, temperament: Temperament, prng: Prng): Instrument | null {
  if (!prng.chance(temperament.hypocrisyBps)) return null;
  return prng.pick(INSTRUMENTS.filter((instrument) => instrument !== best));
}
