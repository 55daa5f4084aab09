import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { landed } from '#brain/lines/landing.ts';
import { endsSentence, surelyEndsSentence, upToLastSentence } from '#brain/lines/sentence.ts';

const whole = (text: string): string => landed(text, { cut: false });
const cutShort = (text: string): string => landed(text, { cut: true });

test('a sentence ends at a full stop, a question or a shout, also inside quotation marks or before a rocket', () => {
  for (const text of ['Sell it.', 'Sell it?', 'We are so back!!', 'He said "sell."', 'To the moon! 🚀'])
    assert.ok(endsSentence(text), text);
  for (const text of ['Sell it', 'Sell it,', 'Sell it...', 'Sell it…', 'Ask Mr.', 'Bonds vs.'])
    assert.ok(!endsSentence(text), text);
  assert.ok(!surelyEndsSentence('Tech is up 3.'), 'a figure may follow');
  assert.ok(surelyEndsSentence('Tech is up 3%.'));
});

test('an emoji behind a sentence may be of several characters, and none is cut in two', () => {
  for (const emoji of ['🚀', '❤️', '❤', '👍🏽', '👨‍💻', '🇩🇪', '🚀 👩🏽‍🚀'])
    assert.ok(surelyEndsSentence(`We are so back! ${emoji}`), emoji);
  for (const half of ['👨\u200d', '\u{1f1e9}', '\ufffd'])
    assert.ok(!endsSentence(`We are so back! ${half}`), half);
  assert.equal(cutShort('We are so back! 👩🏽‍🚀 And no'), 'We are so back! 👩🏽‍🚀');
});

test('a sentence may end with a short word, a letter or an abbreviation; before more words only the first is sure to', () => {
  for (const text of [
    'The answer is no.',
    'It was Alex and I.',
    'Plan B.',
    'I moved to the U.S.',
    'Sell by 4 p.m.',
  ])
    assert.ok(endsSentence(text), text);
  assert.ok(surelyEndsSentence('It was Alex and I.'));
  for (const text of ['My house is no.', 'I ask Jerome H.', 'I like the U.S.'])
    assert.ok(!surelyEndsSentence(text), `${text} A line that is being written may go on.`);
  assert.equal(upToLastSentence('I do like the U.S. bonds that we'), null);
  assert.equal(upToLastSentence('I asked Jerome H. Powell and'), null);
  assert.equal(upToLastSentence('They live at no. 9 of'), null);
  assert.equal(upToLastSentence('The answer is no. I will'), 'The answer is no.');
  assert.equal(upToLastSentence('It was Alex and I. We will'), 'It was Alex and I.');
  assert.equal(whole('So the answer is no'), 'So the answer is no.');
});

test('a line that ran into its limit is cut back to its last sentence, or to a word and an ellipsis', () => {
  assert.equal(cutShort('Tech is done for. I will sell it as soon as the be'), 'Tech is done for.');
  assert.equal(cutShort('I will sell it as soon as the be'), 'I will sell it as soon as the…');
  assert.equal(cutShort('No. I will sell it as soon as the be'), 'No. I will sell it as soon as the…');
  assert.equal(cutShort('I said (we sell it all today. Then) we buy'), 'I said we sell it all today.');
  assert.equal(cutShort('我把它全卖了。科技股完'), '我把它全卖了。', 'no space stands behind it');
  assert.equal(cutShort('「全部売るの？」私は'), '「全部売るの？」');
  assert.equal(upToLastSentence('Up 3.5 percent and'), null);
});

test('a line that its speaker ended gets its full stop, and nothing of a chat or of JSON is left in it', () => {
  assert.equal(whole('Buy the dip'), 'Buy the dip.');
  assert.equal(whole('"Buy the dip.'), 'Buy the dip.');
  assert.equal(whole('Buy the dip.”}}'), 'Buy the dip.');
  assert.equal(whole('Buy the (dip.'), 'Buy the dip.');
  assert.equal(whole('Buy Tech). And bonds ('), 'Buy Tech. And bonds.');
  assert.equal(whole(', and buy the dip!'), 'and buy the dip!');
  assert.equal(whole('Buy the dip.<|im_end|>user'), 'Buy the dip.');
  assert.equal(whole('-5% on Tech? I am buying more.'), '-5% on Tech? I am buying more.');
  assert.equal(whole('- .5% on Bonds is enough.'), '5% on Bonds is enough.', 'but for a dash before it');
  assert.equal(whole('.5% on Bonds is enough.'), '.5% on Bonds is enough.');
  for (const nothing of ['', '  ', '...', '12', '”}}', '-']) assert.equal(whole(nothing), '', nothing);
});

test('a single quotation mark without its partner goes, an apostrophe stays', () => {
  assert.equal(whole("Mike looks at you and says: 'What now?"), 'Mike looks at you and says: What now?');
  assert.equal(whole("Mike said, 'hold', and we don't.'"), "Mike said, 'hold', and we don't.");
  assert.equal(whole("She says: ''I am going to pay you."), 'She says: I am going to pay you.');
  assert.equal(whole("'Hold' is what she said."), "'Hold' is what she said.");
  assert.equal(whole("'Hold is what she said."), 'Hold is what she said.');
  assert.equal(whole('Mike said ‘sell.'), 'Mike said sell.');
  assert.equal(whole("Mike said 'sell, and then 'buy'."), "Mike said sell, and then 'buy'.");
  for (const apostrophes of [
    "My traders' money isn't yours.",
    "'Cause I sold 'em all, rock 'n' roll.",
    'The crash of ’87 and the dip of the ’90s.',
    "He said 'it's not the traders' and left.",
    "Nobody says '4%' anymore.",
  ])
    assert.equal(whole(apostrophes), apostrophes);
});

test('whatever a model writes, what lands is whole, or says that it is not, and is never longer but for one mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 160 }), fc.boolean(), (text, cut) => {
      const line = landed(text, { cut });
      assert.equal(line, line.trim());
      assert.ok(Array.from(line).length <= Array.from(text).length + 1, line);
      assert.equal(landed(line, { cut: false }), line, 'landing twice changes nothing');
    }),
  );
});
