import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dollars, gain, percent, price, shortGain, wholePercent } from '#paint/format.ts';
import { fit, plainText, wrap } from '#paint/text.ts';
import { kit, measure } from './kit.ts';

const plain = (text: string) => plainText(text, kit.covers);

test('what the font lacks is replaced by something plain, always the same', () => {
  assert.equal(plain('To the moon 🚀🚀🚀!'), 'To the moon *!');
  assert.equal(plain('👩‍👩‍👧 and 🇩🇪 and 3️⃣'), '* and * and *');
  assert.equal(plain('Č, ő and naïve'), 'C, o and naïve');
  assert.equal(plain('买入比特币 now'), '??? now');
  assert.equal(plain('−5 → 6'), '-5 > 6');
});

test('direction marks, zero-width characters and controls leave no trace', () => {
  assert.equal(plain('a\u202Eb\u200Bc\u2066d\uFEFFe\u0007f\nnext\u00ADline'), 'abcdef nextline');
  assert.equal(plain('Z\u0351\u0352\u0353\u0354algo'), 'Zalgo');
});

test('any text at all becomes text of the font', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      for (const character of plain(text)) assert.ok(kit.covers(character), JSON.stringify(character));
    }),
  );
});

test('wrapped lines fit, a long word is broken, and nothing is lost while there is room', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,30}( [a-z]{1,30}){0,12}$/), (text) => {
      const { lines, whole } = wrap(text, 60, 4, measure);
      assert.ok(lines.length <= 4);
      assert.ok(lines.every((line) => measure(line) <= 60));
      if (whole) assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      else assert.ok(lines.at(-1)?.endsWith('...'));
    }),
  );
});

test('a name that is too long ends in an ellipsis', () => {
  assert.equal(fit('Bartholomew', 40, measure), 'Bartho...');
  assert.equal(fit('Bart', 40, measure), 'Bart');
  assert.equal(fit('Bart', 4, measure), '');
});

test('money, prices and changes are short', () => {
  assert.equal(dollars(1_070_000), '$10,700');
  assert.equal(dollars(-50_049), '-$500');
  assert.equal(dollars(123_456_789), '$1.23M');
  assert.deepEqual([9_812, 10_421, 104_210, 1_234_567].map(price), ['98.12', '104.2', '1,042', '12.3K']);
  assert.deepEqual([-61_600, 214_349, -996_000, 1_234_567, -99_960_000].map(shortGain), [
    '-$616',
    '+$2.1K',
    '-$10K',
    '+$12K',
    '-$1.0M',
  ]);
  assert.deepEqual([214_349, -9_800, 40, -1_234_567, 123_456_789].map(gain), [
    '+$2,143',
    '-$98',
    '$0',
    '-$12.3K',
    '+$1.23M',
  ]);
  assert.deepEqual([120, -45, -4, 123_400].map(percent), ['+1.2%', '-0.5%', '0.0%', '+1234%']);
  assert.deepEqual([1_684, -1_700, -4].map(wholePercent), ['+17%', '-17%', '0%']);
});
