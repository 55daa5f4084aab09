/** A floor whose actions are noted with their rounds, as a journal notes them. */
import type { Action } from '#core/actions/action.ts';
import type { Close } from '#core/calm.ts';
import { Floor } from './floor.ts';

export class NotedFloor extends Floor {
  readonly entries: { round: number; action: Action }[] = [];

  override act(action: Action): ReturnType<Floor['act']> {
    const events = super.act(action);
    this.entries.push({ round: this.state.round, action });
    return events;
  }

  closes(): Close[] {
    return this.eventsOf('roundClosed').map(({ round, standings }) => ({ round, standings }));
  }
}
