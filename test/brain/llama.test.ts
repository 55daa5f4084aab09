import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createLlamaBrain, type LlamaBrain, type LlamaOptions } from '#brain/llama.ts';
import type { Decision } from '#core/decision.ts';
import type { LineSettings } from '#brain/lines/settings.ts';
import { cueFor } from '#brain/scripted/coach.ts';
import { lookFor } from '#brain/scripted/looks.ts';
import { decisionSchema } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { Turn } from '#show/ports/brain.ts';
import { content, Floor, holdAndStay } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import { brainContract, observationsOfShows } from './contract.ts';

const roomNames = content.office.rooms.map((room) => room.name);
let folder: string;
let modelFile: string;

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-'));
  modelFile = writeRandomModel(path.join(folder, 'senseless.gguf'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

// A vocabulary of a thousand tokens cuts words into small pieces, so prompts are longer than with a real model.
const openBrain = (
  seed = 1,
  lines: Partial<LineSettings> = {},
  more: Pick<LlamaOptions, 'cacheDir' | 'onProgress'> = {},
): Promise<LlamaBrain> =>
  createLlamaBrain({
    modelFile,
    cast: content.cast,
    rooms: content.office.rooms,
    seed,
    threads: 1,
    contextTokens: 2_048,
    lines,
    log: silentLog,
    ...more,
  });

brainContract('llama', () => openBrain(), { turns: 8 });

test('after the first scene, which is written, a model of random weights makes 200 legal decisions, each at the first attempt', async (t) => {
  const brain = await openBrain();
  t.after(() => brain.close());
  let asked = 0;
  const counted = {
    ...brain,
    think(turn: Turn, signal: AbortSignal) {
      if (turn.aside !== true) asked++;
      return brain.think(turn, signal);
    },
  };
  const { show, store } = theatre(t, {
    brain: counted,
    turnLimitMs: 60_000,
    rules: { intermissionRounds: 5 },
  });
  // This takes two busy cores more than a minute.
  await show.run(AbortSignal.timeout(280_000), 51);
  assert.equal(asked, 200);
  assert.deepEqual([show.status().turns, show.status().fumbles], [204, 0]);
  const schema = decisionSchema(roomNames);
  for (const persona of content.cast) {
    const turns = store.show.turns(persona.id, 1_000);
    assert.equal(turns.length, 51);
    for (const turn of turns) {
      schema.parse(turn.decision);
      assert.deepEqual(Object.keys(JSON.parse(turn.raw) as object), [
        'thought',
        'trade',
        'size',
        'speech',
        'location',
      ]);
    }
  }
});

test('of a first start every neutral turn is told, and of the next, which has kept what came of them, none', async () => {
  const cacheDir = path.join(folder, 'habits');
  const told = async () => {
    const lines: string[] = [];
    const brain = await openBrain(
      1,
      {},
      {
        cacheDir,
        onProgress: (progress) => {
          if (progress.stage === 'habits') lines.push(`${progress.done} of ${progress.of}`);
        },
      },
    );
    await brain.close();
    return lines;
  };
  const turns = 8 * content.cast.length;
  const first = await told();
  assert.deepEqual([first.length, first.at(-1)], [turns, `${turns} of ${turns}`]);
  assert.deepEqual(await told(), []);
});

test('the same seed gives the same words, another seed gives others', async () => {
  const said = async (seed: number) => {
    const brain = await openBrain(seed);
    try {
      const [observation] = observationsOfShows(1);
      assert.ok(observation);
      return (await brain.think({ id: '1:alice', observation }, AbortSignal.timeout(60_000))).raw;
    } finally {
      await brain.close();
    }
  };
  const first = await said(1);
  assert.equal(await said(1), first);
  assert.notEqual(await said(2), first);
});

test('whatever the weights, a line about what the floor remembers begins with what happened, a thought with what moved', async (t) => {
  const seen = observationsOfMemory();
  const brain = await openBrain(4);
  t.after(() => brain.close());
  assert.ok(seen.length >= 3);
  let looks = 0;
  for (const { observation, sentence } of seen.slice(0, 3)) {
    const { decision } = await brain.think({ id: '9:a', observation }, AbortSignal.timeout(60_000));
    assert.ok(decision.speech.startsWith(sentence), `${sentence} | ${decision.speech}`);
    const look = lookFor(observation, content.cast, 4) ?? '';
    looks += look === '' ? 0 : 1;
    assert.ok(decision.thought.startsWith(look), `${look} | ${decision.thought}`);
    const aside = await brain.think({ id: '9:b', observation, aside: true }, AbortSignal.timeout(60_000));
    assert.ok(!aside.decision.speech.startsWith(sentence), 'nobody hears an aside');
    assert.ok(aside.decision.thought.startsWith(look), 'who is asked why thinks of the same');
  }
  assert.ok(looks > 0, 'something moved');
});

test('whoever is asked again aside, with nothing in mind that was said since, answers as it did', async (t) => {
  const brain = await openBrain(4, { guard: false, voice: false, memory: false });
  t.after(() => brain.close());
  const seen = observationsOfMemory().slice(0, 4);
  const turns = seen.map(({ observation }, at) => ({ id: `${at}:a`, observation }));
  const decisions: Decision[] = [];
  for (const turn of turns) decisions.push((await brain.think(turn, AbortSignal.timeout(60_000))).decision);
  for (const [at, turn] of turns.entries()) {
    const { decision } = await brain.think({ ...turn, aside: true }, AbortSignal.timeout(60_000));
    assert.deepEqual(decision, decisions[at]);
  }
});

/** Turns in which somebody is to speak of what happened, and the sentence for it. */
function observationsOfMemory(): { observation: Observation; sentence: string }[] {
  const floor = new Floor({ seed: 9 });
  const seen: { observation: Observation; sentence: string }[] = [];
  floor.act({ type: 'strikeChaos', text: null });
  floor.play(40, holdAndStay, (observation) => {
    const cue = cueFor(observation, content.cast, 4);
    if (cue) seen.push({ observation, sentence: cue.sentence });
  });
  return seen;
}
