/** Takes a member's id out of everything that is stored. Chips keep their sums: accounts and stakes stay, nameless. */
import type { Audience } from './audience.ts';
import type { ChipStore } from '../ports/chips.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { ShowStore } from '../ports/store.ts';
import { accepted, refused, type PoolResult, type Result } from '../results.ts';

export type ForgetRefusal = 'nothing_known' | 'stake_is_open' | 'stake_is_locked' | 'excluded_from_pool';

export interface MemberData {
  /** Null: never had any. */
  chips: number | null;
  /** What the member did as a producer. */
  acts: number;
}

interface Deps {
  audience: Audience;
  store: { show: ShowStore; chips: ChipStore; keyValues: KeyValues };
}

const RESULTS = 'pool-result:';
const EXCLUSIONS = 'excluded:';
/** Who never had an account is known by this in the audit log. */
const NAMELESS = 'former';

/** What is stored about a member, without storing anything more. */
export function dataOf({ store, audience }: Deps, member: string): MemberData {
  const known = store.chips.history(member, 1).length > 0;
  return { chips: known ? audience.wallet(member).chips : null, acts: store.show.actsOf(member) };
}

/**
 * To be run in one transaction. `pools` are those whose results named the member, `messages` ids of messages that still do. A part in the live pool has to end
 * first: what a reaction placed would come back with the reaction, and who ran the show must not bet under a new name.
 */
export function forgetMember(
  deps: Deps,
  member: string,
): Result<{ pools: string[]; messages: string[] }, ForgetRefusal> {
  const { audience, store } = deps;
  const pool = audience.pool();
  const stake = audience.stakeOf(member);
  if (pool && stake) {
    if (pool.status === 'locked') return refused('stake_is_locked', { episode: pool.episode });
    if (stake.origin === 'reaction') return refused('stake_is_open', { episode: pool.episode });
    audience.unstake(member, stake.outcome);
  }
  if (pool && store.keyValues.get(`${EXCLUSIONS}${pool.id}:${member}`) !== null) {
    return refused('excluded_from_pool', { episode: pool.episode });
  }
  const data = dataOf(deps, member);
  const exclusions = store.keyValues.entries(EXCLUSIONS).filter(({ name }) => name.endsWith(`:${member}`));
  if (data.chips === null && data.acts === 0 && exclusions.length === 0) return refused('nothing_known');
  for (const { name } of exclusions) store.keyValues.delete(name);
  const former = store.chips.transact((tx) => tx.forget(member)) ?? NAMELESS;
  const messages = store.show.forget(member, former);
  return accepted({ pools: renameWinner(store.keyValues, member, former), messages });
}

function renameWinner(keyValues: KeyValues, member: string, former: string): string[] {
  const pools: string[] = [];
  for (const { name, value } of keyValues.entries(RESULTS)) {
    if (!value.includes(`"${member}"`)) continue;
    const result = JSON.parse(value) as PoolResult;
    if (result.status !== 'settled') continue;
    const payouts = result.payouts.map((paid) =>
      paid.member === member ? { ...paid, member: former } : paid,
    );
    keyValues.set(name, JSON.stringify({ ...result, payouts } satisfies PoolResult));
    pools.push(name.slice(RESULTS.length));
  }
  return pools;
}
