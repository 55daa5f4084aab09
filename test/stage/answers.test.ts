/** What members and producers are answered, read as the sentences that it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaderboard } from '#show/views/board.ts';
import { describeMissing } from '#stage/channels/permissions.ts';
import { board } from '#stage/presentation/answers/board.ts';
import { whyAnswer } from '#stage/presentation/hand/why.ts';
import { privacyCard } from '#stage/presentation/answers/privacy.ts';
import { menuRow } from '#stage/presentation/buttons.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { LANGUAGES, textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';

const wordings = LANGUAGES.map((language) => wordingFor(content, textsFor(language)));

test('what is stored about a member is told in whole sentences', () => {
  for (const wording of wordings) {
    const [card] = privacyCard({ chips: 900, hand: true, acts: 3 }, false, wording).embeds ?? [];
    const about = card?.description?.split('\n\n').at(-1) ?? '';
    const [, ...sentences] = about.split(/(?:\*\*|\.) /u);
    assert.equal(sentences.length, 3, about);
    for (const sentence of sentences) assert.match(sentence, /^[A-Z0-9]/u);
  }
});

test('several permissions that are missing are more than one thing to switch on', () => {
  const [english, german] = wordings.map(({ texts }) =>
    describeMissing({ channel: null, permissions: ['ManageChannels', 'ManageWebhooks'] }, texts),
  );
  assert.match(english ?? '', /Manage Channels, Manage Webhooks[^]*my role: switch on what I lack/u);
  assert.match(german ?? '', /meine Rolle: Schalte ein, was fehlt/u);
});

test('the leaderboard measures traders by what was held without leverage: whoever leads may have made more than the best of it', (t) => {
  const [leader, ...others] = leaderboard(theatre(t, { started: false }).show.state, content);
  assert.ok(leader);
  const rows = [{ ...leader, gainBps: 4_210, buyAndHoldBps: 120, bestInHindsightBps: 770 }, ...others];
  const [english = '', german = ''] = wordings.map(
    (wording) => board(rows, 1, wording).embeds?.[0]?.footer?.text ?? '',
  );
  assert.match(
    english,
    /held, without leverage: all in equal parts \+1\.2\s% · the best of them, or cash, \+7\.7\s%$/u,
  );
  assert.doesNotMatch(english, /hindsight/u);
  assert.match(german, /ohne Hebel[^]*\+7,7\s%$/u);
});

test('why: where it has only held since, the answer says which round it is about', () => {
  const decision = { thought: '', trade: 'Tech', size: 'Half', speech: '', location: 'Trading Pit' } as const;
  const turn = {
    round: 41,
    trader: 'alice',
    room: 'pit',
    decision,
    raw: '',
    fumble: null,
    refusals: [],
    ms: 5,
  };
  const said = (heldSince: boolean) =>
    wordings.map((wording) => {
      const reasons = { ok: true as const, value: { turn, heldSince, again: decision, arms: [] } };
      return whyAnswer(reasons, wording).embeds?.[0]?.description?.split('\n')[1];
    });
  assert.deepEqual(said(true), [
    'It has held since, so this is about round 41, the last in which it chose a trade.',
    'Seitdem wurde nur gehalten, also geht es um Runde 41, die letzte, in der ein Handel gewählt wurde.',
  ]);
  assert.deepEqual(said(false), ['', '']);
});

test('a menu offers no more than Discord accepts: 25 options, each of 100 characters', () => {
  const options = Array.from({ length: 30 }, (_, nth) => ({ label: 'x'.repeat(120), value: String(nth) }));
  const [menu] = menuRow('back', 's1e1', 'Who', options).components;
  assert.equal(menu?.options.length, 25);
  assert.equal(menu?.options[0]?.label.length, 100);
});
