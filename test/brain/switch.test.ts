import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BrainSwitch } from '#brain/switch.ts';
import type { Answer, Brain } from '#show/ports/brain.ts';
import { theatre } from '#test/support/theatre.ts';
import { observationsOfShows } from './contract.ts';

/** A brain that answers when it is told to, and remembers whether it was closed. */
function waiting(label: string): Brain & { answer: () => void; closed: boolean } {
  const gate = Promise.withResolvers<void>();
  return {
    label,
    closed: false,
    answer: () => gate.resolve(),
    async think({ observation }): Promise<Answer> {
      await gate.promise;
      const decision = {
        thought: label,
        trade: 'Hold',
        size: 'Small',
        speech: '',
        location: observation.roomName,
      } as const;
      return { decision, raw: '', tokens: null, ms: 0 };
    },
    close() {
      this.closed = true;
      return Promise.resolve();
    },
  };
}

test('a turn ends on the model it began with, and only then is that model freed', async () => {
  const [old, fresh] = [waiting('old'), waiting('fresh')];
  const brain = new BrainSwitch(old);
  const [observation] = observationsOfShows(1);
  assert.ok(observation);
  const signal = AbortSignal.timeout(5_000);
  const before = brain.think({ id: '1:a', observation }, signal);
  const changed = brain.to(fresh);
  const after = brain.think({ id: '1:b', observation }, signal);
  fresh.answer();
  assert.equal((await after).decision.thought, 'fresh');
  assert.equal(old.closed, false);
  old.answer();
  assert.equal((await before).decision.thought, 'old');
  await changed;
  assert.deepEqual([brain.label, old.closed, fresh.closed], ['fresh', true, false]);
});

test('whom the model cannot play is asked of the one that thinks now', async () => {
  const brain = new BrainSwitch({ ...waiting('old'), leftOut: new Set(['zoe']) });
  assert.deepEqual(brain.leftOut, new Set(['zoe']));
  await brain.to(waiting('fresh'));
  assert.deepEqual(brain.leftOut, new Set());
});

test('a producer changes the model; a model that does not load changes nothing, and a fixed model stays', async (t) => {
  const models = {
    known: () => [{ id: 'big', title: 'Big' }],
    isShared: () => false,
    change: (name: string) =>
      name === 'big' ? Promise.resolve() : Promise.reject(new Error(`no model ${name}`)),
  };
  const { show, store } = theatre(t, { models });
  assert.ok((await show.changeModel('big', 'producer')).ok);
  assert.deepEqual(
    store.show.audits('model', 5).map((record) => [record.by, record.detail]),
    [['producer', 'big']],
  );
  const failed = await show.changeModel('small', 'producer');
  assert.deepEqual(failed, { ok: false, code: 'model_failed', facts: { why: 'no model small' } });
  const fixed = await theatre(t).show.changeModel('big', 'producer');
  assert.deepEqual(fixed, { ok: false, code: 'model_is_fixed', facts: {} });
});

test('a model that several servers share is changed by none of their producers, and none is offered another', async (t) => {
  const asked: string[] = [];
  const models = {
    known: () => [{ id: 'big', title: 'Big' }],
    isShared: () => true,
    change: async (name: string) => void asked.push(name),
  };
  const { show } = theatre(t, { models });
  const refusal = { ok: false, code: 'model_is_shared', facts: {} };
  assert.deepEqual([show.models(), await show.changeModel('big', 'producer')], [refusal, refusal]);
  assert.deepEqual(asked, []);
});
