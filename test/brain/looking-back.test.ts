/** Before the camera: what a trader says of the episode that ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCoach } from '#brain/coached.ts';
import { turnText } from '#brain/prompts/prompt.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import { lookingBack } from '#core/story/looking-back.ts';
import type { Observation } from '#core/observation.ts';
import { content, Floor } from '#test/support/floor.ts';
import { idle } from '#test/support/idle-brain.ts';

const { cast } = content;

/** What everybody sees who looks back on the first episodes of a show that the script plays. */
function looksBack(seed: number, episodes = 4): Observation[] {
  const floor = new Floor({ seed, rules: { episodeRounds: 12, intermissionRounds: 3 } });
  const seen: Observation[] = [];
  for (let round = 0; round < 15 * episodes; round++) {
    floor.play(1, (turn) => scriptedTurn(turn, cast, seed).decision);
    if (floor.state.phase === 'episode' && floor.state.phaseRound === 11)
      for (const { id } of cast)
        seen.push(...[lookingBack(floor.state, id, content)].filter((it) => it !== null));
  }
  return seen;
}

test('who looks back sees one thing that it did or suffered in this episode, and nobody else', () => {
  const all = [3, 4, 5].flatMap((seed) => looksBack(seed));
  assert.ok(all.length > 20, `only ${all.length} had something to look back on`);
  for (const { trader, company, headlines, phone, scene, facts = [], lookingBack: back } of all) {
    assert.equal(back, true);
    assert.deepEqual([company, headlines, phone, scene], [[], [], undefined, undefined]);
    const [fact, ...more] = facts;
    assert.ok(fact && more.length === 0);
    assert.ok([fact.about?.trader, fact.by?.trader].includes(trader), 'it concerns the trader');
    assert.ok(fact.roundsAgo < 12, 'it is of this episode');
  }
});

test('the script speaks of just that, in persona, and lends its line to a model that was not trained for it', async () => {
  for (const seen of looksBack(6)) {
    const turn = scriptedTurn(seen, cast, 6);
    assert.deepEqual(turn.fact, seen.facts?.[0]);
    assert.notEqual(turn.decision.speech, '');
    const coached = withCoach(idle, { cast, rooms: content.office.rooms, seed: 6 });
    const answer = await coached.think(
      { id: 'x', observation: seen, aside: true },
      AbortSignal.timeout(5_000),
    );
    assert.equal(answer.decision.speech, turn.decision.speech);
  }
});

test('a chat model is told the fact, whatever it is, and what to do with it', () => {
  for (const seen of looksBack(7)) {
    const text = turnText(seen);
    assert.match(text, /^You know: [A-Z]/mu);
    assert.match(text, /The episode is over\. You look into the camera[^\n]*$/u);
  }
});
