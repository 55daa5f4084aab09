/** Tips for a trader's ear: paid when given, spent when heard, returned when the bell comes first. */
import { WHISPER_CHIPS, whisperPot } from '#core/betting/hand.ts';
import { JACKPOT, transfer, walletOf } from '#core/betting/ledger.ts';
import type { ChipStore } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandStore, WhisperRecord } from '../ports/hand.ts';
import { accepted, refused, type Result, type WhisperRefusal } from '../results.ts';
import type { Wallets } from './wallets.ts';

export type Tip = Pick<WhisperRecord, 'poolId' | 'member' | 'trader' | 'text' | 'names' | 'tone'>;

export interface WhispersDeps {
  chips: ChipStore;
  hand: HandStore;
  wallets: Wallets;
  clock: Clock;
}

export class Whispers {
  readonly #deps: WhispersDeps;

  constructor(deps: WhispersDeps) {
    this.#deps = deps;
  }

  /** Takes the chips. One a member an episode; one that was returned does not count. Resolves to its id and what the member has left. */
  give(tip: Tip): Result<{ id: number; balance: number }, WhisperRefusal> {
    const { chips, hand, wallets, clock } = this.#deps;
    return chips.transact((tx) => {
      if (this.of(tip.poolId, tip.member)) return refused('whispered_already');
      wallets.welcome(tx, tip.member);
      const own = chips.balance(walletOf(tip.member));
      if (own < WHISPER_CHIPS) return refused('not_enough_chips', { price: WHISPER_CHIPS, chips: own });
      const id = hand.addWhisper(tip);
      const atMs = clock.nowMs();
      tx.post(transfer(walletOf(tip.member), whisperPot(id), WHISPER_CHIPS, 'whisper', tip.poolId, atMs));
      return accepted({ id, balance: own - WHISPER_CHIPS });
    });
  }

  /** The member's tip of this episode; null when there is none, or it was returned. */
  of(poolId: string, member: string): WhisperRecord | null {
    const given = this.#deps.hand.whispers(poolId);
    return given.find((each) => each.member === member && each.status !== 'returned') ?? null;
  }

  /** The trader heard it: its chips go to the jackpot. A tip that was returned meanwhile was heard for nothing. */
  heard(id: number, round: number): void {
    const { chips, hand, clock } = this.#deps;
    const tip = hand.whisper(id);
    if (tip?.status !== 'waiting') return;
    chips.transact((tx) => {
      hand.endWhisper(id, 'heard', round);
      tx.post(transfer(whisperPot(id), JACKPOT, WHISPER_CHIPS, 'whisper_heard', tip.poolId, clock.nowMs()));
    });
  }

  /** Returns the chips of every tip that was not heard: of all members, or of one. */
  giveBack(member: string | null = null): void {
    const { chips, hand, clock } = this.#deps;
    chips.transact((tx) => {
      for (const { id, poolId, member: whose } of hand.waitingWhispers(member)) {
        hand.endWhisper(id, 'returned', null);
        tx.post(
          transfer(whisperPot(id), walletOf(whose), WHISPER_CHIPS, 'whisper_returned', poolId, clock.nowMs()),
        );
      }
    });
  }
}
