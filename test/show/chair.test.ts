import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { theatre } from '#test/support/theatre.ts';

const rules = { intermissionRounds: 1, episodeRounds: 6 };

/** Plays an episode with members in the chairs of each round, and counts how often the closing bell looks back. */
async function looksBack(t: TestContext, members: number): Promise<{ times: number; judged: number }> {
  const { show, store, play } = theatre(t, { rules });
  await play(1);
  const sat: string[] = [];
  for (let round = 2; round <= 6; round += 1) {
    await play(1);
    for (const trader of Object.keys(show.state.traders))
      for (let nth = 1; nth <= members; nth += 1) {
        const member = `${nth} for ${trader} in ${round}`;
        const chosen = show.hand.chair.choose(member, trader, round, { trade: 'Crypto', size: 'Half' });
        if (chosen.ok) sat.push(member);
      }
  }
  const read = t.mock.method(store.show, 'recordingFrom');
  await play(1);
  const times = read.mock.callCount();
  read.mock.restore();
  const judged = sat.filter((member) => show.hand.chair.lastJudged(member)?.seat.ownCents !== undefined);
  assert.equal(judged.length, sat.length, 'everybody is judged');
  return { times, judged: judged.length };
}

test('however many sat in the chairs, the bell plays the episode once more for all of them', async (t) => {
  const [nobody, many] = [await looksBack(t, 0), await looksBack(t, 2)];
  assert.ok(many.judged >= 30, `${many.judged}`);
  assert.equal(many.times, nobody.times + 1);
});
