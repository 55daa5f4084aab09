import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { observe } from '#core/observe.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { foundShow } from '#core/founding.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { FumbleError, type Brain, type Turn } from '#show/ports/brain.ts';
import { systemClock } from '#show/clock.ts';
import { thinkInTime } from '#show/thinking.ts';
import { content } from '#test/support/floor.ts';

const state = foundShow(1, DEFAULT_RULES, content);
const trader = content.cast[0]?.id ?? '';
const turn: Turn = { id: `0:${trader}`, observation: observe(state, trader, content) };

/** Never answers; notes what it was told when the turn was over. */
function silentBrain(told: unknown[]): Brain {
  return {
    label: 'silent',
    think: (_turn, signal) =>
      new Promise((_, reject) => {
        const over = (): void => {
          told.push(signal.reason);
          reject(new FumbleError('aborted', 'called off'));
        };
        if (signal.aborted) over();
        else signal.addEventListener('abort', over, { once: true });
      }),
    close: async () => {},
  };
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('a turn that is answered leaves nothing behind: no timer, no listener', async () => {
  const brain = createScriptedBrain({ cast: content.cast, seed: 1 });
  const { signal } = new AbortController();
  const before = timers();
  for (let n = 0; n < 20; n++) {
    const thought = await thinkInTime(brain, turn, 600_000, systemClock, signal);
    assert.ok(thought.ok);
  }
  assert.equal(timers(), before);
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a brain that is late is told that its time is up', async () => {
  const told: unknown[] = [];
  const thought = await thinkInTime(silentBrain(told), turn, 20, systemClock, new AbortController().signal);
  assert.deepEqual(thought, { ok: false, code: 'timeout', message: 'silent gave no answer within 20 ms' });
  assert.ok(told[0] instanceof DOMException && told[0].name === 'TimeoutError');
});

test('a show that stops calls the turn off, with its own reason', async () => {
  const told: unknown[] = [];
  const stop = new AbortController();
  const reason = new Error('closing time');
  const thinking = thinkInTime(silentBrain(told), turn, 600_000, systemClock, stop.signal);
  stop.abort(reason);
  const called = await thinking;
  assert.ok(!called.ok && called.code === 'aborted');
  assert.deepEqual(told, [reason]);

  const never = await thinkInTime(silentBrain(told), turn, 600_000, systemClock, stop.signal);
  assert.ok(!never.ok && never.code === 'aborted');
  assert.deepEqual(told, [reason, reason]);
});
