/** What the pool's message tells one member about a stake. */
import type { Audience } from '#show/audience/audience.ts';
import type { ToTell } from '#show/audience/member-picks.ts';
import type { PoolNotice } from '../posts/pool.ts';
import type { Wording } from '../wording.ts';
import { bailoutRefusal } from './bailout.ts';

/** Null for what need not be told. A member who has nothing left is offered the bailout, or told when the next one comes. */
export function poolNotice(
  { member, why }: ToTell,
  bailout: ReturnType<Audience['mayBailOut']>,
  wording: Wording,
): PoolNotice | null {
  const { texts } = wording;
  switch (why.code) {
    case 'no_open_pool':
      return null;
    case 'stands_without_reaction':
      return {
        member,
        why: texts.pool.standsWithoutReaction(wording.name(why.outcome)),
        bailout: false,
      };
    case 'no_chips_left':
      return bailout.ok
        ? { member, why: texts.refusals.stake.no_chips_left(), bailout: true }
        : { member, why: bailoutRefusal(bailout, wording), bailout: false };
    default:
      return { member, why: texts.refusals.stake[why.code](why.facts), bailout: false };
  }
}
