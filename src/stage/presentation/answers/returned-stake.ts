/** Tells producers that their own stake was returned because of what they did. */
import type { Stake } from '#show/ports/chips.ts';
import type { MessageBody } from '../message.ts';
import type { Wording } from '../wording.ts';

/** The answer, with a line about the stake if there was one. */
export function withReturnedStake(body: MessageBody, returned: Stake | null, wording: Wording): MessageBody {
  if (!returned) return body;
  const { texts, format } = wording;
  const line = texts.stakeReturned(format.count(returned.chips), wording.name(returned.outcome));
  return { ...body, content: body.content === undefined ? line : `${body.content}\n${line}` };
}
