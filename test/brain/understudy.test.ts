import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { withUnderstudy } from '#brain/understudy.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import { observationsOfShows } from './contract.ts';

test('the understudy plays a persona that the model was not made for; closing closes both brains', async () => {
  const thought: string[] = [];
  const closed: string[] = [];
  const spied = (label: string): Brain => {
    const brain = createScriptedBrain({ cast: content.cast, seed: 1 });
    return {
      label,
      think: (turn, signal) => {
        thought.push(`${label}: ${turn.observation.trader}`);
        return brain.think(turn, signal);
      },
      close: () => {
        closed.push(label);
        return brain.close();
      },
    };
  };
  const brain = withUnderstudy(spied('pocket'), new Set(['alice', 'mike']), spied('scripted'));
  assert.equal(brain.label, 'pocket, scripted for others');
  const wanted = new Map(
    ['alice', 'alex'].map((trader) => [trader, trader === 'alice' ? 'pocket' : 'scripted']),
  );
  for (const observation of observationsOfShows(8)) {
    const who = wanted.get(observation.trader);
    if (!who) continue;
    await brain.think({ id: '1', observation }, AbortSignal.timeout(5_000));
    assert.equal(thought.at(-1), `${who}: ${observation.trader}`);
  }
  assert.ok(new Set(thought).size === 2);
  await brain.close();
  assert.deepEqual(closed.toSorted(), ['pocket', 'scripted']);
});
