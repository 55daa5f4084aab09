import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PassSharing } from '#brain/engine/pass-sharing.ts';

/** Writes so many answers of equal length at the same time; returns in how many passes they shared, and in all. */
function write(
  sharing: PassSharing,
  answers: number,
  tokens: number,
  passMs: (rows: number) => number,
): { shared: number; passes: number } {
  const left = Array.from({ length: answers }, () => tokens);
  let [shared, passes] = [0, 0];
  for (let under = answers; under > 0; under = left.filter((each) => each > 0).length) {
    const together = sharing.pays(under);
    const first = left.findIndex((each) => each > 0);
    for (const [at, each] of left.entries()) if (each > 0 && (together || at === first)) left[at] = each - 1;
    const rows = together ? under : 1;
    sharing.record(rows, passMs(rows));
    passes++;
    if (rows > 1) shared++;
  }
  return { shared, passes };
}

/** Milliseconds of a pass of a small model with a large vocabulary, one thread, and of a model whose weights take long to fetch. */
const largeVocabulary = (rows: number): number => [0, 12, 43, 53, 62][rows] ?? 15.5 * rows;
const largeWeights = (rows: number): number => 60 + 5 * rows;

test('answers share passes where that is faster, and only there', () => {
  for (const answers of [2, 3, 4, 8]) {
    const { shared, passes } = write(new PassSharing(), answers, 200, largeWeights);
    assert.ok(shared / passes > 0.9, `${answers} answers shared ${shared} of ${passes} passes`);
    const apart = write(new PassSharing(), answers, 200, largeVocabulary);
    assert.ok(
      apart.shared / apart.passes < 0.1,
      `${answers} answers shared ${apart.shared} of ${apart.passes}`,
    );
  }
});

test('what changes is found', () => {
  const sharing = new PassSharing();
  write(sharing, 4, 200, largeVocabulary);
  write(sharing, 4, 100, largeWeights);
  const now = write(sharing, 4, 100, largeWeights);
  assert.ok(now.shared / now.passes > 0.9, `${now.shared} of ${now.passes}`);
  write(sharing, 4, 400, largeVocabulary);
  const again = write(sharing, 4, 400, largeVocabulary);
  assert.ok(again.shared / again.passes < 0.1, `${again.shared} of ${again.passes}`);
});

test('one slow pass decides nothing', () => {
  const sharing = new PassSharing();
  write(sharing, 4, 100, largeWeights);
  sharing.record(4, 10 * largeWeights(4));
  assert.equal(sharing.pays(4), true);
});
