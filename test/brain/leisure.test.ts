import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Leisure } from '#brain/leisure.ts';

interface Played {
  atMs: number;
  /** Turns that had leisure. */
  had: number;
  flips: number;
}

/** Rounds of four turns, one after another; then the brain waits for the next one. With leisure a turn takes `more` times as long. */
function plays(
  leisure: Leisure,
  { rounds, turnMs, paceMs, more = 1 }: { rounds: number; turnMs: number; paceMs: number; more?: number },
  fromMs = 0,
): Played {
  let atMs = fromMs;
  let had = 0;
  let flips = 0;
  for (let round = 0; round < rounds; round++) {
    const opensMs = atMs;
    for (let turn = 0; turn < 4; turn++) {
      const { has } = leisure;
      if (has) had += 1;
      leisure.turnBegins(atMs);
      atMs += has ? turnMs * more : turnMs;
      leisure.turnEnds(atMs);
      if (leisure.has !== has) flips += 1;
    }
    atMs = Math.max(atMs, opensMs + paceMs);
  }
  return { atMs, had, flips };
}

test('a brain has time while it waits for most of a round, from its first turn on', () => {
  const { had } = plays(new Leisure(), { rounds: 50, turnMs: 1_000, paceMs: 20_000, more: 2 });
  assert.equal(had, 200);
});

test('where turns fill the pace it has none, and gets it back only when there is plenty', () => {
  const leisure = new Leisure();
  const busy = plays(leisure, { rounds: 10, turnMs: 4_500, paceMs: 20_000 });
  assert.equal(leisure.has, false);
  // Half of the time would not do for turns that take twice as long.
  const between = plays(leisure, { rounds: 20, turnMs: 2_500, paceMs: 20_000 }, busy.atMs);
  assert.equal(leisure.has, false);
  plays(leisure, { rounds: 20, turnMs: 1_000, paceMs: 20_000 }, between.atMs);
  assert.equal(leisure.has, true);
});

test('it does not give itself time and take it back, however long its turns are', () => {
  for (let turnMs = 250; turnMs <= 6_000; turnMs += 250) {
    const { flips } = plays(new Leisure(), { rounds: 200, turnMs, paceMs: 20_000, more: 2 });
    assert.ok(flips <= 1, `${flips} changes with turns of ${turnMs} ms`);
  }
});

test('many shows at once are no reason where they leave time, and a show that waits for nothing leaves none', () => {
  const rounds = { rounds: 50, turnMs: 300, paceMs: 20_000 };
  // Twelve shows whose rounds open together: 48 turns, then nothing for five seconds.
  const shows = plays(new Leisure(), { ...rounds, turnMs: 300 * 12 });
  assert.ok(shows.had < 60, 'three quarters of the time are too much');
  const fewer = plays(new Leisure(), { ...rounds, turnMs: 300 * 4, more: 2 });
  assert.equal(fewer.had, 200);
  const leisure = new Leisure();
  plays(leisure, { rounds: 100, turnMs: 500, paceMs: 0 });
  assert.equal(leisure.has, false);
});

test('turns side by side count once', () => {
  const leisure = new Leisure();
  for (let atMs = 0; atMs < 600_000; atMs += 20_000) {
    for (let room = 0; room < 4; room++) leisure.turnBegins(atMs);
    for (let room = 0; room < 4; room++) leisure.turnEnds(atMs + 6_000 + room);
  }
  assert.equal(leisure.has, true);
});
