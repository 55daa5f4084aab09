import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCoach } from '#brain/coached.ts';
import { cueFor, lentLine } from '#brain/scripted/coach.ts';
import type { Fact } from '#core/memory/fact.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { tells } from '#core/memory/telling.ts';
import type { Observation } from '#core/observation.ts';
import type { Brain, Turn } from '#show/ports/brain.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';

const {
  cast,
  office: { rooms },
} = content;
const never = new AbortController().signal;

/** A model that holds on and says one and the same. */
const dull: Brain = {
  label: 'dull',
  think: ({ observation }) => {
    const decision = { ...holdAndStay(observation), speech: 'Hm.' };
    return Promise.resolve({ decision, raw: '{}', tokens: null, ms: 1 });
  },
  close: () => Promise.resolve(),
};

/** What the traders of a played show saw. */
function played(rounds: number): { floor: Floor; seen: Observation[] } {
  const floor = new Floor({ seed: 9 });
  const seen: Observation[] = [];
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(rounds, holdAndStay, (observation) => seen.push(observation));
  return { floor, seen };
}

let floors = 0;
/** A turn on a floor where nothing was said before. */
const alone = (observation: Observation): Turn => ({ id: 'turn', observation, floor: `floor ${floors++}` });

test('a model without memory is lent true lines about what happened, and deals where it would hold on for ever', async () => {
  const { floor, seen } = played(40);
  const brain = withCoach(dull, { cast, rooms, seed: 4 });
  let lines = 0;
  let deals = 0;
  for (const observation of seen) {
    const { decision, raw } = await brain.think(alone(observation), never);
    assert.equal(raw, '{}', 'what the model wrote stays as it was');
    assert.equal(decision.location, observation.roomName);
    if (observation.scene) continue;
    const lent = lentLine(observation, cast, 4);
    assert.equal(decision.speech, lent?.speech ?? 'Hm.');
    if (lent) {
      lines += 1;
      const heardBy = [observation.trader, ...observation.company.map(({ trader }) => trader)];
      const line = { text: lent.speech, speaker: observation.trader, heardBy };
      assert.ok(
        (floor.state.memory?.facts ?? []).some((fact) => tells(line, fact, cast)),
        lent.speech,
      );
    }
    if (decision.trade !== 'Hold') deals += 1;
    if (observation.phase === 'intermission') assert.equal(decision.trade, 'Hold');
  }
  assert.ok(lines > 0 && lines < seen.length / 2, `${lines} lines`);
  assert.ok(deals > seen.length / 5, `${deals} deals`);
});

test('where nothing is remembered the line is its own, and the same turn is always lent the same', async () => {
  const { seen } = played(12);
  const brain = withCoach(dull, { cast, rooms, seed: 4 });
  for (const observation of seen) {
    const once = await brain.think(alone(observation), never);
    assert.deepEqual(await brain.think(alone(structuredClone(observation)), never), once);
    const blank = await brain.think(alone({ ...observation, facts: [] }), never);
    assert.equal(blank.decision.speech, 'Hm.');
  }
});

/** The fact behind what a trader knows of it. */
function remembered({ kind, about, by, instrument }: SeenFact): Fact {
  const blank = { round: 1, amountCents: null, moveBps: null, count: null, knownBy: null, told: {} };
  return { ...blank, kind, about: about?.trader ?? null, by: by?.trader ?? null, instrument };
}

test('a model that finds its own words is given the first sentence: what happened, now and then, and never twice alike', () => {
  const { seen } = played(60);
  const cues = seen.flatMap((observation) => {
    const cue = cueFor(observation, cast, 4);
    return cue ? [{ observation, ...cue }] : [];
  });
  assert.ok(cues.length > seen.length / 20 && cues.length < seen.length / 2, `${cues.length} cues`);
  for (const { observation, sentence, fact } of cues) {
    const heardBy = [observation.trader, ...observation.company.map(({ trader }) => trader)];
    const line = { text: sentence, speaker: observation.trader, heardBy };
    assert.ok(tells(line, remembered(fact), cast), sentence);
    assert.deepEqual(cueFor(structuredClone(observation), cast, 4), { sentence, fact });
    const again = { ...observation, saidLately: [...(observation.saidLately ?? []), sentence] };
    assert.notEqual(cueFor(again, cast, 4)?.sentence, sentence);
  }
  assert.ok(seen.every((observation) => cueFor({ ...observation, facts: [] }, cast, 4) === null));
});

test('what too many lines of one floor began with gives way to the script, on that floor alone', async () => {
  const observation = { ...observationOf(), facts: [] };
  const brain = withCoach(dull, { cast, rooms, seed: 4 });
  const says = async (floor: string): Promise<string> =>
    (await brain.think({ id: 'turn', observation, floor }, never)).decision.speech;
  assert.deepEqual([await says('one'), await says('one')], ['Hm.', 'Hm.']);
  assert.notEqual(await says('one'), 'Hm.');
  assert.equal(await says('two'), 'Hm.');
});

function observationOf(): Observation {
  const [first] = played(2).seen;
  assert.ok(first);
  return first;
}
