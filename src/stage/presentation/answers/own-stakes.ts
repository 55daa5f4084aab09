/** Tells producers what came of their own stakes because of what they did. */
import type { OwnStake } from '#show/audience/stakes.ts';
import type { MessageBody } from '../message.ts';
import { outcomeNamed } from '../outcome.ts';
import type { Wording } from '../wording.ts';

/** The answer, with a line about each stake. */
export function withOwnStakes(body: MessageBody, stakes: readonly OwnStake[], wording: Wording): MessageBody {
  if (stakes.length === 0) return body;
  const { ownStakes } = wording.texts;
  const lines = stakes.map(({ chips, outcome, locked }) =>
    ownStakes[locked ? 'locked' : 'returned'](
      wording.format.count(chips),
      outcomeNamed(outcome, wording).name,
    ),
  );
  return { ...body, content: [...(body.content === undefined ? [] : [body.content]), ...lines].join('\n') };
}
