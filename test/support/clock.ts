/** Clocks for tests: one that is set, one that is set and runs, one that runs fast. */
import { systemClock } from '#show/clock.ts';
import type { Clock } from '#show/ports/clock.ts';

export interface SetClock extends Clock {
  set(iso: string): void;
  advance(ms: number): void;
}

/** Sleepers wake when it has come to their time. */
export function setClock(iso: string): SetClock {
  let nowMs = Date.parse(iso);
  const wakers = new Set<() => void>();
  const turnTo = (ms: number): void => {
    nowMs = ms;
    for (const wake of wakers) wake();
  };
  return {
    nowMs: () => nowMs,
    set: (to) => turnTo(Date.parse(to)),
    advance: (ms) => turnTo(nowMs + ms),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const untilMs = nowMs + ms;
        const wake = (): void => {
          if (nowMs < untilMs && !signal.aborted) return;
          wakers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        wakers.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        wake();
      }),
  };
}

/** A millisecond passes each time that it is read, and nobody sleeps for long. */
export function restlessClock(iso: string): Clock & Pick<SetClock, 'set'> {
  let nowMs = Date.parse(iso);
  return {
    nowMs: () => (nowMs += 1),
    set: (to) => void (nowMs = Date.parse(to)),
    sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 30), signal),
  };
}

/**
 * Passes so many times as fast as the true time, or as fast as `speed` says at each moment, and begins behind it: what
 * Discord dates lies near, as it should.
 */
export function hastyClock(startsBeforeMs: number, speed: number | ((nowMs: number) => number)): Clock {
  let shownMs = Date.now() - startsBeforeMs;
  let readMs = Date.now();
  const speedNow = (): number => (typeof speed === 'number' ? speed : speed(shownMs));
  const nowMs = (): number => {
    const trueMs = Date.now();
    if (trueMs > readMs) shownMs += (trueMs - readMs) * speedNow();
    readMs = trueMs;
    return shownMs;
  };
  return {
    nowMs,
    sleep: async (ms, signal) => {
      const untilMs = nowMs() + ms;
      for (let leftMs = ms; leftMs > 0 && !signal.aborted; leftMs = untilMs - nowMs())
        await systemClock.sleep(Math.min(20, leftMs / speedNow()), signal);
    },
  };
}
