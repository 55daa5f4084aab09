import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { knownLines, remembering, type Recognised } from '#core/hearing/known-lines.ts';
import { CHATTER } from '#core/hearing/meaning.ts';
import { expansions } from '#core/script.ts';
import { content } from '#test/support/floor.ts';

const known = knownLines(content.cast);
const recognise = remembering(known);

/** Every line of the banks is tried against the text: what the index must agree with. */
function triedOneByOne(text: string): Recognised | null {
  let best: Recognised | null = null;
  for (const { fragment, pattern, meaning } of known) {
    const at = text.search(pattern());
    if (at < 0) continue;
    const asks = meaning.act.startsWith('ask') ? 1_000 : 0;
    const rank = at + asks - (meaning === CHATTER ? 1_000 : 0) + fragment.length / 1_000;
    if (best === null || rank > best.rank) best = { meaning, rank };
  }
  return best;
}

const templates = content.cast.flatMap(({ script }) => [
  ...Object.values(script?.says ?? {}).flat(),
  ...Object.values(script?.toward ?? {}).flat(),
  ...Object.values(script?.recalls ?? {}).flat(),
]);
const remark = fc
  .tuple(fc.constantFrom(...templates), fc.nat(), fc.constantFrom('Alex', 'Tech', 'the News Room', '3%', ''))
  .map(([template, way, filling]) => {
    const ways = expansions(template);
    return (ways[way % ways.length] ?? template).replace(/\{\w+\}/g, filling);
  });
const text = fc.oneof(
  remark,
  fc.tuple(remark, remark).map((both) => both.join(' ')),
  fc.tuple(remark, fc.nat(40)).map(([line, from]) => line.slice(from)),
  fc.string({ maxLength: 60 }),
);

test('a line is recognised as if every line of the banks had been tried', () => {
  fc.assert(
    fc.property(text, (line) => assert.deepEqual(recognise(line), triedOneByOne(line))),
    { numRuns: 300 },
  );
});
