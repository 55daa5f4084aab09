import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fill } from '#core/trading/books.ts';
import { tapePost } from '#stage/presentation/posts/tape.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';

const wordings = [wordingFor(content, textsFor('en')), wordingFor(content, textsFor('de'))];

function said(post: Parameters<typeof tapePost>[0]): string[] {
  return wordings.map((wording) => {
    const shown = tapePost(post, wording);
    assert.ok(shown.as === 'line');
    return shown.text.replace(/\p{Zs}/gu, ' ');
  });
}

function fill(instrument: Fill['instrument'], qty: number, reason: Fill['reason']): Fill {
  const notionalCents = qty;
  return { trader: 'alice', instrument, qty, priceCents: 10_000, notionalCents, feeCents: 0, reason };
}

test('a short that is bought back to make room is covered, and what is bought is bought', () => {
  const fills = [
    fill('Tech', 108_000, 'rotation'),
    fill('Bonds', -289_100, 'rotation'),
    fill('Crypto', 261_700, 'decision'),
  ];
  assert.deepEqual(said({ kind: 'deal', trader: 'alice', trade: 'Crypto', size: 'Small', fills }), [
    '💼 **Alice** rotates a small part into Crypto: covers 10.8 Tech @ $100.00, sells 28.91 Bonds @ $100.00, buys 26.17 Crypto @ $100.00',
    '💼 **Alice** schichtet einen kleinen Teil um in Krypto: deckt 10,8 Tech zu 100,00 $ ein, verkauft 28,91 Anleihen zu 100,00 $, kauft 26,17 Krypto zu 100,00 $',
  ]);
});

test('the margin desk covers shorts, too', () => {
  const told = (reason: Fill['reason']): string | undefined =>
    said({ kind: 'event', event: { type: 'filled', ...fill('Tech', 20_000, reason) } })[0];
  const covers = '🧯 **Alice**, by order of the margin desk, covers 2 Tech @ $100.00';
  assert.deepEqual([told('margin'), told('liquidation')], [covers, covers]);
});

test('who buys what it was short of, because it wants it, buys', () => {
  const fills = [fill('Tech', 100_000, 'decision')];
  const [english] = said({ kind: 'deal', trader: 'alice', trade: 'Tech', size: 'Half', fills });
  assert.match(english ?? '', /into Tech: buys 10 Tech/u);
});
