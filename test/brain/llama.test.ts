import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createLlamaBrain, type LlamaBrain } from '#brain/llama.ts';
import { decisionSchema } from '#core/decision.ts';
import type { Turn } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
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
const openBrain = (seed = 1): Promise<LlamaBrain> =>
  createLlamaBrain({
    modelFile,
    cast: content.cast,
    rooms: content.office.rooms,
    seed,
    threads: 1,
    contextTokens: 2_048,
    log: silentLog,
  });

brainContract('llama', openBrain, { turns: 8 });

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
