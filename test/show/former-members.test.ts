import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setClock } from '#test/support/clock.ts';
import { loseChips } from '#test/support/chips.ts';
import { theatre } from '#test/support/theatre.ts';

const short = { intermissionRounds: 1, episodeRounds: 2, seasonEpisodes: 100 };

test('a member who deletes the data and comes back is not welcomed again, whatever restarts', (t) => {
  const { show, restart } = theatre(t, { rules: short, onDisk: true });
  assert.ok(show.audience.stake('ann', 'alice', 200).ok);
  assert.ok(show.forget('ann').ok);
  const again = restart().show;
  assert.equal(again.audience.wallet('ann').chips, 0);
  const staked = again.audience.stake('ann', 'alice');
  assert.ok(!staked.ok && staked.code === 'no_chips_left');
  assert.equal(again.audience.wallet('ben').chips, 1_000, 'a newcomer is welcomed');
  assert.deepEqual(again.dataOf('ann'), { chips: null, acts: 0, hand: false });
  const forgotten = again.forget('ann');
  assert.ok(!forgotten.ok && forgotten.code === 'nothing_known');
  assert.equal(again.audience.ledgerSum(), 0);
});

test('the bailout of the day is had once a day, however often the data are deleted', (t) => {
  const clock = setClock('2026-03-10T12:00Z');
  const { show, store } = theatre(t, { rules: short, clock });
  loseChips(store, 'ann');
  const code = (): string => {
    const result = show.bailOut('ann');
    return result.ok ? 'ok' : result.code;
  };
  assert.equal(code(), 'ok');
  for (let times = 0; times < 3; times++) {
    show.forget('ann');
    assert.equal(code(), 'bailed_out_today');
  }
  clock.set('2026-03-11T12:00Z');
  assert.equal(code(), 'ok');
  assert.ok(show.forget('ann').ok);
  assert.equal(code(), 'bailed_out_today');
  assert.equal(show.audience.ledgerSum(), 0);
});

test('what stays of a member names nobody, and is not the same in two shows', (t) => {
  const hashes = [theatre(t), theatre(t)].map(({ show, store }) => {
    show.audience.wallet('123456789');
    assert.ok(show.forget('123456789').ok);
    const salt = store.keyValues.get('former-members-salt');
    assert.ok(salt !== null && !salt.includes('123456789'));
    return salt;
  });
  assert.notEqual(hashes[0], hashes[1]);
});

test('a reaction that stands would bring the member back, so it has to be taken off first', (t) => {
  const { show } = theatre(t, { rules: short });
  const { picks } = show.audience;
  for (const what of ['alice', 'mike']) picks.take([{ member: 'ann', what: 'added', outcome: what }]);
  picks.take([{ member: 'ann', what: 'removed', outcome: 'mike', byBot: false }]);
  const refused = show.forget('ann');
  assert.ok(!refused.ok && refused.code === 'stake_is_open');
  picks.take([{ member: 'ann', what: 'removed', outcome: 'alice', byBot: false }]);
  assert.ok(show.forget('ann').ok);
});

test('a producer whose stake goes back by what the producer does is told which', (t) => {
  const { show } = theatre(t, { rules: short });
  assert.ok(show.audience.stake('pia', 'alice', 120).ok);
  const struck = show.strikeChaos('pia', null);
  assert.equal(struck.ok && struck.value.returned[0]?.chips, 120);
  assert.ok(show.audience.stake('pat', 'mike').ok);
  const paused = show.pause('pat');
  assert.equal(paused.ok && paused.value.returned[0]?.outcome, 'mike');
  const resumed = show.resume('pat');
  assert.ok(resumed.ok && resumed.value.returned.length === 0);
  assert.ok(show.audience.stake('paula', 'sarah').ok);
  const paced = show.setPace(20_000, 'paula');
  assert.equal(paced.ok && paced.value.returned[0]?.outcome, 'sarah', 'a pace decides who fumbles');
});
