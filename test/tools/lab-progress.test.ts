import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ask, Reply } from '#lab/runs/player.ts';
import { Progress } from '#tools/lab/progress.ts';

const ROWS = [
  { name: 'hold', isModel: false, turns: 2_000, guessMs: 0.5 },
  { name: 'tiny', isModel: true, turns: 100, guessMs: 1_000 },
  { name: 'tiny+deaf', isModel: true, turns: 100, guessMs: 1_000 },
];

/** A run that somebody looks on or not, by a clock that the test moves. */
function watched(isTTY: boolean) {
  const said: string[] = [];
  const clock = { nowMs: 0 };
  const output = { isTTY, write: (text: string) => said.push(text) };
  const progress = new Progress(ROWS, output, () => clock.nowMs);
  const play = (turns: number, eachMs: number): void => {
    for (let turn = 0; turn < turns; turn += 1) {
      clock.nowMs += eachMs;
      progress.turn();
    }
  };
  const pass = (ms: number): void => void (clock.nowMs += ms);
  return { said, progress, play, pass };
}

test('the time that is left is told by what takes it: a model’s turns, not the baselines’', () => {
  const { said, progress, play } = watched(false);
  progress.row();
  play(2_000, 1);
  assert.deepEqual(said, [], 'two seconds are no news where nobody looks on');
  progress.row();
  play(10, 4_000);
  assert.deepEqual(said, ['[#.......................] tiny, 7 of 100 turns\n'], 'too few to tell time by');
  play(90, 4_000);
  progress.row();
  play(50, 4_000);
  assert.equal(said.at(-1), '[#################.......] 4 min left: tiny+deaf, 43 of 100 turns\n');
});

test('nothing is said of time while none of a model’s turns is through, though many are asked', async () => {
  const { said, progress, pass } = watched(true);
  const asked: ((reply: Reply) => void)[] = [];
  const player = progress.watching({
    label: 'tiny',
    worldsAtOnce: 8,
    answer: () => new Promise((resolve) => void asked.push(resolve)),
  });
  const ask = async (more: Partial<Ask> = {}) =>
    await player.answer(more as Ask, new AbortController().signal);
  progress.row();
  progress.kept(2_000);
  progress.row();
  progress.kept(2);
  pass(1_000);
  const answers = [...Array.from({ length: 8 }, () => ask()), ask({ aside: true })];
  progress.kept(0);
  assert.equal(said.at(-1), '\r\u001B[K[........................] tiny, 2 of 100 turns');
  pass(16_000);
  for (const reply of asked) reply({ decision: null, fumble: 'timeout', tokens: null, ms: 0 });
  await Promise.all(answers);
  pass(2_000);
  progress.kept(0);
  assert.equal(said.at(-1), '\r\u001B[K[#.......................] 6 min left: tiny, 10 of 100 turns');
});

test('what an earlier run had kept is done, and tells nothing about time', () => {
  const { said, progress, play } = watched(true);
  progress.row();
  progress.kept(2_000);
  progress.row();
  progress.kept(60);
  play(1, 2_000);
  assert.equal(said.at(-1), '\r\u001B[K[#######.................] tiny, 61 of 100 turns');
  play(7, 2_000);
  assert.equal(said.at(-1), '\r\u001B[K[########................] 4 min left: tiny, 68 of 100 turns');
  progress.end();
  assert.equal(said.at(-1), '\r\u001B[K');
});
