/**
 * Does the trader do what it just said? A member may say so once a line, until the tape tells; the logged trade decides. Who is
 * too late, as nearly everybody is where rounds take seconds, may say so of the trader's next promise, which the tape has not told of.
 * Right is worth a point and wrong costs one, and both have a rating that grows by the other's.
 */
import type { Content } from '#core/content.ts';
import type { ShowEvent } from '#core/events.ts';
import { isKept, promiseIn } from '#core/hearing/promise.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { ELO_START, eloGain } from './elo.ts';
import { episodeInPoolId, poolOfEpisode } from '../audience/pools.ts';
import type { Clock } from '../ports/clock.ts';
import type { BluffAhead, BluffCall, HandStore, Rating } from '../ports/hand.ts';
import type { RoundFact, ShowStore, TurnRecord } from '../ports/store.ts';
import { deedAtMs, isGuessable } from '../programme.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type BluffRefusal, type Result } from '../results.ts';
import type { Running } from '../running.ts';

export interface BluffsDeps {
  recorder: Recorder;
  store: ShowStore;
  hand: HandStore;
  running: Running;
  clock: Clock;
}

export class Bluffs {
  readonly #deps: BluffsDeps;
  /** Members who looked up what a trader did in the round that is on. */
  readonly #know = new Set<string>();
  #knowsOf = 0;
  /** The shortest pace at which deals of a round were planned: a slower one later does not change when they are told. */
  #planned = { round: 0, paceMs: Infinity };

  constructor(deps: BluffsDeps) {
    this.#deps = deps;
  }

