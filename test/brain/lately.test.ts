import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCoach } from '#brain/coached.ts';
import { latelyOf } from '#brain/scripted/lately.ts';
import { scriptedTurn } from '#brain/scripted/scripted.ts';
import { SAID_ROUNDS } from '#core/memory/fact.ts';
import { observe } from '#core/observe.ts';
import { mostOfAnOpener, repeated } from '#lab/story/repetition.ts';
import { wordsOf } from '#lib/words.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const { cast } = content;

test('a trader is told its lines of the last rounds, and no older ones', () => {
  const floor = new Floor();
  floor.play(SAID_ROUNDS + 10, (seen) => ({ ...holdAndStay(seen), speech: `Line ${seen.round}.` }));
  const { saidLately = [] } = observe(floor.state, 'alex', content);
  const { round } = floor.state;
  assert.equal(saidLately.length, SAID_ROUNDS);
  assert.deepEqual(
    [saidLately[0], saidLately.at(-1)],
    [`Line ${round - SAID_ROUNDS + 1}.`, `Line ${round}.`],
  );
  const old = new Floor();
  const { edition: _, ...first } = old.founding;
  old.state = first;
  old.play(3, (seen) => ({ ...holdAndStay(seen), speech: 'Hello.' }));
  assert.equal(observe(old.state, 'alex', content).saidLately, undefined, 'the first edition keeps none');
});

test('a line is the same behind other names, and begins alike by its first words', () => {
  const seen = observe(new Floor().founding, 'alex', content);
  const { isSaid, isBegun } = latelyOf({ ...seen, company: [], saidLately: ['Mike, buy Tech now!'] }, cast);
  assert.ok(isSaid('Sarah, buy Bonds now!'));
  assert.ok(!isSaid('Sarah, buy Bonds later!'));
  assert.ok(isBegun('Sarah, buy Bonds later!'));
  assert.ok(!isBegun('Never buy Bonds later!'));
});

test('the scripted cast says nothing again that it said of late, and begins in many ways', () => {
  const floor = new Floor({ seed: 61 });
  floor.play(160, (seen) => scriptedTurn(seen, cast, 61).decision);
  const masked = new Set([...cast, ...content.office.rooms].flatMap(({ name }) => wordsOf(name)));
  for (const word of ['tech', 'crypto', 'bonds']) masked.add(word);
  const lines = floor.eventsOf('spoke').map(({ round, trader, text }) => ({ round, trader, speech: text }));
  for (const { id } of cast) {
    const own = lines.filter(({ trader }) => trader === id);
    assert.ok(own.length > 40, `${id} speaks`);
    assert.equal(repeated(own, masked), 0, id);
  }
  assert.ok(mostOfAnOpener(lines, masked) <= 3);
});

test('a model that says the same again has the script’s line instead, and its own where it is new', async () => {
  const floor = new Floor({ rules: { intermissionRounds: 1 } });
  floor.play(3, holdAndStay);
  const speech = 'Nobody knows this office like me.';
  const brain: Brain = {
    label: 'dull',
    think: ({ observation }) =>
      Promise.resolve({ decision: { ...holdAndStay(observation), speech }, raw: '{}', tokens: null, ms: 1 }),
    close: () => Promise.resolve(),
  };
  const observation = { ...observe(floor.state, 'mike', content), facts: [] };
  const said = async (saidLately: string[]): Promise<string> => {
    const turn = { id: 'turn', observation: { ...observation, saidLately } };
    const { decision } = await withCoach(brain, { cast, rooms: content.office.rooms, seed: 4 }).think(
      turn,
      new AbortController().signal,
    );
    return decision.speech;
  };
  assert.equal(await said([]), speech);
  assert.notEqual(await said([speech]), speech);
  assert.notEqual(await said(['Nobody knows this office at all.']), speech);
});
