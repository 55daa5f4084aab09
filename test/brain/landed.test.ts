import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endsSentence, landed } from '#brain/landed.ts';

test('a line with room to spare stays as its speaker wanted it', () => {
  for (const line of ['', 'Hm', 'I wait', 'Buy Tech. Then', 'To the moon 🚀'])
    assert.equal(landed(line, 40), line);
});

test('a line that reaches its limit ends where a sentence ends, or at a word with an ellipsis', () => {
  const max = 40;
  const landings: [line: string, landed: string][] = [
    // The limit cuts the second sentence.
    ['Crypto is up again. I would rather buy a house in the', 'Crypto is up again.'],
    ['"Crypto is up again," she said (twice!) and then we', '"Crypto is up again," she said (twice!)'],
    // A point within a number or a name does not end a sentence.
    ['Tech is up 3.5 percent and everybody is happy ab', 'Tech is up 3.5 percent and everybody is…'],
    // A sentence that ends too early says too little.
    ['Mike! The whale has woken up and is looking at', 'Mike! The whale has woken up and is…'],
    ['I buy, therefore I am, therefore, thus; and because', 'I buy, therefore I am, therefore, thus…'],
    // Exactly full, and over.
    ['Bonds are the only thing that never lies.', 'Bonds are the only thing that never…'],
    ['Bonds are the one thing that never lies.', 'Bonds are the one thing that never lies.'],
    ['a'.repeat(60), `${'a'.repeat(39)}…`],
    [`${'a'.repeat(39)}🚀 to the moon`, `${'a'.repeat(39)}…`],
  ];
  for (const [line, expected] of landings) assert.equal(landed(line, max), expected);
});

test('whatever the line, it fits, is well formed, and is not longer than it was', () => {
  const lines = fc.string({ unit: 'grapheme', maxLength: 120 });
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 80 }), (line, max) => {
      const short = landed(line, max);
      assert.ok(short.length <= Math.min(max, line.length + 1) && short.isWellFormed());
      if (line.length > max && short.trim() !== '') assert.ok(endsSentence(short), JSON.stringify(short));
    }),
  );
});
