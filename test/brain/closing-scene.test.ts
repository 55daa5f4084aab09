import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCoach } from '#brain/coached.ts';
import { turnText } from '#brain/prompts/prompt.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import { moneyWords } from '#core/memory/words.ts';
import type { Observation } from '#core/observation.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const { cast } = content;

/** The turns of the scene after the first bell of a show of short episodes, as the script plays it. */
function scene(seed: number): { floor: Floor; turns: { seen: Observation; speech: string }[] } {
  const floor = new Floor({ seed, rules: { episodeRounds: 6, intermissionRounds: 3 } });
  const turns: { seen: Observation; speech: string }[] = [];
  for (let round = 0; round < 20 && !floor.state.scene; round++)
    floor.play(1, (seen) => scriptedTurn(seen, cast, seed).decision);
  assert.ok(floor.state.scene, 'there is a scene');
  floor.play(2, (seen) => {
    const { decision } = scriptedTurn(seen, cast, seed);
    if (seen.scene) turns.push({ seen, speech: decision.speech });
    return decision;
  });
  return { floor, turns };
}

test('after the bell winner and loser speak to each other, of who won and who came last, twice each', () => {
  for (const seed of [3, 4, 5]) {
    const { floor, turns } = scene(seed);
    const { lastBell } = floor.state;
    assert.ok(lastBell);
    assert.equal(turns.length, 4);
    for (const { seen, speech } of turns) {
      const { scene: seenScene } = seen;
      assert.ok(seenScene);
      assert.ok(speech.includes(seenScene.other.name), speech);
      const says = cast.find(({ id }) => id === seen.trader)?.script?.says ?? {};
      const own = seenScene.own.amount;
      const bank = ['sceneWin', 'sceneLose', 'sceneLeast', 'sceneLast'].flatMap((key) => says[key] ?? []);
      const spoken = bank.map((line) =>
        line.replaceAll('{name}', seenScene.other.name).replaceAll('{amount}', own).toLowerCase(),
      );
      assert.ok(spoken.includes(speech.toLowerCase()), speech);
      const cents: number = seenScene.won ? lastBell.winnerGainCents : lastBell.loserGainCents;
      assert.equal(own, moneyWords(Math.abs(cents)));
      assert.equal(seenScene.won, seen.trader === lastBell.winner);
    }
    assert.equal(new Set(turns.map(({ speech }) => speech)).size, 4, 'four lines');
  }
});

test('a chat model is told what the scene is about, in the second person; nobody else is told', () => {
  const [first] = scene(3).turns;
  assert.ok(first?.seen.scene);
  const { other, own, theirs, won } = first.seen.scene;
  const text = turnText(first.seen);
  assert.match(text, /The episode is over: you (?:made|lost) /);
  for (const word of [other.name, own.amount, theirs.amount, won ? 'won it' : 'came last'])
    assert.ok(text.includes(word), word);
  const { scene: _, ...elsewhere } = first.seen;
  assert.doesNotMatch(turnText(elsewhere), /The episode is over/);
});

test('a model that knows no scenes has the script’s line in one', async () => {
  const small: Brain = {
    label: 'small',
    think: ({ observation }) =>
      Promise.resolve({
        decision: { ...holdAndStay(observation), speech: 'Nice weather.' },
        raw: '{}',
        tokens: null,
        ms: 1,
      }),
    close: () => Promise.resolve(),
  };
  for (const { seen } of scene(4).turns) {
    const turn = { id: 'turn', observation: seen };
    const { decision } = await withCoach(small, { cast, rooms: content.office.rooms, seed: 4 }).think(
      turn,
      new AbortController().signal,
    );
    assert.ok(decision.speech.includes(seen.scene?.other.name ?? '?'), decision.speech);
  }
});
