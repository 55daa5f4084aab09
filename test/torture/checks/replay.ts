/** The journal: what it holds, played again, is every state that the show was in as a round closed. */
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import type { ShowState } from '#core/state.ts';
import { stateHash } from '#show/hash.ts';
import { readShow } from '#store/store.ts';
import { must } from './violation.ts';

/** After a transaction that failed: what the show goes on with is what a restart would go on with. */
export function remembersWhatIsStored(state: ShowState, file: string, content: Content): void {
  const stored = readShow(file);
  try {
    const loaded = stored.show.load();
    const there = loaded?.actions.reduce(
      (at, { action }) => apply(at, action, content).state,
      loaded.snapshot,
    );
    must(
      there !== undefined && stateHash(there) === stateHash(state),
      'memory holds what is stored',
      () => `in round ${state.round} the show goes on from another state than a restart would`,
    );
  } finally {
    stored.close();
  }
}

export function playsAgain(file: string, content: Content): void {
  const recorded = readShow(file);
  try {
    const expected = new Map(recorded.show.roundHashes().map(({ round, hash }) => [round, hash]));
    const { founding, entries } = recorded.show.recording();
    let state = founding;
    for (const { action } of entries) {
      ({ state } = apply(state, action, content));
      const hash = action.type === 'closeRound' ? expected.get(state.round) : undefined;
      must(
        hash === undefined || hash === stateHash(state),
        'the journal plays to the same state',
        () => `the show was in another state as round ${state.round} closed`,
      );
    }
  } finally {
    recorded.close();
  }
}
