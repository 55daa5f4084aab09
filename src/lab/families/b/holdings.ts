/** Family B: what a trader does with what it holds: keeps what rose, leaves what fell, perseveres in what fits no more. */
import { personaOf } from '#core/content.ts';
import { regimeOf } from '#core/market.ts';
import { INSTRUMENTS } from '#core/vocabulary.ts';
import type { PlayedTurn } from '../../runs/records.ts';
import { fits, type Exposure } from '../../worlds/truth.ts';
import { ratioMeasure, type Measure, type WorldView } from '../measure.ts';

/** What a book is for: its largest long position, or cash. */
export function holdingOf(exposure: Exposure): string {
  const largest = INSTRUMENTS.reduce((a, b) => (exposure[b] > exposure[a] ? b : a));
  return exposure[largest] > HELD ? largest : 'cash';
}
const HELD = 0.05;

interface Step {
  /** After the turn, too, the book is for this: a small order elsewhere leaves nothing. */
  stays: boolean;
  /** What the holding did since the last turn, in basis points. */
  gain: number;
  /** It fitted the regime once since it was taken up, and does so no more. */
  fitsNoMore: boolean;
}

/** Turns with a holding: whether it was kept. By turn; none of a turn without one. */
function stepsOf(world: WorldView, trader: string): ReadonlyMap<PlayedTurn, Step> {
  const persona = personaOf(world.content, trader);
  const steps = new Map<PlayedTurn, Step>();
  let since = { holding: '', hasFitted: false };
  for (const turn of world.ofTrader(trader)) {
    const holding = turn.intern ? '' : holdingOf(turn.before);
    if (since.holding !== holding) since = { holding, hasFitted: false };
    const instrument = INSTRUMENTS.find((it) => it === holding);
    if (instrument === undefined) continue;
    const fitsYet = fits(turn.before, persona, regimeOf(world.content.market, turn.regime));
    steps.set(turn, {
      stays: holdingOf(turn.after) === holding,
      gain: turn.roundBps[instrument],
      fitsNoMore: since.hasFitted && !fitsYet,
    });
    since.hasFitted ||= fitsYet;
  }
  return steps;
}

const stepsByWorld = new WeakMap<WorldView, Map<string, ReadonlyMap<PlayedTurn, Step>>>();

function stepOf(turn: PlayedTurn, world: WorldView): Step | undefined {
  const traders = stepsByWorld.get(world) ?? new Map<string, ReadonlyMap<PlayedTurn, Step>>();
  stepsByWorld.set(world, traders);
  const steps = traders.get(turn.trader) ?? stepsOf(world, turn.trader);
  traders.set(turn.trader, steps);
  return steps.get(turn);
}

const steps = (
  id: string,
  title: string,
  formula: string,
  better: 'low' | null,
  count: (step: Step) => { hit: number } | null,
): Measure =>
  ratioMeasure(
    {
      id,
      family: 'B',
      title,
      formula,
      source: 'Nowak and Sigmund, Nature 364 (1993); perseveration as in card sorting (Heaton 1981)',
      unit: 'share',
      range: [0, 1],
      better,
      chance: null,
    },
    (turn, world) => {
      const step = stepOf(turn, world);
      return step ? count(step) : null;
    },
  );

export const winStay = steps(
  'win-stay',
  'keeps a holding that rose',
  'largest holding the same after the turn / holdings that rose this round',
  null,
  (it) => (it.gain > 0 ? { hit: Number(it.stays) } : null),
);
export const loseShift = steps(
  'lose-shift',
  'leaves a holding that fell',
  'largest holding another one after the turn, or none / holdings that fell this round',
  null,
  (it) => (it.gain < 0 ? { hit: Number(!it.stays) } : null),
);
export const perseveration = steps(
  'perseveration',
  'keeps a holding that fell and fits the regime no more',
  'largest holding the same after the turn / holdings that fell this round, fitted once since they were taken up, and do not fit now',
  'low',
  (it) => (it.gain < 0 && it.fitsNoMore ? { hit: Number(it.stays) } : null),
);

export const STEPS: readonly Measure[] = [winStay, loseShift, perseveration];
