/** Chips that go the way of a pool that went wrong. */
import assert from 'node:assert/strict';
import { JACKPOT, transfer, walletOf } from '#core/betting/ledger.ts';
import type { Store } from '#store/store.ts';

/** Leaves the member, who may be new, with `left` chips of what there is. */
export function loseChips({ chips }: Store, member: string, left = 0): void {
  const wallet = walletOf(member);
  chips.transact((tx) => {
    if (chips.history(member, 1).length === 0) tx.post(transfer('mint', wallet, 1_000, 'welcome', null, 0));
    const lost = chips.balance(wallet) - left;
    assert.ok(lost >= 0, `${member} has fewer than ${left} chips`);
    if (lost > 0) tx.post(transfer(wallet, JACKPOT, lost, 'stake', null, 0));
  });
}
