import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placeBubbles, PADDING, type Speech } from '#paint/scenes/bubbles.ts';
import { overlaps, within, type Rect } from '#paint/draw-list.ts';
import { MAP } from '#paint/layout.ts';
import { measure } from './kit.ts';

const face = fc.record({
  x: fc.integer({ min: MAP.x, max: MAP.x + MAP.w - 16 }),
  y: fc.integer({ min: MAP.y, max: MAP.y + MAP.h - 16 }),
  w: fc.constant(16),
  h: fc.constant(16),
});
const words = fc
  .array(fc.stringMatching(/^[A-Za-z!?]{1,14}$/), { minLength: 1, maxLength: 30 })
  .map((all) => all.join(' '));

function heard(faces: readonly Rect[], texts: readonly string[], signs: readonly Rect[] = []) {
  const speeches: Speech[] = texts.map((text, index) => ({
    text,
    face: faces[index] ?? MAP,
    room: MAP,
    reach: MAP,
  }));
  return placeBubbles(speeches, { faces, tags: [], signs, labels: [], measure });
}

test('bubbles stay in reach, off faces and off each other, with their text inside', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(face, words), { minLength: 1, maxLength: 8 }), (people) => {
      const faces = people.map(([where]) => where);
      const bubbles = heard(
        faces,
        people.map(([, text]) => text),
      );
      bubbles.forEach(({ box, lines, tail }, index) => {
        assert.ok(within(box, MAP));
        assert.ok(
          faces.every((one) => !overlaps(box, one)),
          'covers a face',
        );
        assert.ok(
          bubbles.every((other, at) => at === index || !overlaps(box, other.box)),
          'two bubbles overlap',
        );
        assert.ok(
          lines.every((line) => measure(line) <= box.w - PADDING.left - PADDING.right),
          'text leaves the bubble',
        );
        assert.ok(tail.from.x >= box.x && tail.from.x < box.x + box.w, 'the tail begins elsewhere');
        assert.ok(tail.from.y >= box.y && tail.from.y < box.y + box.h, 'the tail begins elsewhere');
      });
    }),
    { numRuns: 60 },
  );
});

test('four traders in one corner are all heard', () => {
  const faces = [8, 30, 60, 90].map((x, index) => ({
    x: MAP.x + x,
    y: MAP.y + 40 + (index % 2) * 14,
    w: 16,
    h: 16,
  }));
  const bubbles = heard(
    faces,
    Array(4).fill('I priced that in yesterday. You priced in a feeling and a haircut.'),
  );
  assert.deepEqual(
    bubbles.map(({ speech }) => speech),
    [0, 1, 2, 3],
  );
});

test('a speaker alone gets the classic bubble, right above the head, tail down', () => {
  const [bubble] = heard([{ x: 120, y: 120, w: 16, h: 16 }], ['Hold cash for safety.']);
  assert.deepEqual(bubble?.lines, ['Hold cash for safety.']);
  assert.equal(bubble?.tail.to.x, 128);
  assert.equal((bubble?.box.y ?? 0) + (bubble?.box.h ?? 0) + 4, 120);
});

test('a line that is too long is cut at a word', () => {
  const [bubble] = heard([{ x: 120, y: 150, w: 16, h: 16 }], ['bull market '.repeat(40).trim()]);
  assert.match(bubble?.lines.at(-1) ?? '', /(bull|market)\.\.\.$/);
});

test('a sign is covered only when no other place is free', () => {
  const face = { x: 120, y: 120, w: 16, h: 16 };
  const [open] = heard([face], ['Hold cash for safety.']);
  assert.ok(open);
  const [moved] = heard([face], ['Hold cash for safety.'], [open.box]);
  assert.ok(moved && !overlaps(moved.box, open.box));
  assert.deepEqual(moved.lines, open.lines, 'the whole line is still said');
  const [nowhere] = heard([face], ['Hold cash for safety.'], [MAP]);
  assert.deepEqual(nowhere?.lines, open.lines, 'rather over a sign than not said at all');
});

test('of two speakers side by side neither gets the place of the other: their tails do not cross', () => {
  const faces = [100, 124].map((x) => ({ x, y: 90, w: 16, h: 16 }));
  for (const lines of [
    ['Sell everything, now, while there is somebody who buys it.', 'No.'],
    ['No.', 'Sell everything, now, while there is somebody who buys it.'],
  ]) {
    const [left, right] = heard(faces, lines);
    assert.ok(left && right);
    const above = left.tail.from.y < 90 && right.tail.from.y < 90;
    if (above) assert.ok(left.tail.from.x < right.tail.from.x);
  }
});
