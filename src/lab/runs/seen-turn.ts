/** A turn as the measures read it: what there was before it, and what it came to. */
import type { ShowEvent } from '#core/events.ts';
import { newsIn } from '#core/news.ts';
import type { Observation } from '#core/observation.ts';
import type { ShowState } from '#core/state.ts';
import { equityCents, valueCents } from '#core/trading/books.ts';
import type { Trader } from '#core/trading/trader.ts';
import { perInstrument, type Instrument, type TraderId } from '#core/vocabulary.ts';
import type { Exposure } from '../worlds/truth.ts';
import type { Ask } from './player.ts';

/** What there was before the turn; `observation` is what the trader saw of `state`. */
export function seenTurn(
  world: number,
  { observation, state, truth }: Pick<Ask, 'observation' | 'state' | 'truth'>,
) {
  const { trader, name, room, round, phase, standing } = observation;
  const at = (instrument: Instrument) =>
    observation.positions.find((position) => position.instrument === instrument)?.gainBps ?? null;
  return {
    kind: 'turn' as const,
    world,
    round,
    phase,
    trader,
    name,
    room,
    intern: standing === 'intern',
    regime: truth.regime.id,
    roundsInRegime: state.market.roundsInRegime,
    headlines: newsIn(state, room).map(({ text, names, tone, source }) => ({
      text,
      names,
      tone,
      rumour: source === 'rumour',
    })),
    roundBps: movesOf(observation.prices),
    company: observation.company.map(({ trader: other, name, said, unanswered }) => ({
      trader: other,
      name,
      said,
      unanswered,
      saidInRound: said === null ? null : lastLineRound(state, other, trader),
    })),
    before: truth.exposure,
    gainBps: perInstrument(at),
    equityCents: observation.equityCents,
  };
}

/** What a turn came to, from the state after it and its events. */
export function outcomeOf(state: ShowState, trader: TraderId, events: readonly ShowEvent[]) {
  const sold = events.flatMap((event) =>
    event.type === 'filled' && event.reason === 'rotation' && event.qty < 0 ? [event.instrument] : [],
  );
  return {
    after: exposureOf(traderOf(state, trader), state),
    sold: [...new Set(sold)],
    refusals: events.flatMap((event) => (event.type === 'refused' ? [event.code] : [])),
  };
}

function movesOf(prices: Observation['prices']): Record<Instrument, number> {
  return perInstrument((it) => prices.find(({ instrument }) => instrument === it)?.roundBps ?? 0);
}

function lastLineRound(state: ShowState, speaker: TraderId, listener: TraderId): number | null {
  return (
    state.lines.findLast((line) => line.speaker === speaker && line.heardBy.includes(listener))?.round ?? null
  );
}

export function traderOf(state: ShowState, id: TraderId): Trader {
  const trader = state.traders[id];
  if (!trader) throw new Error(`${id} is not a trader of this world`);
  return trader;
}

export function exposureOf({ book }: Trader, { market }: ShowState): Exposure {
  const equity = equityCents(book, market.priceCents);
  return perInstrument((it) =>
    equity <= 0 ? 0 : round4(valueCents(book.qty[it], market.priceCents[it]) / equity),
  );
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
