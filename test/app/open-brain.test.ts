/** One model for all shows of a process, and the script for whom it cannot play. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrainDeps } from '#app/models/open-model.ts';
import { openBrain } from '#app/open-brain.ts';
import { readSettings } from '#app/settings.ts';
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { observe } from '#core/observe.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content, Floor } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';

const [alex, alice] = content.cast;
assert.ok(alex && alice);
const zoe: Persona = { ...alex, id: 'zoe', name: 'Zoe' };
const yves: Persona = { ...alex, id: 'yves', name: 'Yves' };
const floor = new Floor();

const model = (leftOut: TraderId[]): Brain => ({
  label: 'model',
  leftOut: new Set(leftOut),
  think: ({ observation }) =>
    Promise.resolve({
      decision: { thought: '', trade: 'Hold', size: 'Small', speech: '', location: observation.roomName },
      raw: 'model',
      tokens: null,
      ms: 0,
    }),
  close: () => Promise.resolve(),
});

async function thinks(brain: Brain, { id, name }: Persona): Promise<string> {
  const observation = { ...observe(floor.state, alex?.id ?? '', content), trader: id, name };
  const { raw } = await brain.think({ id: `1:${id}`, observation }, new AbortController().signal);
  return raw === 'model' ? 'model' : 'script';
}

test('the model is told of the content’s own cast first, and of the others who brought them; the script plays whom it leaves out', async (t) => {
  const read = readSettings(['--brain', 'llama'], {});
  assert.ok(read.ok === true);
  const opened: BrainDeps[] = [];
  const brains = [model(['zoe']), model([])];
  const brain = await openBrain({
    settings: read.settings,
    content,
    ownCasts: [
      { show: '2.sqlite', cast: [alex, zoe] },
      { show: '1.sqlite', cast: [yves, zoe, alice] },
    ],
    openModel: (deps) => {
      opened.push(deps);
      return Promise.resolve(brains.shift() ?? assert.fail());
    },
    log: silentLog,
    say: () => undefined,
    signal: new AbortController().signal,
  });
  t.after(() => brain.close());
  assert.deepEqual(opened[0]?.content.cast, [...content.cast, zoe, yves]);
  assert.deepEqual(
    [...(opened[0].brought ?? [])],
    [
      ['zoe', '2.sqlite'],
      ['yves', '1.sqlite'],
    ],
  );
  const one = brain.brainFor(1, () => [alex, zoe]);
  const other = brain.brainFor(1, () => [yves, alice]);
  assert.deepEqual(
    [await thinks(one, alex), await thinks(one, zoe), await thinks(other, yves)],
    ['model', 'script', 'model'],
  );
  assert.deepEqual([one.label, other.label], ['model, scripted for others', 'model']);
  await brain.models?.change('another');
  assert.equal(await thinks(one, zoe), 'model', 'another model has room for her');
});
