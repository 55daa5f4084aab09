import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openEngine, type AnswerSchema, type Engine, type Mind } from '#brain/engine/engine.ts';
import { chatFrameOf } from '#brain/engine/template.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { systemText } from '#brain/prompts/prompt.ts';
import { content } from '#test/support/floor.ts';
import { realModel } from '#test/support/real-models.ts';
import { silentLog } from '#test/support/theatre.ts';
import { observationsOfShows } from '../contract.ts';

const roomNames = content.office.rooms.map((room) => room.name);
const schema: AnswerSchema = [
  { name: 'thought', kind: 'string', maxLength: 40 },
  { name: 'trade', kind: 'enum', values: ['Tech', 'Crypto', 'Bonds', 'Hold'] },
];

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'real-models-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function open(modelFile: string, cacheDir?: string): Promise<Engine> {
  return await openEngine({
    modelFile,
    sequences: 4,
    contextTokensPerSequence: 2048,
    threads: 1,
    ...(cacheDir !== undefined && { cacheDir }),
  });
}

async function answersOf(
  mind: Mind,
  turn: (text: string) => Parameters<Mind['answer']>[0]['text'],
  turns = 3,
) {
  const said: string[] = [];
  for (let round = 1; round <= turns; round++) {
    const sampler = { temperature: 0.7, topK: 40, seed: round };
    said.push(
      (await mind.answer({ text: turn(`Round ${round}: Tech fell by ${round}%.`), schema, sampler })).json,
    );
  }
  return said;
}

for (const name of ['smolLm2', 'gemma3'] as const) {
  const { file, skip } = realModel(name);

  test(
    `${name} starts, answers, stops, and starts again with its prefixes met and the same answers`,
    { skip },
    async (t) => {
      const cacheDir = newFolder(t);
      const start = async () => {
        const engine = await open(file, cacheDir);
        const frame = chatFrameOf(engine.model, engine.info.chatTemplate);
        const minds: Mind[] = [];
        for (const persona of content.cast) {
          const { shared, persona: own } = systemText(persona, roomNames);
          const { addBos } = frame;
          minds.push(
            await engine.mind({
              id: persona.id,
              sharedText: frame.opening(shared),
              personaText: [`\n${own}`, ...frame.beforeTurn([])],
              addBos,
            }),
          );
        }
        const passes = engine.passes;
        const said = await Promise.all(minds.map((mind) => answersOf(mind, (text) => frame.turn(text))));
        await engine.close();
        return { passes, said };
      };
      const cold = await start();
      assert.ok(cold.passes >= content.cast.length, 'each prefix was read');
      for (const json of cold.said.flat())
        assert.deepEqual(Object.keys(JSON.parse(json) as object), ['thought', 'trade']);
      const warm = await start();
      assert.equal(warm.passes, 0);
      assert.deepEqual(warm.said, cold.said);
    },
  );

  test(`${name} plays turns of a show as a brain, one legal decision for each`, { skip }, async (t) => {
    const brain = await createLlamaBrain({
      modelFile: file,
      cast: content.cast,
      rooms: content.office.rooms,
      seed: 1,
      threads: 1,
      cacheDir: newFolder(t),
      log: silentLog,
    });
    t.after(() => brain.close());
    assert.equal(brain.template, name === 'gemma3' ? 'plain' : 'jinja');
    for (const [index, observation] of observationsOfShows(4).entries()) {
      const { decision } = await brain.think(
        { id: `turn-${index}`, observation },
        AbortSignal.timeout(120_000),
      );
      assert.ok(roomNames.includes(decision.location), decision.location);
    }
  });
}

const { file: windowed, skip: withoutWindow } = realModel('gemma3');

test(
  'beside a restored prefix longer than its window, a newcomer to gemma3 answers as if it had read the rules',
  { skip: withoutWindow },
  async (t) => {
    const cacheDir = newFolder(t);
    const sharedText = Array.from(
      { length: 30 },
      (_, rule) => `Rule ${rule}: you play a trader in a show where rivals trade fake money in one office. `,
    ).join('');
    const join = async (engine: Engine, id: string) => {
      const before = engine.passes;
      const personaText = `${id} hates noise, moves fast and talks in short lines. `.repeat(12);
      const mind = await engine.mind({ id, sharedText, personaText });
      return { passes: engine.passes - before, said: await answersOf(mind, (text) => ` ${text} `) };
    };
    const plain = await open(windowed);
    assert.ok(plain.countTokens(sharedText) > 512, 'the rules are longer than the window');
    const carol = (await join(plain, 'Carol')).said;
    await plain.close();

    const first = await open(windowed, cacheDir);
    const alex = (await join(first, 'Alex')).said;
    await first.close();
    const second = await open(windowed, cacheDir);
    assert.deepEqual(await join(second, 'Alex'), { passes: 0, said: alex });
    assert.deepEqual((await join(second, 'Carol')).said, carol);
    await second.close();
    const third = await open(windowed, cacheDir);
    assert.deepEqual(await join(third, 'Carol'), { passes: 0, said: carol });
    await third.close();
  },
);
