/** Takes a member's id out of everything that is stored. Chips keep their sums: accounts and stakes stay, nameless. */
import type { Audience } from './audience.ts';
import type { ChipStore } from '../ports/chips.ts';
import type { ShowStore } from '../ports/store.ts';
import { accepted, refused, type Result } from '../results.ts';

export type ForgetRefusal = 'nothing_known' | 'stake_is_open' | 'stake_is_locked' | 'excluded_from_pool';

export interface MemberData {
  /** Null: never had any. */
  chips: number | null;
  /** What the member did as a producer. */
  acts: number;
}

interface Deps {
  audience: Audience;
  store: { show: ShowStore; chips: ChipStore };
}

/** Who never had an account is known by this in the audit log. */
const NAMELESS = 'former';

/** What is stored about a member, without storing anything more. */
export function dataOf({ store, audience }: Deps, member: string): MemberData {
  const known = store.chips.history(member, 1).length > 0;
  return { chips: known ? audience.wallet(member).chips : null, acts: store.show.actsOf(member) };
}

/**
 * To be run in one transaction. `pools` are those whose results named the member, `messages` ids of messages that still do. A
 * part in the live pool has to end first: what a reaction placed would come back with the reaction, and somebody who ran the
 * show must not bet under a new name.
 */
export function forgetMember(
  deps: Deps,
  member: string,
): Result<{ pools: string[]; messages: string[] }, ForgetRefusal> {
  const { audience, store } = deps;
  const pool = audience.pool();
  const stake = audience.stakeOf(member);
  const reacted = pool?.status === 'open' && store.chips.reactions(pool.id, member).length > 0;
  if (pool && stake?.origin === 'reaction' && pool.status === 'open')
    return refused('stake_is_open', { episode: pool.episode });
  if (pool && stake && pool.status === 'locked') return refused('stake_is_locked', { episode: pool.episode });
  if (pool && reacted) return refused('stake_is_open', { episode: pool.episode });
  if (stake) audience.unstake(member, stake.outcome);
  if (pool && store.chips.excluded(pool.id, member))
    return refused('excluded_from_pool', { episode: pool.episode });
  const data = dataOf(deps, member);
  const { former, pools, anything } = audience.forget(member);
  if (data.chips === null && data.acts === 0 && !anything) return refused('nothing_known');
  return accepted({ pools, messages: store.show.forget(member, former ?? NAMELESS) });
}
