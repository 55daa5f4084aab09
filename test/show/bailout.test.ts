import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALWAYS } from '#show/schedule/settings.ts';
import { setClock } from '#test/support/clock.ts';
import { loseChips } from '#test/support/chips.ts';
import { theatre } from '#test/support/theatre.ts';
import { dueRows } from '#test/support/outbox.ts';

const short = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 100 };

test('a member who lost everything is bailed out once a day, as the show counts days', async (t) => {
  const clock = setClock('2026-10-24T21:00Z');
  const { show, store, play } = theatre(t, {
    rules: short,
    clock,
    schedule: { ...ALWAYS, timeZone: 'Europe/Berlin' },
  });
  const { audience } = show;
  const code = () => {
    const result = audience.bailOut('ann');
    return result.ok ? 'ok' : result.code;
  };
  const again = () => {
    const result = audience.mayBailOut('ann');
    return result.ok ? 'now' : new Date(Number(result.facts['againAtMs'])).toISOString();
  };
  const loseAll = (but = 0): void => loseChips(store, 'ann', but);
  assert.equal(code(), 'chips_left', 'a newcomer has the welcome chips');
  loseAll();
  assert.equal(code(), 'ok');
  assert.equal(audience.wallet('ann').chips, 100);
  loseAll();
  assert.equal(code(), 'bailed_out_today');
  assert.equal(again(), '2026-10-24T22:00:00.000Z', 'midnight in Berlin');

  clock.set('2026-10-24T21:59Z');
  assert.equal(code(), 'bailed_out_today', 'still the 24th in Berlin');
  clock.set('2026-10-24T22:00Z');
  assert.equal(code(), 'ok', 'the 25th, which has 25 hours there');
  loseAll();
  clock.set('2026-10-25T22:59Z');
  assert.equal(code(), 'bailed_out_today');
  assert.equal(again(), '2026-10-25T23:00:00.000Z');
  clock.set('2026-10-25T23:00Z');
  assert.equal(again(), 'now');
  assert.equal(code(), 'ok');
  assert.equal(audience.ledgerSum(), 0);

  loseAll(10);
  assert.ok(audience.stake('ann', 'alice', 10).ok);
  clock.set('2026-10-27T12:00Z');
  assert.equal(code(), 'stake_running');
  await play(1);
});

test('a bailout is public, and whoever is forgotten is not named by it any more', (t) => {
  const { show, store } = theatre(t, { rules: short });
  const told: unknown[] = [];
  show.subscribe((news) => told.push(news));
  loseChips(store, 'ann');
  assert.deepEqual(show.bailOut('ann'), { ok: true, value: { chips: 100 } });
  assert.deepEqual(told, [{ bailedOut: 'ann' }]);
  const posts = () =>
    dueRows(show.outbox, Infinity, 10)
      .map(({ place, post }) => ({ place, post }))
      .filter(({ post }) => post.kind === 'memberBailedOut');
  assert.deepEqual(posts(), [
    { place: 'betting', post: { kind: 'memberBailedOut', member: 'ann', chips: 100 } },
  ]);
  assert.equal(show.bailOut('ann').ok, false, 'she has chips now');
  assert.equal(posts().length, 1);
  assert.ok(show.forget('ann').ok);
  assert.doesNotMatch(JSON.stringify(posts()), /ann/u);
});

test('a reaction stakes 50 chips, or as many as the member may; with none left it is refused', (t) => {
  const { show, store } = theatre(t, { rules: short });
  const { audience } = show;
  const staked = (own: number): number | string => {
    loseChips(store, 'ann', own);
    const result = audience.stake('ann', 'alice');
    if (!result.ok) return result.code;
    audience.unstake('ann', 'alice');
    return result.value.stake.chips;
  };
  assert.deepEqual([1_000, 200, 100, 30, 7, 0].map(staked), [50, 50, 25, 10, 7, 'no_chips_left']);
  assert.equal(audience.ledgerSum(), 0);
});
