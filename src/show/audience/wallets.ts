/** Members' own chips: the welcome, the balance, the bailout of the day. Nobody gets twice what there is only once. */
import { MINT, transfer, walletOf, type Entry } from '#core/betting/ledger.ts';
import { BAILOUT_CHIPS, WELCOME_CHIPS } from '#core/betting/pools.ts';
import type { ChipStore, ChipTransaction } from '../ports/chips.ts';
import type { Clock } from '../ports/clock.ts';
import { accepted, refused, type BailoutRefusal, type Result } from '../results.ts';
import { instantOf, localDay } from '../schedule/wall-clock.ts';
import type { FormerMembers } from './former-members.ts';

/** The member's entries that a wallet shows. */
const HISTORY = 20;

export interface WalletsDeps {
  chips: ChipStore;
  former: FormerMembers;
  clock: Clock;
  /** Whether the member has chips in the live pool. */
  hasStake: (member: string) => boolean;
  /** The time zone in which days are counted. */
  timeZone: () => string;
}

export class Wallets {
  readonly #deps: WalletsDeps;

  constructor(deps: WalletsDeps) {
    this.#deps = deps;
  }

  /** The member's chips and newest entries. A newcomer is welcomed. */
  of(member: string): { chips: number; history: Entry[] } {
    const { chips } = this.#deps;
    chips.transact((tx) => this.welcome(tx, member));
    return { chips: chips.balance(walletOf(member)), history: chips.history(member, HISTORY) };
  }

  /** Gives a newcomer the chips to begin with. */
  welcome(tx: ChipTransaction, member: string): void {
    if (!this.#isNew(member)) return;
    tx.post(transfer(MINT, walletOf(member), WELCOME_CHIPS, 'welcome', null, this.#deps.clock.nowMs()));
  }

  /**
   * Whether a member may have a bailout now. The facts of `bailed_out_today` hold the time of the next, `againAtMs`. Changes nothing.
   */
  mayBailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    const { chips, clock, timeZone, hasStake } = this.#deps;
    const own = this.#isNew(member) ? WELCOME_CHIPS : chips.balance(walletOf(member));
    if (own > 0) return refused('chips_left', { chips: own });
    if (hasStake(member)) return refused('stake_running');
    const lastMs = this.lastBailoutMs(member);
    const zone = timeZone();
    const today = localDay(clock.nowMs(), zone);
    if (lastMs !== null && localDay(lastMs, zone) === today)
      return refused('bailed_out_today', { againAtMs: instantOf(today + 1, 0, zone) });
    return accepted({ chips: BAILOUT_CHIPS });
  }

  /** A hundred chips for a member who has none, not even in a pool; once a day in the show's time zone. */
  bailOut(member: string): Result<{ chips: number }, BailoutRefusal> {
    const { chips, clock } = this.#deps;
    return chips.transact((tx) => {
      this.welcome(tx, member);
      const granted = this.mayBailOut(member);
      if (granted.ok)
        tx.post(transfer(MINT, walletOf(member), granted.value.chips, 'bailout', null, clock.nowMs()));
      return granted;
    });
  }

  /** Null: never. A bailout counts even if the member's data were deleted since. */
  lastBailoutMs(member: string): number | null {
    const { chips, former } = this.#deps;
    const times = [
      chips.lastAtMs(walletOf(member), 'bailout'),
      former.find(member)?.bailedOutAtMs ?? null,
    ].filter((atMs) => atMs !== null);
    return times.length === 0 ? null : Math.max(...times);
  }

  #isNew(member: string): boolean {
    const { chips, former } = this.#deps;
    return !chips.hasAccount(walletOf(member)) && former.find(member) === null;
  }
}
