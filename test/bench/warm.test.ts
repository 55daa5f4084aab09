import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnTimeOf, firstBySecond, pairOf, timeOf } from './brain/warm.ts';
import { withRange } from './medians.ts';

const round = (ms: number, sampled: number) => ({ ms, read: 300, forced: 100, sampled, answers: [] });
/** Of a show: one that is long, one that is short. */
const long = round(300, 150);
const short = round(100, 50);

test('a start whose first round is as fast as its second is told so, however unlike the two rounds are', () => {
  const pair = pairOf([
    [long, short],
    [short, long],
  ]);
  assert.equal(firstBySecond(pair, timeOf), 1);
  assert.equal(firstBySecond(pair, drawnTimeOf), 1);
});

test('what the first round takes longer is seen in the ratio, whichever round of the show it is', () => {
  const slower = ({ ms, sampled }: typeof long) => round(ms * 1.5, sampled);
  const pair = pairOf([
    [slower(long), short],
    [slower(short), long],
  ]);
  assert.equal(firstBySecond(pair, timeOf), 1.5);
  assert.equal(firstBySecond(pair, drawnTimeOf), 1.5);
});

test('ratios are told with their range', () => {
  assert.equal(withRange([1.2, 0.9, 1]), '1.00 (0.90 to 1.20)');
});
