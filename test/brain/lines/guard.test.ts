import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CopyGuard } from '#brain/lines/copy-guard.ts';
import { LineGuard } from '#brain/lines/line-guard.ts';

const PROMPT = 'speech: one short sentence said aloud to who is here. Empty is silence.';
const guard = new CopyGuard([PROMPT], ['Alice', 'Mike', 'Tech', 'Crypto', 'Bonds', 'News Room']);
const copies = (heard: readonly string[] = []) => guard.for(heard);

test('four words in a row of the prompt or of what was heard cannot be completed, three can', () => {
  const completes = copies(['I did warn you, my dear.']);
  assert.ok(!completes('One short sentence'));
  assert.ok(completes('One short sentence said'));
  assert.ok(completes('Well: ONE  short, sentence said'), 'case and what stands between do not matter');
  assert.ok(completes('but I did warn you'));
  assert.ok(!completes('I did warn everybody'));
  const later = copies([]);
  assert.ok(!later('but I did warn you'), 'what was heard is forgotten with its turn');
  assert.ok(later('one short sentence said'), 'the prompt is not');
  assert.ok(completes('but I did warn you'), 'and a turn under way keeps its own');
});

test('quotation marks around words and apostrophes within them do not hide a copy', () => {
  const completes = copies(["Floor votes 'best trader' badge away", 'it’s what everybody wants now']);
  assert.ok(completes('Floor votes best trader'));
  assert.ok(completes("the ‘best’ trader's: 'best' trader badge away"));
  assert.ok(completes('so its what everybody wants'));
  assert.ok(copies(['sell the best stocks'])("sell ' the 'best' stocks'"));
  assert.ok(!copies(["'Mike' 'Tech' and 'Bonds'"])('Mike, Tech and Bonds'), 'names stay free');
});

test('names, instruments, rooms and figures belong to nobody', () => {
  const completes = copies(['Alice, Tech 3% and Crypto 4%', 'Mike went to the News Room']);
  assert.ok(!completes('Alice, Tech 3% and'));
  assert.ok(completes('Mike went to the'));
});

test('a line may end where a sentence ends; elsewhere it is ended, or goes on', () => {
  const line = new LineGuard(copies());
  assert.equal(line.judge('speech', 'I sold it all.', true), 'fine');
  assert.equal(line.judge('speech', 'I sold it all', true), 'end first');
  assert.equal(line.judge('speech', 'I sold it,', true), 'never');
  assert.equal(line.judge('speech', 'The answer is no.', true), 'fine');
  assert.equal(line.judge('speech', 'Sold.', true), 'never', 'too short to be a line');
  assert.equal(line.judge('speech', '', true), 'fine', 'silence is a choice');
  assert.equal(line.judge('thought', '', true), 'never', 'a thought is owed');
});

test('Chinese and Japanese sentences end with their own marks, and have no spaces to count words by', () => {
  const line = new LineGuard(copies());
  for (const text of ['我把它全卖了。', '全部売るの？', '科技股完了！'])
    assert.equal(line.judge('speech', text, true), 'fine', text);
  assert.equal(line.judge('speech', '我把它全卖了', true), 'end first');
  for (const text of ['科技股涨了3个百分点', '科技股涨了4%的价格', '今日は3パーセントも'])
    assert.equal(line.judge('speech', text, false), 'fine', `${text}: nor does one stand behind a figure`);
  assert.equal(line.judge('speech', '好。', true), 'never', 'too short to be a line');
});

test('code, scripts, loops and copies never get into a line', () => {
  const line = new LineGuard(copies());
  for (const text of [
    'I sold {',
    'He said "',
    'Mike: sell',
    'Said before: sell',
    '- sell',
    'sell.Now',
    'chaos.I was',
    "I can't.I",
    'Up by 10.I',
    'What!A day',
    'sell &nbsp',
    'wait...',
    'Your advice was good, Allin',
    'shares in Tech.0',
    'meet me at ten:05',
    'up by 4.1.5',
    'Crypto, 4%d',
    'after 10year',
    "she says: ''",
  ])
    assert.equal(line.judge('speech', text, false), 'never', text);
  assert.equal(line.judge('speech', 'sell sell sell', false), 'never');
  assert.equal(line.judge('speech', 'it is over and it is over', false), 'never');
  assert.equal(line.judge('speech', 'one short sentence said', false), 'never');
  for (const text of [
    "I won't",
    'I am all in',
    'Tech up 3.5%',
    '1,000,000.50 dollars',
    'since the 1990s, on the 20th',
    '3 % wie in Bonn',
    'bugün %50',
    "my traders' money, said 'sell'",
    'at 9:30 we',
    'so back!!',
    'the U.S. bonds',
    'by 4 p.m.',
    'i.e. a lot',
    'To the moon 🚀',
  ])
    assert.equal(line.judge('speech', text, false), 'fine', text);
});

test('a long line has to end with its sentence, and is drawn to an end before its room is spent', () => {
  const line = new LineGuard(copies());
  assert.ok(!line.mustEnd('speech', 'I sold it.'));
  assert.ok(line.mustEnd('speech', 'I sold it, and I would sell it again tomorrow.'));
  assert.ok(!line.mustEnd('speech', 'I sold it, and it was up by as much as 3.'));
  const pulls = [20, 80, 100, 130].map((length) => line.pull('speech', 'x'.repeat(length)));
  assert.deepEqual(
    pulls.toSorted((one, other) => one - other),
    pulls,
  );
  assert.equal(pulls[0], 0);
  assert.ok((pulls[3] ?? 0) > (pulls[1] ?? 0));
});

test('a line that was begun for its speaker has room for a sentence of its own', () => {
  const begun = 'Alex, you are down six rounds in a row.';
  const line = new LineGuard(copies(), { begun: { speech: begun } });
  assert.ok(new LineGuard(copies()).mustEnd('speech', `${begun} So.`));
  assert.ok(!line.mustEnd('speech', `${begun} So.`));
  assert.ok(line.mustEnd('speech', `${begun} So much for your horoscope.`));
});

test('an emoji may begin a line or stand in it, whole or in pieces, as vocabularies write it', () => {
  const line = new LineGuard(copies());
  for (const text of ['\ufffd', ' \ufffd', '🚀', '🇩🇪 bonds', 'To the moon \ufffd', 'To the moon! 👍🏽'])
    assert.equal(line.judge('speech', text, false), 'fine', text);
  assert.equal(line.judge('speech', 'To the moon! 👍🏽', true), 'fine');
});
