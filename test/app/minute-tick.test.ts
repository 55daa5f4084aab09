import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { tickEachMinute } from '#app/minute-tick.ts';

const HOUR_S = 3_600;

/** Timers by a true clock, and the date by a clock on the wall that may be set. */
function wallClock(t: TestContext, iso: string) {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const TrueDate = Date;
  let nowMs = TrueDate.parse(iso);
  class WallDate extends TrueDate {
    constructor(...of: [] | [string | number]) {
      if (of.length === 0) super(nowMs);
      else super(...of);
    }
    static override now(): number {
      return nowMs;
    }
  }
  globalThis.Date = WallDate as DateConstructor;
  t.after(() => {
    globalThis.Date = TrueDate;
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    set: (to: string) => {
      nowMs = TrueDate.parse(to);
    },
    /** In steps of so many seconds. */
    pass: async (seconds: number, step = 1) => {
      for (let passed = 0; passed < seconds; passed += step) {
        nowMs += step * 1_000;
        t.mock.timers.tick(step * 1_000);
        await settle();
      }
    },
    now: () => new TrueDate(nowMs).toISOString().slice(11, 19),
  };
}

function ticked(t: TestContext, iso: string, minuteTick: (nth: number) => void = () => {}) {
  const clock = wallClock(t, iso);
  const at: string[] = [];
  const told: string[] = [];
  const tell = (_details: object, message: string): void => void told.push(message);
  const end = tickEachMinute(
    () => {
      at.push(clock.now());
      minuteTick(at.length);
    },
    { debug: tell, info: tell, warn: tell, error: tell },
  );
  t.after(end);
  return { clock, at, told };
}

test('everybody is ticked once a minute, on the minute; a tick that fails costs itself only', async (t) => {
  const { clock, at, told } = ticked(t, '2026-05-04T12:00:20Z', (nth) => {
    if (nth === 2) throw new Error('the disk is full');
  });
  await clock.pass(200);
  assert.deepEqual(at, ['12:01:00', '12:02:00', '12:03:00']);
  assert.deepEqual(told, ['a tick failed; the next comes in a minute']);
});

test('a tick that comes late counts, and after a sleep there is one, not one for each minute', async (t) => {
  const { clock, at } = ticked(t, '2026-05-04T12:00:20Z');
  await clock.pass(70, 70);
  assert.deepEqual(at, ['12:01:30'], 'half a minute late');
  clock.set('2026-05-04T20:00:10Z');
  await clock.pass(90);
  assert.deepEqual(at.slice(1), ['20:00:40', '20:01:00'], 'one for eight hours, then as ever');
});

test('a clock that is set back by hours does not silence the ticks', async (t) => {
  const { clock, at, told } = ticked(t, '2026-05-04T12:00:20Z');
  await clock.pass(60);
  clock.set('2026-05-04T09:00:00Z');
  await clock.pass(300);
  assert.deepEqual(told, ['the clock was set back: ticks are planned again']);
  assert.ok(at.length >= 2 && at.length <= 5, at.join());
});

for (const [night, from] of [
  ['in spring', '2026-03-28T23:30:30Z'],
  ['in autumn', '2026-10-24T23:30:30Z'],
] as const) {
  test(`the night ${night} when clocks change has its tick each minute`, async (t) => {
    const { clock, at } = ticked(t, from);
    await clock.pass(3 * HOUR_S, 5);
    assert.equal(at.length, 180);
    assert.equal(new Set(at).size, 180);
  });
}
