/** Members put chips together under a thought; at the price it is read out, and without it they get them back at the bell. */
import { LEAK_CHIPS, leakPot } from '#core/betting/hand.ts';
import { JACKPOT, transfer, walletOf } from '#core/betting/ledger.ts';
import type { RoomId, TraderId } from '#core/vocabulary.ts';
import type { ChipStore, ChipTransaction } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandStore, Leak, Pledge } from '../ports/hand.ts';
import { accepted, refused, type PledgeRefusal, type Result } from '../results.ts';
import type { Wallets } from './wallets.ts';

export interface LeaksDeps {
  chips: ChipStore;
  hand: HandStore;
  wallets: Wallets;
  clock: Clock;
}

export interface Pledged {
  /** What was taken: no more than was missing. */
  chips: number;
  /** What is missing now; 0: the thought is open. */
  missing: number;
  balance: number;
  /** The first chips under this thought. */
  first: boolean;
}

/** A turn whose thought it is, and the episode that it counts for. */
export interface Thought {
  poolId: string;
  trader: TraderId;
  round: number;
}

export class Leaks {
  readonly #deps: LeaksDeps;

  constructor(deps: LeaksDeps) {
    this.#deps = deps;
  }

  /** How many chips are missing; 0 when it was read out. */
  missing({ trader, round }: Pick<Thought, 'trader' | 'round'>): number {
    const { chips, hand } = this.#deps;
    if (hand.leak(trader, round)?.status === 'told') return 0;
    return LEAK_CHIPS - chips.balance(leakPot(trader, round));
  }

  pledge(member: string, thought: Thought, offered: number): Result<Pledged, PledgeRefusal> {
    const { chips, hand, wallets, clock } = this.#deps;
    const { poolId, trader, round } = thought;
    if (!Number.isSafeInteger(offered) || offered < 1) return refused('pledge_too_small');
    return chips.transact((tx) => {
      const known = hand.leak(trader, round);
      if (known?.status === 'told') return refused('told_already');
      wallets.welcome(tx, member);
      const own = chips.balance(walletOf(member));
      const sum = Math.min(offered, this.missing(thought));
      if (own < sum) return refused('not_enough_chips', { chips: own });
      const open: Leak =
        known?.status === 'open'
          ? known
          : { poolId, trader, round, status: 'open', toldRound: null, toldIn: null };
      tx.post(transfer(walletOf(member), leakPot(trader, round), sum, 'pledge', open.poolId, clock.nowMs()));
      const before = hand.pledges(trader, round).find((each) => each.member === member)?.chips ?? 0;
      hand.setPledge({ trader, round, member, chips: before + sum });
      hand.saveLeak(open);
      const missing = this.missing(thought);
      if (missing === 0) this.#spend(tx, open);
      return accepted({ chips: sum, missing, balance: own - sum, first: known?.status !== 'open' });
    });
  }

  /** Where the thought was read out. Within the transaction of the pledge that paid for it. */
  told({ trader, round }: Pick<Thought, 'trader' | 'round'>, toldRound: number, toldIn: RoomId): void {
    const { hand } = this.#deps;
    const leak = hand.leak(trader, round);
    if (leak) hand.saveLeak({ ...leak, toldRound, toldIn });
  }

  /** Returns what lies under thoughts that were not read out: of all members, or of one. */
  giveBack(member: string | null = null): void {
    const { chips, hand } = this.#deps;
    chips.transact((tx) => {
      if (member !== null) {
        for (const pledge of hand.openPledges(member)) this.#returnOne(tx, pledge);
        return;
      }
      for (const leak of hand.openLeaks()) {
        for (const pledge of hand.pledges(leak.trader, leak.round)) this.#returnOne(tx, pledge);
        hand.saveLeak({ ...leak, status: 'returned' });
      }
    });
  }

  #spend(tx: ChipTransaction, leak: Leak): void {
    const { hand, clock } = this.#deps;
    const pot = leakPot(leak.trader, leak.round);
    tx.post(transfer(pot, JACKPOT, LEAK_CHIPS, 'leak_paid', leak.poolId, clock.nowMs()));
    hand.saveLeak({ ...leak, status: 'told' });
  }

  #returnOne(tx: ChipTransaction, pledge: Pledge): void {
    const { hand, clock } = this.#deps;
    const { trader, round, member, chips } = pledge;
    if (chips === 0) return;
    const poolId = hand.leak(trader, round)?.poolId ?? null;
    const pot = leakPot(trader, round);
    tx.post(transfer(pot, walletOf(member), chips, 'pledge_returned', poolId, clock.nowMs()));
    hand.setPledge({ ...pledge, chips: 0 });
  }
}
