import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  return { said, progress, play };
}

test('the time that is left is told by what takes it: a model’s turns, not the baselines’', () => {
  const { said, progress, play } = watched(false);
  progress.row();
  play(2_000, 1);
  assert.deepEqual(said, [], 'two seconds are no news where nobody looks on');
  progress.row();
  play(10, 4_000);
  assert.deepEqual(said, ['[#.......................] 13 min left: tiny, 7 of 100 turns\n']);
  play(90, 4_000);
  progress.row();
  play(50, 4_000);
  assert.equal(said.at(-1), '[#################.......] 4 min left: tiny+deaf, 43 of 100 turns\n');
});

test('what an earlier run had kept is done, and tells nothing about time', () => {
  const { said, progress, play } = watched(true);
  progress.row();
  progress.kept(2_000);
  progress.row();
  progress.kept(60);
  play(1, 2_000);
  assert.equal(said.at(-1), '\r\u001B[K[#######.................] 5 min left: tiny, 61 of 100 turns');
  progress.end();
  assert.equal(said.at(-1), '\r\u001B[K');
});
