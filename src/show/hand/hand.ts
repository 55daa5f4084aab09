/** The audience's hand in the show: a tip for a trader's ear, a thought that is read out; and what came of it at the bell. */
import { LEAK_ROUNDS, WHISPER_MAX } from '#core/betting/hand.ts';
import { isFollowed } from '#core/actions/whisper.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { instrumentIn, meaningOf } from '#core/hearing/hear.ts';
import type { ShowState } from '#core/state.ts';
import { gainCents, isOwn } from '#core/trading/deals.ts';
import type { Instrument, TraderId } from '#core/vocabulary.ts';
import { Bluffs } from './bluffs.ts';
import { Chair } from './chair.ts';
import type { Audience } from '../audience/audience.ts';
import type { Pledged } from '../audience/leaks.ts';
import { poolIdOf } from '../audience/pools.ts';
import { wordsOf } from '../chaos.ts';
import type { HandStore, WhisperRecord } from '../ports/hand.ts';
import type { HandFacts, Recap, ToldLeak, ToldTip } from '../ports/hand-views.ts';
import { accepted, refused, type PledgeRefusal, type Result, type WhisperRefusal } from '../results.ts';
import type { Running } from '../running.ts';
import { Votes } from './votes.ts';
import { Why, type WhyDeps } from './why.ts';

export interface HandDeps extends WhyDeps {
  hand: HandStore;
  audience: Audience;
  running: Running;
  /** The pool of the episode that is on, or of the one to come. */
  poolOfEpisode: () => { id: string; episode: number };
  /** True for a text that must not be shown. */
  blocks: (text: string) => boolean;
}

export class Hand {
  /** Members in a trader's place. */
  readonly chair: Chair;
  /** What members vote on in an intermission. */
  readonly votes: Votes;
  /** Whether traders mean what they say, as members guess. */
  readonly bluffs: Bluffs;
  /** What a trader's last decision hung on. */
  readonly why: Why;
  readonly #deps: HandDeps;

  constructor(deps: HandDeps) {
    this.#deps = deps;
    this.chair = new Chair(deps);
    this.votes = new Votes(deps);
    this.bluffs = new Bluffs(deps);
    this.why = new Why(deps);
  }

  /**
   * The trader hears it in its next turn, as what somebody on the phone says. `lacks`: what the tip would have sold that the trader
   * does not hold now.
   */
  whisper(
    member: string,
    trader: TraderId,
    text: string,
  ): Result<{ id: number; balance: number; lacks: Instrument | null }, WhisperRefusal> {
    const { audience, recorder, blocks, poolOfEpisode } = this.#deps;
    const { content } = recorder;
    const refusal = this.#whisperRefusal(trader);
    if (refusal) return refused(refusal);
    const checked = wordsOf(text, WHISPER_MAX, blocks);
    if (!checked.ok) return checked;
    const names = instrumentIn(checked.value);
    const { stance } = meaningOf(checked.value, content.cast);
    const tone = stance > 0 ? 'up' : stance < 0 ? 'down' : 'flat';
    const tip = { trader, text: checked.value, names, tone } as const;
    return recorder.commit(() => {
      const given = audience.whispers.give({ ...tip, poolId: poolOfEpisode().id, member });
      if (!given.ok) return given;
      recorder.act({ type: 'whisper', id: given.value.id, ...tip });
      return accepted({ ...given.value, lacks: lacking(tip, recorder.state) });
    });
  }

  /** The member's tip of this episode, if there is one. */
  whisperOf(member: string): WhisperRecord | null {
    return this.#deps.audience.whispers.of(this.#deps.poolOfEpisode().id, member);
  }

  /** Chips under the thought of a turn. At the price it is read out in the room where its trader is. */
  pledge(member: string, trader: TraderId, round: number, chips: number): Result<Pledged, PledgeRefusal> {
    const { audience, recorder, poolOfEpisode } = this.#deps;
    const thought = this.#thought(trader, round);
    if (!thought.ok) return thought;
    return recorder.commit(() => {
      const pledged = audience.leaks.pledge(member, { poolId: poolOfEpisode().id, trader, round }, chips);
      if (!pledged.ok) return pledged;
      if (pledged.value.missing === 0) {
        for (const event of recorder.act({ type: 'leakThought', trader, text: thought.value }))
          if (event.type === 'thoughtLeaked')
            audience.leaks.told({ trader, round }, recorder.state.round, event.room);
      } else if (pledged.value.first) {
        recorder.post({ place: 'betting', post: { kind: 'leakOpened', trader, round }, afterMs: 0 });
        recorder.tell({ posted: 'leakOpened' });
      }
      return pledged;
    });
  }

  /** How many chips a thought still takes before it is read out. */
  missingFor(trader: TraderId, round: number): Result<number, PledgeRefusal> {
    const missing = this.#deps.audience.leaks.missing({ trader, round });
    if (missing === 0) return refused('told_already');
    const thought = this.#thought(trader, round);
    return thought.ok ? accepted(missing) : thought;
  }

