import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openEngine, type Engine } from '#brain/engine/engine.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { content } from '#test/support/floor.ts';
import { silentLog, theatre } from '#test/support/theatre.ts';
import { SIZES, TRADES } from '#core/vocabulary.ts';
import { z } from 'zod';

const file =
  process.env['POCKET_FILE'] ?? fileURLToPath(new URL('../../models/pocket/pocket.gguf', import.meta.url));

const checks = z
  .array(
    z.object({
      name: z.string(),
      prompt: z.string(),
      tokens: z.array(z.number()),
      likeliest: z.array(z.number()),
    }),
  )
  .parse(JSON.parse(readFileSync(file.replace(/\.gguf$/, '.check.json'), 'utf8')));
const opening = '{"trade":"';

let engine: Engine;
before(async () => {
  assert.ok(existsSync(file), `${file} is part of the project`);
  engine = await openEngine({ modelFile: file, sequences: 1, contextTokensPerSequence: 512, threads: 1 });
});
after(() => engine.close());

test('llama.cpp cuts a prompt into the same tokens as the trainer', () => {
  for (const { name, prompt, tokens } of checks) {
    const pieces = [`${name}\n`, prompt, opening];
    const cut = pieces.flatMap((piece) => engine.model.tokenize(piece, false, 'trimLeadingSpace'));
    assert.deepEqual([engine.model.tokens.bos, ...cut], tokens);
  }
});

test('llama.cpp picks the same trade as the trainer, apart from the rounding to eight bits', async () => {
  let same = 0;
  for (const { name, prompt, likeliest } of checks) {
    const mind = await engine.mind({ id: name, sharedText: '', personaText: `${name}\n` });
    const { fields } = await mind.answer({
      text: prompt,
      schema: [
        { name: 'trade', kind: 'enum', values: TRADES },
        { name: 'size', kind: 'enum', values: SIZES },
      ],
      sampler: { temperature: 0, seed: 1 },
    });
    await mind.close();
    const [first] = engine.model.tokenize(fields['trade'] ?? '', false, 'trimLeadingSpace');
    if (first === likeliest[0]) same++;
  }
  assert.ok(same >= checks.length - 1, `${same} of ${checks.length} alike`);
});

test('a banned name is in no line, although the room is full of it', async () => {
  const mind = await engine.mind({ id: 'Alex', sharedText: '', personaText: 'Alex\n' });
  const text = 'in Coffee Shop idle\nbreak\nbook cash level\nhere Mike new\nMike: Alex, what do you hold?\n';
  const schema = [{ name: 'speech', kind: 'string', maxLength: 140 }] as const;
  const spoken = async (banned: string[]) => {
    const lines: string[] = [];
    for (let seed = 0; seed < 12; seed++) {
      const { fields } = await mind.answer({ text, schema, sampler: { temperature: 0.8, seed, banned } });
      lines.push(fields['speech'] ?? '');
    }
    return lines;
  };
  const free = await spoken([]);
  assert.ok(free.filter((line) => line.includes('Mike')).length > 6, free.join('\n'));
  const bound = await spoken(['Mike']);
  assert.ok(
    bound.every((line) => line !== '' && !line.includes('Mike')),
    bound.join('\n'),
  );
  await mind.close();
});

test('the pocket model plays ten rounds without a fumble, and talks', async (t) => {
  const brain = await createLlamaBrain({
    modelFile: file,
    cast: content.cast,
    rooms: content.office.rooms,
    promptStyle: 'compact',
    subjects: subjectsOf(content.headlines),
    label: 'pocket',
    seed: 1,
    threads: 1,
    log: silentLog,
  });
  t.after(() => brain.close());
  assert.equal(brain.label, 'pocket');
  const { show, store, play } = theatre(t, { brain, turnLimitMs: 60_000 });
  await play(10);
  assert.deepEqual([show.status().turns, show.status().fumbles], [40, 0]);
  const turns = content.cast.flatMap(({ id }) => store.show.turns(id, 10));
  assert.ok(turns.filter(({ decision }) => decision.speech !== '').length > 15);
  const asked = turns.filter(({ round }) => round > 1);
  assert.ok(asked.length === 36 && asked.every(({ raw }) => raw.startsWith('{"trade":"')));
});
