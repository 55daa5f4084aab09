/**
 * Does the trader do what it just said? A member may say so once a line, until the next round opens; then the logged trade tells.
 * Right is worth a point and wrong costs one, and both have a rating that grows by the other's.
 */
import type { Content } from '#core/content.ts';
import { isKept, promiseIn } from '#core/hearing/promise.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { ELO_START, eloGain } from './elo.ts';
import { episodeInPoolId } from '../audience/pools.ts';
import type { BluffCall, HandStore, Rating } from '../ports/hand.ts';
import type { ShowStore, TurnRecord } from '../ports/store.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type BluffRefusal, type Result } from '../results.ts';

export interface BluffsDeps {
  recorder: Recorder;
  store: ShowStore;
  hand: HandStore;
  poolOfEpisode: () => { id: string };
}

export class Bluffs {
  readonly #deps: BluffsDeps;
  /** Members who looked up what a trader did in the round that is on. */
  readonly #know = new Set<string>();
  #knowsOf = 0;

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

  /** How the member's own call of this line stands; null: none yet. */
  callOf(member: string, trader: TraderId, round: number): BluffCall | null {
    return this.#deps.hand.bluffCall(member, trader, round);
  }

  /** `means`: the trader does what it says. */
  call(member: string, trader: TraderId, round: number, means: boolean): Result<BluffCall, BluffRefusal> {
    const { recorder, hand, poolOfEpisode } = this.#deps;
    if (round !== recorder.state.round) return refused('round_is_over');
    if (this.#truth(trader, round) === null) return refused('no_such_line');
    if (hand.bluffCall(member, trader, round)) return refused('called_already');
    if (this.#knowsOf === round && this.#know.has(`${member}/${trader}`)) return refused('you_know');
    const call: BluffCall = { poolId: poolOfEpisode().id, trader, round, member, means, right: null };
    recorder.commit(() => hand.saveCall(call));
    return accepted(call);
  }

  /** Judges what was called in the round that is over, within the transaction of the closing bell or of the next round's opening. */
  judge(): void {
    const { hand } = this.#deps;
    for (const call of hand.openCalls()) {
      const kept = this.#truth(call.trader, call.round);
      if (kept === null) continue;
      // The bell may have opened the next season by now.
      const { season } = episodeInPoolId(call.poolId);
      const right = kept === call.means;
      hand.saveCall({ ...call, right });
      const member = this.#rating(season, 'member', call.member);
      const trader = this.#rating(season, 'trader', call.trader);
      const gain = eloGain(member.elo, trader.elo, right);
      hand.saveRating(season, 'member', scored(member, right, gain));
      hand.saveRating(season, 'trader', scored(trader, !right, -gain));
    }
  }

  ranking(limit: number): Rating[] {
    return this.#deps.hand.ratings(this.#deps.recorder.state.season, limit);
  }

  /** How many were called in an episode, and how many of them were right. */
  told(poolId: string): { called: number; right: number } {
    const judged = this.#deps.hand.calls(poolId).filter(({ right }) => right !== null);
    return { called: judged.length, right: judged.filter(({ right }) => right === true).length };
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
