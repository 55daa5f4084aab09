import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { Show } from '#show/show.ts';
import { theatre } from '#test/support/theatre.ts';

/** Praises Tech in every turn, and buys it while the market is open. */
const honest: Brain = {
  label: 'honest',
  async think({ observation: { phase, roomName } }) {
    const trade = phase === 'intermission' ? 'Hold' : 'Tech';
    const speech = 'Buy Tech, Tech is going up!';
    const decision = { thought: 'Up.', trade, size: 'Small', speech, location: roomName } as const;
    return { decision, raw: '', tokens: null, ms: 0 };
  },
  async close() {},
};

/** Two rounds an episode, one episode a season. */
const rules = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 1 };

/** The member calls the first line of the round, as soon as it is said. */
function callsTheFirstLine(show: Show, member: string, round: number): void {
  let first: TraderId | undefined;
  show.subscribe((news) => {
    if (first !== undefined || !('events' in news) || show.state.round !== round) return;
    first = news.events.find((event) => event.type === 'turnTaken')?.trader;
    if (first !== undefined) assert.ok(show.hand.bluffs.call(member, first, round, true).ok);
  });
}

suite('bluffs', { concurrency: 4 }, () => {
  test('a guess in the last round of a season counts in that season, and not in the next', async (t) => {
    const { show, play, store } = theatre(t, { rules, brain: honest });
    callsTheFirstLine(show, 'ann', 3);
    await play(3);
    assert.equal(show.state.season, 2);
    assert.deepEqual(
      store.hand.ratings(1, 9).map(({ who, right, wrong }) => [who, right, wrong]),
      [['ann', 1, 0]],
    );
    assert.deepEqual(store.hand.ratings(2, 9), []);
    assert.deepEqual(show.hand.bluffs.told('s1e1'), { called: 1, right: 1 });
  });
});
