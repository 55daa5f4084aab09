/** A post as what the publisher does with it. Pure; exhaustive over everything that the show can plan. */
import type { CardView } from '#show/ports/card-views.ts';
import type { Planned } from '#show/ports/outbox.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { MessageBody } from '../message.ts';
import { mention } from '../mention.ts';
import { roomPost } from './room.ts';
import { tapePost } from './tape.ts';
import type { Wording } from '../wording.ts';

export type Shown =
  /** By the bot; lines that are due together in one place make one message. */
  | { as: 'line'; text: string }
  | { as: 'message'; body: MessageBody }
  /** By the trader's own webhook in that room. */
  | { as: 'speech'; trader: TraderId; text: string }
  | { as: 'floorPicture'; view: FloorView }
  /** Words with a card under them; the words alone when it cannot be painted. */
  | { as: 'card'; body: MessageBody; card: CardView }
  | { as: 'pool'; poolId: string }
  /** A message that stands, put into words anew. */
  | { as: 'reworded'; messageId: string }
  /** Nothing to show here: private, or of no interest. */
  | { as: 'nothing' };

export const NOTHING: Shown = { as: 'nothing' };
export const line = (text: string): Shown => ({ as: 'line', text });

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
    case 'event':
      return wording.room(place) === null ? tapePost(post, wording) : roomPost(place, post.event, wording);
    default:
      return post satisfies never;
  }
}

function withCard(words: Shown, card: CardView | null): Shown {
  return words.as === 'message' && card ? { as: 'card', body: words.body, card } : words;
}
