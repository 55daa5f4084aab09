import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecapCard } from '#show/ports/card-views.ts';
import { cardAlt } from '#stage/presentation/posts/card-picture.ts';
import { highlightsCard, highlightsText } from '#stage/presentation/posts/highlights.ts';
import { tapePost } from '#stage/presentation/posts/tape.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import type { Moment } from '#show/ports/story-views.ts';
import { content } from '#test/support/floor.ts';

const english = wordingFor(content, textsFor('en'));
const german = wordingFor(content, textsFor('de'));
const standings = [
  { trader: 'alice', equityCents: 945_200, episodeGainCents: 31_000 },
  { trader: 'mike', equityCents: 1_177_000, episodeGainCents: -52_000 },
];

function said(post: Parameters<typeof tapePost>[0], wording = english): string[] {
  const shown = tapePost(post, wording);
  assert.ok(shown.as === 'message');
  return shown.body.embeds?.[0]?.description?.split('\n') ?? [];
}

test('the closing list begins with what it ranks by: the gain of the episode', () => {
  const event = { type: 'episodeClosed', season: 1, episode: 2, standings } as const;
  assert.deepEqual(
    said({ kind: 'event', event: { ...event, standings } }).map((line) => line.replace(/ \S+ /u, ' ')),
    ['1. **Alice** +$310.00 (now $9,452.00)', '2. **Mike** −$520.00 (now $11,770.00)'],
  );
  assert.match(
    said({ kind: 'event', event: { ...event, standings } }, german)[0] ?? '',
    /\+310.*\(jetzt 9\.452/u,
  );
});

test("a season's last list begins with the money that it ranks by", () => {
  const richestFirst = standings.toReversed();
  assert.deepEqual(
    said({ kind: 'event', event: { type: 'seasonClosed', season: 1, standings: richestFirst } }).map((line) =>
      line.replace(/ \S+ /u, ' '),
    ),
    ['1. **Mike** $11,770.00', '2. **Alice** $9,452.00'],
  );
});

test('the recap may name a deal of a trader who lost everything, and says what its gain is compared with', () => {
  const alice = { id: 'alice', name: 'Alice', color: '#336699', sprite: 'alice' };
  const recap: RecapCard = {
    kind: 'recap',
    season: 1,
    episode: 1,
    traders: [],
    regimes: [],
    chaosRounds: [],
    best: { trader: alice, round: 3, trade: 'Crypto', size: 'AllIn', gainCents: 985_800 },
    worst: null,
  };
  assert.match(cardAlt(recap, english), /Best call: Alice, Crypto, \+\$9,858\.00 against not dealing\.$/u);
  const out: RecapCard = {
    ...recap,
    best: recap.best && { ...recap.best, left: { instrument: 'Tech', was: 'long' } },
  };
  assert.match(cardAlt(out, english), /Best call: Alice, out of Tech, \+\$9,858\.00 against not dealing\.$/u);
  assert.match(cardAlt(recap, german), /Beste Entscheidung: Alice, Krypto, .*gegenüber Nichtstun\.$/u);
});

test('the end of an episode promises as many moments as it tells', () => {
  const event = { type: 'episodeClosed' as const, season: 1, episode: 2, standings };
  const fall = (round: number): Moment => ({
    kind: 'fall',
    trader: 'mike',
    round,
    shown: { place: 'tape', kinds: ['bankrupted'] },
  });
  const titles = (wording: typeof english): unknown[] =>
    [0, 1, 2, 3].map((count) => {
      const moments = Array.from({ length: count }, (_, nth) => fall(nth + 1));
      const post = { kind: 'highlights' as const, event, moments, next: null };
      return highlightsCard(post, () => null, wording).embeds?.[0]?.title;
    });
  assert.deepEqual(titles(english), [
    '🎞️ Episode 2',
    '🎞️ Episode 2, in one moment',
    '🎞️ Episode 2, in two moments',
    '🎞️ Episode 2, in three moments',
  ]);
  assert.deepEqual(titles(german), [
    '🎞️ Folge 2',
    '🎞️ Folge 2 in einem Moment',
    '🎞️ Folge 2 in zwei Momenten',
    '🎞️ Folge 2 in drei Momenten',
  ]);
});

test('a call that lies in what was sold says so, and the first call is not told again beside it', () => {
  const firstCall = { trader: 'alice', trade: 'Tech', moveBps: -1_810 } as const;
  const event = { type: 'episodeClosed' as const, season: 1, episode: 2, standings, firstCall };
  const call: Moment = {
    kind: 'call',
    trader: 'alice',
    round: 1,
    instrument: 'Tech',
    cents: 729_500,
    shown: { place: 'tape', kinds: ['deal'] },
  };
  const told = (moment: Moment, wording = english): string[] =>
    highlightsText({ event, moments: [moment], next: null }, () => null, wording)
      .replace(/\p{Zs}/gu, ' ')
      .split('\n\n');
  const first = '-# The first call, Alice into Tech: −18.1 % by the bell.';
  assert.deepEqual(told(call), [
    '🎯 **The call:** Alice into Tech, +$7,295.00 by the bell against doing nothing.',
    first,
  ]);
  const left = { instrument: 'Crypto', was: 'long' } as const;
  assert.deepEqual(told({ ...call, left }), [
    '🎯 **The call:** Alice out of Crypto in time, +$7,295.00 by the bell against doing nothing.',
    first,
  ]);
  assert.deepEqual(told({ ...call, left: { instrument: 'Tech', was: 'short' }, opens: true }), [
    '🎯 **The call:** Alice out of a short in Tech in time, +$7,295.00 by the bell against doing nothing.',
  ]);
  assert.match(
    told({ ...call, kind: 'blunder', cents: -9_900, left }, german)[0] ?? '',
    /\*\*Der Fehlgriff:\*\* Alice zu früh raus aus Krypto, .*99,00.* bis zur Glocke gegenüber Nichtstun\.$/u,
  );
  const other: Moment = { ...call, trader: 'mike', opens: true };
  assert.ok(told(other).includes(first), 'the first deal of another trader is another deal');
});

test('whether one passed the other is answered by these two alone, so the question says nothing of the top', () => {
  const event = {
    type: 'episodeClosed',
    season: 1,
    episode: 2,
    standings,
    question: { kind: 'overtake', trader: 'alice', rival: 'sarah' },
    answer: { yes: true, winner: 'mike' },
  } as const;
  const answered = (wording: typeof english): string | undefined =>
    highlightsText({ event: { ...event, standings }, moments: [], next: null }, () => null, wording).split(
      '\n',
    )[0];
  assert.equal(answered(english), '**Can Alice get ahead of Sarah?** Yes.');
  assert.equal(answered(german), '**Kommt Alice an Sarah vorbei?** Ja.');
});
