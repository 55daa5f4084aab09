import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '#show/ports/clock.ts';
import { Tempo } from '#show/tempo.ts';

/** A tempo, and the warnings that it gave. */
function listenedTo(): { tempo: Tempo; warnings: string[] } {
  const warnings: string[] = [];
  const quiet = (): void => {};
  const log: Log = { debug: quiet, info: quiet, error: quiet, warn: (_, message) => warnings.push(message) };
  return { tempo: new Tempo(log), warnings };
}

const rounds = (tempo: Tempo, count: number, tookMs: number, paceMs: number): void => {
  for (let round = 0; round < count; round++) tempo.roundTook(tookMs, paceMs);
};

test('a pace that the brain cannot keep is said once, with the pace that it can', () => {
  const { tempo, warnings } = listenedTo();
  rounds(tempo, 50, 15_000, 12_000);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /a round takes 15 s, the pace is 12 s: .* --pace 18 \(PACE\)/);
});

test('a slow round now and then is nobody’s business', () => {
  const { tempo, warnings } = listenedTo();
  for (let time = 0; time < 20; time++) {
    rounds(tempo, 2, 15_000, 12_000);
    rounds(tempo, 1, 4_000, 12_000);
  }
  assert.deepEqual(warnings, []);
});

test('a new pace is judged anew; a show without a pace takes the time that it takes', () => {
  const { tempo, warnings } = listenedTo();
  rounds(tempo, 5, 15_000, 12_000);
  rounds(tempo, 5, 15_000, 13_000);
  rounds(tempo, 5, 15_000, 20_000);
  rounds(tempo, 5, 15_000, 0);
  assert.equal(warnings.length, 2);
});

test('turns that are cut off again and again are said once, with the cure', () => {
  const { tempo, warnings } = listenedTo();
  for (let turn = 0; turn < 40; turn++) tempo.turnEnded(turn % 2 === 0, 20_000);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /3 of the last 5 turns were not answered within 20 s.*--turn-limit/);
});

test('one turn that is cut off among many is a fumble and no more', () => {
  const { tempo, warnings } = listenedTo();
  for (let turn = 0; turn < 80; turn++) tempo.turnEnded(turn % 8 === 0, 20_000);
  assert.deepEqual(warnings, []);
});
