/** Links to messages of the show, by what its outbox knows of them. */
import type { Outbox } from '#show/ports/outbox.ts';
import type { Moment } from '#show/ports/story-views.ts';
import type { Places } from '../channels/places.ts';

/** The address of the message that shows a moment; null while none is known. */
export type LinkOf = (moment: Pick<Moment, 'shown' | 'round' | 'trader'>) => string | null;

export function messageLinks(guildId: string, outbox: Outbox, places: Places): LinkOf {
  return ({ shown: { place, kinds }, round, trader }) => {
    const message = outbox.messageOf({ place, round, kinds, trader });
    const channel = places.channel(place);
    return message === null || channel === null
      ? null
      : `https://discord.com/channels/${guildId}/${channel}/${message}`;
  };
}
