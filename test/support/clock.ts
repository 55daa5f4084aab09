/** A clock that a test sets. Sleepers wake when it has come to their time. */
import type { Clock } from '#show/ports.ts';

export interface SetClock extends Clock {
  set(iso: string): void;
  advance(ms: number): void;
}

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
