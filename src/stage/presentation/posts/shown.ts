/** How a post is shown: what the publisher does with it. */
import type { CardView } from '#show/ports/card-views.ts';
import type { Post } from '#show/ports/outbox.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { MessageBody } from '../message.ts';

export type Shown =
  /** By the bot; lines that are due together in one place make one message. */
  | { as: 'line'; text: string }
  | { as: 'message'; body: MessageBody }
  /** By the trader's own webhook in that room. */
  | { as: 'speech'; trader: TraderId; text: string; components?: MessageBody['components'] }
  | { as: 'floorPicture'; view: FloorView }
  /** Words with a card under them; only the words when the card cannot be painted. */
  | { as: 'card'; body: MessageBody; card: CardView }
  /** The end of an episode; its links are looked up as it is sent. */
  | { as: 'highlights'; post: Extract<Post, { kind: 'highlights' }> }
  | { as: 'pool'; poolId: string }
  /** An existing message in new words; which one that is may be known only as it is sent. */
  | { as: 'reworded'; post: Extract<Post, { kind: 'reworded' }> }
  /** The ballot of a pool, as it reads when the votes are counted. */
  | { as: 'closedBallot'; poolId: string; body: MessageBody }
  /** Nothing to show here: private, or of no interest. */
  | { as: 'nothing' };

export const NOTHING: Shown = { as: 'nothing' };
export const line = (text: string): Shown => ({ as: 'line', text });