  /** What was heard is paid for, and what was promised is guessed at. Within the transaction of the turn. */
  turnTaken(events: readonly ShowEvent[]): void {
    this.bluffs.turnTaken(events);
    for (const event of events)
      if (event.type === 'tipHeard') this.#deps.audience.whispers.heard(event.id, event.round);
  }

  /** What came of everything; what came to nothing is paid back. Within the transaction of the bell. */
  belled(closed: EventOf<'episodeClosed'>, before: ShowState): HandFacts {
    const { audience, hand } = this.#deps;
    const { chair, votes, bluffs } = this;
    const { season, episode } = closed;
    const poolId = poolIdOf(season, episode);
    audience.whispers.giveBack();
    audience.leaks.giveBack();
    bluffs.judge();
    const tips = hand.whispers(poolId).flatMap((tip) => this.#tip(tip, before));
    const leaks = hand.leaks(poolId).flatMap(({ trader, round, status, toldRound, toldIn }): ToldLeak[] => {
      const thought = this.#deps.store.turn(trader, round)?.decision.thought;
      if (status !== 'told' || thought === undefined) return [];
      const told = toldRound === null || toldIn === null ? null : { round: toldRound, room: toldIn };
      return [{ trader, round, thought, ...(told && { told }) }];
    });
    return {
      tips,
      leaks,
      votes: votes.told(poolId),
      bluffs: bluffs.told(poolId),
      chairs: chair.belled(closed, before),
    };
  }

  /** An episode of this season as it was, or the newest; null where none is known. */
  recap(episode: number | null): Recap | null {
    return this.#deps.hand.recap(this.#deps.recorder.state.season, episode);
  }

  /** Within the transaction of the bell. */
  keepRecap(recap: Recap): void {
    this.#deps.hand.saveRecap(recap);
  }

  #tip(tip: WhisperRecord, { market }: ShowState): ToldTip[] {
    const { trader, text, names, heardRound } = tip;
    if (tip.status !== 'heard' || heardRound === null) return [];
    const fills = this.#deps.store
      .fills(heardRound)
      .filter((fill) => fill.round === heardRound && fill.trader === trader && isOwn(fill));
    const followed = isFollowed(tip, fills);
    const named = fills.filter(({ instrument }) => instrument === names);
    const cents = followed === true ? gainCents(named, market.priceCents) : null;
    return [{ trader, round: heardRound, text, followed, cents }];
  }

  #whisperRefusal(trader: TraderId): WhisperRefusal | null {
    const { recorder, running, rightOfWay } = this.#deps;
    const { state } = recorder;
    const whose = state.traders[trader];
    if (!whose) return 'unknown_trader';
    if (running.mode !== 'running') return 'show_not_running';
    if (state.phase === 'intermission') return 'market_shut';
    if (whose.standing === 'intern') return 'intern_cannot_trade';
    const onTheLine = state.tips?.filter((tip) => tip.trader === trader).length ?? 0;
    const isBeingHeard = rightOfWay.isListening(trader) ? 1 : 0;
    return onTheLine - isBeingHeard >= this.#turnsLeft(trader) ? 'line_is_busy' : null;
  }

  /** How many turns the trader still begins before the closing bell. */
  #turnsLeft(trader: TraderId): number {
    const { recorder, rightOfWay } = this.#deps;
    const { rules, phase, phaseRound, roundOpen, turnsTaken } = recorder.state;
    // Who is thinking about it hears nothing more in it.
    const tookIt = roundOpen && (turnsTaken.includes(trader) || rightOfWay.isThinking(trader)) ? 1 : 0;
    const thisRound = roundOpen ? 1 - tookIt : 0;
    const episode = phase === 'premiere' ? rules.episodeRounds : 0;
    const rounds = phase === 'premiere' ? rules.intermissionRounds : rules.episodeRounds;
    return rounds - phaseRound + thisRound + episode;
  }

  /** The words of a thought that may be read out. */
  #thought(trader: TraderId, round: number): Result<string, PledgeRefusal> {
    const { recorder, store } = this.#deps;
    if (!recorder.state.traders[trader]) return refused('unknown_trader');
    const turn = store.turn(trader, round);
    const thought = turn && turn.fumble === null ? turn.decision.thought.trim() : '';
    if (thought === '') return refused('no_such_thought');
    if (round < recorder.state.round - LEAK_ROUNDS) return refused('thought_too_old');
    return { ok: true, value: thought };
  }
}

/** What the tip has its trader sell that it does not hold. */
function lacking(
  { trader, names, tone }: Pick<WhisperRecord, 'trader' | 'names' | 'tone'>,
  { traders }: ShowState,
): Instrument | null {
  const held = names === null ? 0 : (traders[trader]?.book.qty[names] ?? 0);
  return tone === 'down' && held <= 0 ? names : null;
}
