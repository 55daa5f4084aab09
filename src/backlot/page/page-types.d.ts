/**
 * What the views and the composer are given: what they draw from, and what they may ask of the page. `App` is that page;
 * it imports them, so they know it by these types alone.
 */
import type { Connection, Wish } from './connection.js';
import type { Channel, GuildState } from './guild-state.js';
import type { ScrollKeeper } from './scroll.js';
import type { Leaf } from './slash.js';

/** What a message is drawn from. */
export interface ViewContext {
  state: GuildState;
  /** Does what the viewer wants, and shows why if it was refused. */
  act(wish: Wish): void;
}

export interface Page {
  state: GuildState | undefined;
  composer: { leaves: Leaf[]; begin(path: string): void };
  scroll: ScrollKeeper;
  /** Messages that came in the open channel while the reader looked further up. */
  missed: number;
  /** Above it stands "New". */
  firstUnreadId: string | undefined;
  /** Answers to the viewer's own commands that the overview shows. */
  answers: Set<string>;
  ask: Connection['act'];
  context(): ViewContext;
  /** Draws all that changed, soon. */
  draw(): void;
  actAs(userId: string): void;
  /** Stops waiting for an answer. */
  forget(interactionId: string): void;
  /** The channel that is open; none in the overview. */
  openChannel(): Channel | undefined;
  /** Where the composer writes. */
  targetChannel(): Channel | undefined;
  /** Where the composer is to write while the overview is open. */
  setTarget(channelId: string): void;
}
