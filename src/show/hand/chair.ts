/**
 * The chair: a member sees exactly what a trader saw in its turn, and chooses in its place, without effect on the show. The closing
 * bell says what the choice made, and what the trader's own did: both held as they were to the bell.
 */
import type { EventOf } from '#core/events.ts';
import { changeBps } from '#core/market.ts';
import type { Observation } from '#core/observation.ts';
import type { ShowState } from '#core/state.ts';
import type { Prices } from '#core/trading/books.ts';
import { CHOICES, madeBy, type Choice } from '#core/trading/what-if.ts';
import { INSTRUMENTS, SIZES, TRADES, type TraderId } from '#core/vocabulary.ts';
import { episodeInPoolId, poolIdOf } from '../audience/pools.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChairRank, HandStore, Seat } from '../ports/hand.ts';
import type { ShowStore, TurnRecord } from '../ports/store.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type ChairRefusal, type Result } from '../results.ts';
import { turnKey, turnSeen, turnsSeen, type TurnSeen } from '../views/turn-seen.ts';

/** This share of the gap that chaos opens; the gap itself is 0.8 to 1.2 of what the content says. */
const CRASHED = 0.5;

export interface ChairDeps {
  recorder: Recorder;
  store: ShowStore;
  hand: HandStore;
  clock: Clock;
  poolOfEpisode: () => { id: string };
}

export interface Offer {
  trader: TraderId;
  round: number;
  /** The very one that the brain got. */
  observation: Observation;
  seat: Seat;
  /** Whether the member's decisions may be kept without a name; null: not asked yet. */
  consent: boolean | null;
}

/** A seat that the bell has judged, with what every choice would have made. */
export interface Judged {
  seat: Seat;
  /** What the trader itself did. */
  turn: TurnRecord | null;
  made: { choice: Choice; cents: number }[];
}

/** What is chosen in one of the menus. */
export type Chosen = Partial<Record<'trade' | 'size' | 'location', string>>;

export class Chair {
  readonly #deps: ChairDeps;

  constructor(deps: ChairDeps) {
    this.#deps = deps;
  }

