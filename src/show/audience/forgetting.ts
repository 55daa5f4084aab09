/** Removes a member's id from everything that is stored. Chips keep their sums: accounts and stakes stay, without a name. */
import { walletOf } from '#core/betting/ledger.ts';
import type { Audience } from './audience.ts';
import type { ChipStore } from '../ports/chips.ts';
import type { HandStore } from '../ports/hand.ts';
import type { ShowStore, StillNaming } from '../ports/store.ts';
import { accepted, refused, type Result } from '../results.ts';

export type ForgetRefusal = 'nothing_known' | 'stake_is_open' | 'stake_is_locked' | 'excluded_from_pool';

export interface MemberData {
  /** Null for a member who never had any. */
  chips: number | null;
  /** What the member did as a producer. */
  acts: number;
  /** Whether the member had a hand in the show beside betting: tips, pledges, a chair. */
  hand: boolean;
}

interface Deps {
  audience: Audience;
  store: { show: ShowStore; chips: ChipStore; hand: HandStore };
  /** The pool of the episode that is on, or of the one to come: it may be still to open. */
  poolOfEpisode: { id: string; episode: number };
}

/** The name in the audit log for a member who never had an account. */
const NAMELESS = 'former';

/** What is stored about a member, without storing anything more. */
export function dataOf({ store, audience }: Omit<Deps, 'poolOfEpisode'>, member: string): MemberData {
  const known = store.chips.hasAccount(walletOf(member));
  return {
    chips: known ? audience.wallet(member).chips : null,
    acts: store.show.actsOf(member),
    hand: store.hand.knows(member),
  };
}

/**
 * To be run in one transaction. `pools` are those whose results named the member; `messages` still do, and what shows one of `rows`
 * may. The member's part in the live pool must end first: a stake placed by a reaction would come back with it, and somebody who ran the
 * show must not bet under a new name.
 */
export function forgetMember(
  deps: Deps,
  member: string,
): Result<{ pools: string[] } & StillNaming, ForgetRefusal> {
  const { audience, store } = deps;
  const pool = audience.pool();
  const stake = audience.stakeOf(member);
  const onTwin = audience.stakeOf(member, 'twin');
  const twins = audience.pool('twin');
  const reacted = pool?.status === 'open' && store.chips.reactions(pool.id, member).length > 0;
  if (pool && stake?.origin === 'reaction' && pool.status === 'open')
    return refused('stake_is_open', { episode: pool.episode });
  if (pool && stake && pool.status === 'locked') return refused('stake_is_locked', { episode: pool.episode });
  if (pool && reacted) return refused('stake_is_open', { episode: pool.episode });
  if (twins && onTwin && twins.status === 'locked')
    return refused('stake_is_locked', { episode: twins.episode });
  if (onTwin) audience.unstakeOnTwin(member);
  if (stake) audience.unstake(member, stake.outcome);
  for (const { id, episode } of [...(pool ? [pool] : []), deps.poolOfEpisode])
    if (store.chips.result(id) === null && store.chips.excluded(id, member))
      return refused('excluded_from_pool', { episode });
  const data = dataOf(deps, member);
  const { former, pools, anything } = audience.forget(member);
  if (data.chips === null && data.acts === 0 && !anything) return refused('nothing_known');
  return accepted({ pools, ...store.show.forget(member, former ?? NAMELESS) });
}
