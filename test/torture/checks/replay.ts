/** The journal: what it holds, played again, is every state that the show was in as a round closed. */
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import { stateHash } from '#show/hash.ts';
import { readShow } from '#store/store.ts';
import { must } from './violation.ts';

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