  /** The trader's turn of this round. */
  offer(member: string, trader: TraderId): Result<Offer, ChairRefusal> {
    const seen = this.#seen(trader);
    return seen.ok ? accepted(this.#offerOf(member, trader, seen.value)) : seen;
  }

  /**
   * Chooses in the trader's place, as long as the round lasts: what is chosen last counts. Not when chaos has struck since the
   * trader's turn: the choice is judged by the prices of the turn.
   */
  choose(member: string, trader: TraderId, round: number, chosen: Chosen): Result<Offer, ChairRefusal> {
    const { recorder, hand } = this.#deps;
    if (round !== recorder.state.round) return refused('round_is_over');
    const seen = this.#seen(trader);
    if (!seen.ok) return seen;
    if (this.#crashedSince(seen.value)) return refused('chaos_struck');
    const offer = this.#offerOf(member, trader, seen.value);
    const { rooms } = offer.observation;
    const trade = TRADES.find((each) => each === (chosen.trade ?? offer.seat.trade)) ?? null;
    const size = SIZES.find((each) => each === (chosen.size ?? offer.seat.size));
    const location = rooms.find(({ name }) => name === (chosen.location ?? offer.seat.location))?.name;
    if (size === undefined || location === undefined || (chosen.trade !== undefined && trade === null))
      return refused('no_such_choice');
    const seat: Seat = { ...offer.seat, trade, size, location };
    recorder.commit(() => hand.saveSeat(seat));
    return accepted({ ...offer, seat });
  }

  agree(member: string, agrees: boolean): void {
    const { recorder, hand } = this.#deps;
    recorder.commit(() => hand.setConsent(member, agrees));
  }

  /** Whose choices beat the traders most often, first. */
  ranking(limit: number): ChairRank[] {
    return this.#deps.hand.chairRanking(limit);
  }

  /** The member's newest seat that was judged; null before the first. */
  lastJudged(member: string): Judged | null {
    const { hand, store, recorder } = this.#deps;
    const { content } = recorder;
    const seat = hand.lastJudged(member);
    if (!seat) return null;
    const turn = store.turn(seat.trader, seat.round);
    const seen = turnSeen(store, content, seat.trader, seat.round);
    const closing = this.#closing(seat);
    const made =
      seen && closing
        ? CHOICES.map((choice) => ({
            choice,
            cents: madeBy(seen.state, content, seat.trader, choice, closing),
          })).toSorted((a, b) => b.cents - a.cents)
        : [];
    return { seat, turn, made };
  }

  /** Judges every seat of the episode. Within the transaction of the bell; returns how many sat, and how many beat the trader. */
  belled(
    { season, episode }: EventOf<'episodeClosed'>,
    { market }: ShowState,
  ): { sat: number; beat: number } {
    const { hand, store, clock, recorder } = this.#deps;
    const { content } = recorder;
    let [sat, beat] = [0, 0];
    const seats = hand.seats(poolIdOf(season, episode));
    // The bell waits for it, and hundreds may have sat.
    const seen = turnsSeen(store, content, seats);
    for (const seat of seats) {
      const { trader, round, member, trade, size, location } = seat;
      const its = seen.get(turnKey(seat));
      const turn = store.turn(trader, round);
      if (trade === null || !its || !turn) continue;
      const made = (choice: Choice): number => madeBy(its.state, content, trader, choice, market.priceCents);
      const [ownCents, traderCents] = [made({ trade, size }), made(turn.decision)];
      hand.saveSeat({ ...seat, ownCents, traderCents });
      sat += 1;
      if (ownCents > traderCents) beat += 1;
      if (hand.consent(member) === true)
        hand.keepHumanTurn({
          season,
          round,
          trader,
          observation: its.observation,
          decision: { trade, size, location },
          atMs: clock.nowMs(),
        });
    }
    return { sat, beat };
  }

  #offerOf(member: string, trader: TraderId, { observation }: TurnSeen): Offer {
    const { hand, recorder, poolOfEpisode } = this.#deps;
    const { round } = recorder.state;
    const fresh: Seat = {
      poolId: poolOfEpisode().id,
      trader,
      round,
      member,
      trade: null,
      size: 'Small',
      location: observation.roomName,
      ownCents: null,
      traderCents: null,
    };
    const seat = hand.seat(member, trader, round) ?? fresh;
    return { trader, round, observation, seat, consent: hand.consent(member) };
  }

  /** The trader's turn of the round that is on: it lasts until the next one opens. */
  #seen(trader: TraderId): Result<TurnSeen, ChairRefusal> {
    const { recorder, store } = this.#deps;
    const { content } = recorder;
    const { state } = recorder;
    const whose = state.traders[trader];
    if (!whose) return refused('unknown_trader');
    if (state.phase === 'intermission') return refused('market_shut');
    if (whose.standing === 'intern') return refused('intern_cannot_trade');
    if (!state.turnsTaken.includes(trader)) return refused('no_turn_yet');
    const seen = turnSeen(store, content, trader, state.round);
    return seen ? accepted(seen) : refused('no_turn_yet');
  }

  /** Chaos may strike before a trader's turn as well: what fell the most tells, by more than any order moves it. */
  #crashedSince({ state: then }: TurnSeen): boolean {
    const { recorder, store } = this.#deps;
    const { state: now, content } = recorder;
    if (store.audits('chaos', 1)[0]?.round !== now.round) return false;
    const { gapBps } = content.market.chaos;
    const most = INSTRUMENTS.toSorted((a, b) => Math.abs(gapBps[b]) - Math.abs(gapBps[a]))[0];
    if (most === undefined) return false;
    return changeBps(then.market.priceCents[most], now.market.priceCents[most]) / gapBps[most] > CRASHED;
  }

  /** Prices at the bell that judged the seat. */
  #closing({ poolId }: Seat): Prices | null {
    const { season, episode } = episodeInPoolId(poolId);
    return this.#deps.hand.recap(season, episode)?.closing ?? null;
  }
}