  /** The member has seen what the trader did this round, and may no longer guess. */
  peeked(member: string, trader: TraderId): void {
    const { round } = this.#deps.recorder.state;
    if (round !== this.#knowsOf) this.#know.clear();
    this.#knowsOf = round;
    this.#know.add(`${member}/${trader}`);
  }

  /** The same of everybody: their trades are in the picture and on the board before the tape tells. */
  peekedAtAll(member: string): void {
    for (const trader of Object.keys(this.#deps.recorder.state.traders)) this.peeked(member, trader);
  }

  /** How the member's own call of this line stands; null: none yet. */
  callOf(member: string, trader: TraderId, round: number): BluffCall | null {
    const { recorder, hand } = this.#deps;
    const call = hand.bluffCall(member, trader, round);
    // The closing bell judges before the tape has told.
    const isKnown = round !== recorder.state.round || this.#isTold();
    return call && (isKnown ? call : { ...call, right: null });
  }

  /** `means`: the trader does what it says. */
  call(member: string, trader: TraderId, round: number, means: boolean): Result<BluffCall, BluffRefusal> {
    const { recorder } = this.#deps;
    const refusal = this.refusalOf(member, trader, round);
    if (refusal) return refused(refusal);
    return accepted(recorder.commit(() => this.#saveCall({ trader, round, member, means })));
  }

  /**
   * Of the trader's next promise of which the member cannot know what came: it may be said already, while its round lasts, or in any
   * round to come. One at a time.
   */
  callAhead(member: string, trader: TraderId, means: boolean): Result<BluffAhead, BluffRefusal> {
    const { recorder, hand } = this.#deps;
    if (!recorder.state.traders[trader]) return refused('no_such_line');
    if (this.openCallOf(member, trader)) return refused('called_already');
    const ahead: BluffAhead = { trader, member, means };
    const { round } = recorder.state;
    recorder.commit(() => {
      if (this.#promisesNow(trader) && this.refusalOf(member, trader, round) === null)
        this.#saveCall({ ...ahead, round });
      else hand.saveAhead(ahead);
    });
    return accepted(ahead);
  }

  /** The member's call of this trader that no deal has judged yet; null: none. */
  openCallOf(member: string, trader: TraderId): BluffAhead | null {
    const { recorder, hand } = this.#deps;
    const now = this.callOf(member, trader, recorder.state.round);
    return now?.right === null ? now : hand.callAhead(member, trader);
  }

  /** Calls that waited for a promise have met it. Within the transaction of the turn. */
  turnTaken(events: readonly ShowEvent[]): void {
    const { recorder, hand } = this.#deps;
    const { state, content } = recorder;
    this.#planned = { round: state.round, paceMs: this.#paceMs() };
    for (const event of events) {
      if (event.type !== 'spoke' || !isGuessable(state, event, content.cast)) continue;
      for (const ahead of hand.callsAhead(event.trader)) {
        this.#saveCall({ ...ahead, round: event.round });
        hand.dropAhead(ahead);
      }
    }
  }

  /** Why the member may not call the line; null when it may. */
  refusalOf(member: string, trader: TraderId, round: number): BluffRefusal | null {
    const { recorder, hand } = this.#deps;
    if (round !== recorder.state.round) return 'round_is_over';
    if (this.#truth(trader, round) === null) return 'no_such_line';
    if (hand.bluffCall(member, trader, round)) return 'called_already';
    if (this.#knowsOf === round && this.#know.has(`${member}/${trader}`)) return 'you_know';
    return this.#isTold() ? 'round_is_over' : null;
  }

  /** Judges what was called in the round that is over, within the transaction of the closing bell or of the next round's opening. */
  judge(): void {
    const { hand } = this.#deps;
    const judgedIn = new Set<string>();
    for (const call of hand.openCalls()) {
      const kept = this.#truth(call.trader, call.round);
      if (kept === null) continue;
      // The bell may have opened the next season by now.
      const { season } = episodeInPoolId(call.poolId);
      const right = kept === call.means;
      hand.saveCall({ ...call, right });
      judgedIn.add(call.poolId);
      const member = this.#rating(season, 'member', call.member);
      const trader = this.#rating(season, 'trader', call.trader);
      const gain = eloGain(member.elo, trader.elo, right);
      hand.saveRating(season, 'member', scored(member, right, gain));
      hand.saveRating(season, 'trader', scored(trader, !right, -gain));
    }
    for (const poolId of judgedIn) this.#tellInRecap(poolId);
  }

  ranking(limit: number): Rating[] {
    return this.#deps.hand.ratings(this.#deps.recorder.state.season, limit);
  }

  /** How many were called in an episode, and how many of them were right. */
  told(poolId: string): { called: number; right: number } {
    const judged = this.#deps.hand.calls(poolId).filter(({ right }) => right !== null);
    return { called: judged.length, right: judged.filter(({ right }) => right === true).length };
  }

  /** Within a transaction. */
  #saveCall(called: Pick<BluffCall, 'trader' | 'round' | 'member' | 'means'>): BluffCall {
    const { recorder, hand } = this.#deps;
    // The closing bell may have rung since the line was said.
    const poolId = poolOfEpisode(this.#lastRound() ?? recorder.state).id;
    const call: BluffCall = { ...called, poolId, right: null };
    hand.saveCall(call);
    return call;
  }

  /** Whether the trader has said something in this round that asks for a guess. */
  #promisesNow(trader: TraderId): boolean {
    const { recorder, store } = this.#deps;
    const { state, content } = recorder;
    const turn = store.turn(trader, state.round);
    // After the closing bell the state is that of the intermission.
    const { phase } = this.#lastRound() ?? state;
    const line = { trader, text: turn?.decision.speech ?? '' };
    return isGuessable({ phase, traders: state.traders }, line, content.cast);
  }

  /**
   * By the time, and not by the deal: that a call is taken must not tell that there is none. In a round that takes longer the tape
   * tells each deal with its line.
   */
  #isTold(): boolean {
    const { recorder, clock } = this.#deps;
    const openedAtMs = this.#lastRound()?.openedAtMs ?? 0;
    return clock.nowMs() >= openedAtMs + deedAtMs(recorder.state, this.#paceMs());
  }

  /** At which the tape tells of the round. */
  #paceMs(): number {
    const { recorder, running } = this.#deps;
    const { round, paceMs } = this.#planned;
    return round === recorder.state.round ? Math.min(paceMs, running.paceMs) : running.paceMs;
  }

  /** The round that is open or was last opened. */
  #lastRound(): RoundFact | undefined {
    const { recorder, store } = this.#deps;
    return store.rounds(recorder.state.round)[0];
  }

  /** Where the closing bell has kept its recap already: lines of its round are called until the tape tells. */
  #tellInRecap(poolId: string): void {
    const { hand } = this.#deps;
    const { season, episode } = episodeInPoolId(poolId);
    const recap = hand.recap(season, episode);
    if (recap) hand.saveRecap({ ...recap, hand: { ...recap.hand, bluffs: this.told(poolId) } });
  }

  /** Whether the trader did what its line said; null where it promised nothing. */
  #truth(trader: TraderId, round: number): boolean | null {
    const turn = this.#deps.store.turn(trader, round);
    const promise = turn && promiseOf(turn, this.#deps.recorder.content);
    return turn && promise ? isKept(promise, turn.decision.trade) : null;
  }

  #rating(season: number, kind: 'member' | 'trader', who: string): Rating {
    return this.#deps.hand.rating(season, kind, who) ?? { who, elo: ELO_START, right: 0, wrong: 0 };
  }
}

function promiseOf({ fumble, decision }: TurnRecord, { cast }: Content): ReturnType<typeof promiseIn> {
  return fumble === null ? promiseIn(decision.speech, cast) : null;
}

function scored({ who, elo, right, wrong }: Rating, won: boolean, gain: number): Rating {
  return { who, elo: elo + gain, right: right + (won ? 1 : 0), wrong: wrong + (won ? 0 : 1) };
}
