/** What the publisher does with a post. Pure; exhaustive over everything that the show can plan. */
import type { CardView } from '#show/ports/card-views.ts';
import type { Planned } from '#show/ports/outbox.ts';
import { mention } from '../mention.ts';
import { movesPost, roomPost } from './room.ts';
import { line, type Shown } from './shown.ts';
import { tapePost } from './tape.ts';
import type { Wording } from '../wording.ts';

export function shownPost({ place, post }: Planned, wording: Wording): Shown {
  switch (post.kind) {
    case 'floorPicture':
      return { as: 'floorPicture', view: post.view };
    case 'bell':
      return withCard(tapePost({ kind: 'event', event: post.event }, wording), post.card);
    case 'poolOpened':
    case 'poolClosed':
      return { as: 'pool', poolId: post.poolId };
    case 'memberBailedOut':
      return line(
        wording.texts.bailout.told(mention(post.member, wording.texts), wording.format.count(post.chips)),
      );
    case 'reworded':
      return { as: 'reworded', messageId: post.messageId };
    case 'deal':
      return tapePost(post, wording);
    case 'moves':
      return movesPost(post, wording);
    case 'event':
      return wording.room(place) === null ? tapePost(post, wording) : roomPost(place, post.event, wording);
    default:
      return post satisfies never;
  }
}

function withCard(words: Shown, card: CardView | null): Shown {
  return words.as === 'message' && card ? { as: 'card', body: words.body, card } : words;
}
