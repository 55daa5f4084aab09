/** Tells producers that their own stakes were returned because of what they did. */
import type { Stake } from '#show/ports/chips.ts';
import type { MessageBody } from '../message.ts';
import { outcomeNamed } from '../outcome.ts';
import type { Wording } from '../wording.ts';

/** The answer, with a line about each stake. */
export function withReturnedStakes(
  body: MessageBody,
  returned: readonly Stake[],
  wording: Wording,
): MessageBody {
  if (returned.length === 0) return body;
  const { texts, format } = wording;
  const lines = returned.map(({ chips, outcome }) =>
    texts.stakeReturned(format.count(chips), outcomeNamed(outcome, wording).name),
  );
  return { ...body, content: [...(body.content === undefined ? [] : [body.content]), ...lines].join('\n') };
}
