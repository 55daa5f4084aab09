/** The bailout of the day: the button that offers it, and why it is refused. */
import { BAILOUT_CHIPS } from '#core/betting/pools.ts';
import type { Audience } from '#show/audience/audience.ts';
import type { MessageBody } from '../message.ts';
import { button, row } from '../buttons.ts';
import { relativeTime } from '../format.ts';
import type { Wording } from '../wording.ts';

type Bailout = ReturnType<Audience['mayBailOut']>;

/** Under the pool's own message it is for whomever the notice names; everybody else is told that they need none. */
export function bailoutButton(poolId: string | null, { texts, format }: Wording) {
  return button('bailout', poolId ?? '', texts.bailout.take(format.count(BAILOUT_CHIPS)));
}

/** Why the bailout is refused, and when the next one comes. */
export function bailoutRefusal(bailout: Extract<Bailout, { ok: false }>, { texts }: Wording): string {
  const againAtMs = Number(bailout.facts['againAtMs'] ?? 0);
  return texts.refusals.bailout[bailout.code](relativeTime(againAtMs));
}

/** For a member's own answer: the button, or when the next bailout comes; nothing for a member who still has chips. */
export function withBailout(
  body: MessageBody,
  bailout: Bailout,
  poolId: string | null,
  wording: Wording,
): MessageBody {
  if (bailout.ok) return { ...body, components: [row(bailoutButton(poolId, wording))] };
  if (bailout.code !== 'bailed_out_today') return body;
  return { ...body, content: [body.content, bailoutRefusal(bailout, wording)].filter(Boolean).join('\n') };
}
