import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isBlocked } from '#stage/presentation/blocklist.ts';
import { plainText, shownText } from '#stage/presentation/sanitise.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '@everyone',
        '@here',
        '<@123456789012345678>',
        '<@&1>',
        '<#1>',
        '<t:1:R>',
        '<:pepe:123>',
        '<a:x:1>',
        '</ban:1>',
        '<id:home>',
        '**b**',
        '__u__',
        '~~s~~',
        '||spoiler||',
        '`code`',
        '```js\n',
        '# h',
        '-# sub',
        '> q',
        '>>> q',
        '- item',
        '* item',
        '1. item',
        '+ x',
        '[click](https://evil.example)',
        'https://evil.example',
        'http://a.b',
        'www.evil.example',
        'discord.gg/abc',
        'steam://run',
        '\\',
        '\\\\',
        '\u202e',
        '\u2066',
        '\u200b',
        '\u200d',
        '\ufeff',
        '\u00ad',
        'z\u0301\u0302\u0303\u0304\u0305\u0306\u0307',
        '\u{e0041}',
        '👩‍👩‍👧‍👦',
        '👍🏽',
        '🇩🇪',
        '1️⃣',
        '\n',
        '\r\n',
        '\t',
        '\0',
        'ß',
        'नमस्ते',
        'ไทยได้',
        '한국어',
        '(',
        ')',
        ']',
      ),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

const graphemes = (text: string): string[] =>
  Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), (it) => it.segment);

/** What a reader sees of markdown in which everything special is escaped; `active` are the characters that are not escaped. */
function unescape(markdown: string): { visible: string; active: string } {
  let visible = '';
  let active = '';
  for (let i = 0; i < markdown.length; i++) {
    if (markdown[i] === '\\' && i + 1 < markdown.length) {
      visible += markdown[++i];
    } else {
      visible += markdown[i];
      active += markdown[i];
    }
  }
  return { visible, active };
}

test('nothing that anybody wrote is active in a message', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, max) => {
      const shown = shownText(text, max);
      const { visible, active } = unescape(shown);
      // Every character that begins or ends markup is escaped or gone.
      assert.doesNotMatch(active, /[\\*_~`|[\]()<>#]/u, shown);
      // No mention survives even as text, because an edit parses text again.
      assert.ok(!shown.includes('@'), shown);
      // Nothing becomes a link, nothing begins a list.
      assert.doesNotMatch(shown, /(?<!\\)(?:\\\\)*:\//u);
      assert.doesNotMatch(shown, /\b(www|discord)\./iu);
      assert.doesNotMatch(shown, /^\s*([-+]|\d+[.)])/u);
      assert.ok(graphemes(visible).length <= max, `${graphemes(visible).length} > ${max}`);
    }),
    { numRuns: 3_000 },
  );
});

test('whatever is invisible, reverses the direction or piles up marks is removed', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const plain = plainText(text, 500);
      assert.doesNotMatch(
        plain,
        /[\p{Cc}\p{Co}\p{Cs}\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u,
      );
      assert.doesNotMatch(plain, /[\r\n\u2028\u2029]/u);
      assert.doesNotMatch(plain, /\p{M}{5,}/u);
      assert.equal(plain, plain.trim());
      assert.doesNotMatch(plain, /\s{2}/u);
      assert.ok(plain.isWellFormed());
    }),
    { numRuns: 3_000 },
  );
});

test('cleaning twice changes nothing, and the cap counts what a reader counts', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, max) => {
      const once = plainText(text, max);
      assert.equal(plainText(once, max), once);
      assert.ok(graphemes(once).length <= max);
    }),
    { numRuns: 3_000 },
  );
  assert.equal(plainText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2), '👩‍👩‍👧‍👦…');
});

test('ordinary writing in any script stays as it was written', () => {
  for (const text of [
    'Buy the dip, obviously.',
    'Zażółć gęślą jaźń',
    'नमस्ते दुनिया',
    'สวัสดีชาวโลก',
    'שלום',
    '日本語のテスト',
    '👍🏽 🇩🇪 1️⃣ ❤️',
  ]) {
    assert.equal(plainText(text, 200), text.normalize('NFC'));
  }
  assert.equal(shownText('P/E < 5 & *up*', 50), 'P/E \\< 5 & \\*up\\*');
});

test('links, invites and slurs are blocked in their usual disguises, ordinary words are not', () => {
  for (const text of [
    'see https://evil.example',
    'join discord.gg/abc',
    'HTTPS : // x.y',
    'www.evil.example',
    'you f4gg0t',
    'r e t a r d',
    'r\u0301etard',
    'ret\u200bard',
  ]) {
    assert.ok(isBlocked(text), text);
  }
  for (const text of [
    'Flame retardant stocks soar',
    'A discordant note',
    'Snigger at the open',
    'Bonds at 100.10. Tech at 3:30',
    '',
  ]) {
    assert.ok(!isBlocked(text), text);
  }
});
