import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALWAYS } from '#show/settings.ts';
import { setClock } from '#test/support/clock.ts';
import { theatre } from '#test/support/theatre.ts';

const short = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 100 };

test('who lost everything is bailed out once a day, as the show counts days', async (t) => {
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
  assert.equal(code(), 'chips_left', 'a newcomer has the welcome chips');
  loseAll();
  assert.equal(code(), 'ok');
  assert.equal(audience.wallet('ann').chips, 100);
  loseAll();
  assert.equal(code(), 'bailed_out_today');

  clock.set('2026-10-24T21:59Z');
  assert.equal(code(), 'bailed_out_today', 'still the 24th in Berlin');
  clock.set('2026-10-24T22:00Z');
  assert.equal(code(), 'ok', 'the 25th, which has 25 hours there');
  loseAll();
  clock.set('2026-10-25T22:59Z');
  assert.equal(code(), 'bailed_out_today');
  clock.set('2026-10-25T23:00Z');
  assert.equal(code(), 'ok');
  assert.equal(audience.ledgerSum(), 0);

  loseAll(10);
  assert.ok(audience.stake('ann', 'alice', 10).ok);
  clock.set('2026-10-27T12:00Z');
  assert.equal(code(), 'stake_running');
  await play(1);

  /** As in a pool that went wrong. */
  function loseAll(but = 0): void {
    const chips = audience.wallet('ann').chips - but;
    store.chips.transact((tx) => {
      const legs = [
        { account: 'member:ann', chips: -chips },
        { account: 'jackpot', chips },
      ];
      tx.post({ reason: 'stake', poolId: null, legs, atMs: clock.nowMs() });
    });
  }
});
