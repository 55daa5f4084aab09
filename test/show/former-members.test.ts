import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingChips } from '#core/betting/ledger.ts';
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

test('a member who votes, deletes the data and votes again has one vote; one that was counted stays', async (t) => {
  const { show, play } = theatre(t, { rules: short });
  const { votes } = show.hand;
  await play(short.intermissionRounds + short.episodeRounds);
  for (const member of ['ann', 'ben']) {
    show.audience.wallet(member);
    assert.ok(votes.cast(member, 's1e2', 0, 0).ok);
  }
  assert.ok(show.forget('ann').ok);
  const again = votes.cast('ann', 's1e2', 0, 1);
  assert.deepEqual(again.ok && again.value.counts, [1, 1]);
  await play(short.intermissionRounds + 1);
  assert.ok(show.forget('ben').ok);
  const counted = votes.told('s1e2').map(({ counts }) => counts);
  assert.deepEqual(counted, [[1, 1]], 'under no name');
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
  assert.equal(struck.ok && struck.value.ownStakes[0]?.chips, 120);
  assert.ok(show.audience.stake('pat', 'mike').ok);
  const paused = show.pause('pat');
  assert.equal(paused.ok && paused.value.ownStakes[0]?.outcome, 'mike');
  const resumed = show.resume('pat');
  assert.ok(resumed.ok && resumed.value.ownStakes.length === 0);
  assert.ok(show.audience.stake('paula', 'sarah').ok);
  const paced = show.setPace(20_000, 'paula');
  assert.equal(paced.ok && paced.value.ownStakes[0]?.outcome, 'sarah', 'a pace decides who fumbles');
});

test('a locked stake of whoever runs the show stays: it cannot be saved when it is about to be lost, and wins nothing', async (t) => {
  const { show, play } = theatre(t, { rules: { intermissionRounds: 1, episodeRounds: 3 } });
  const { audience } = show;
  const traders = Object.keys(show.state.traders);
  const producers = traders.map((trader) => `producer of ${trader}`);
  for (const [at, trader] of traders.entries())
    assert.ok(audience.stake(producers[at] ?? '', trader, 200).ok);
  assert.ok(audience.stake('ann', traders[0] ?? '', 100).ok);
  await play(2);
  assert.equal(audience.pool()?.status, 'locked');
  for (const producer of producers) {
    const paced = show.setPace(20_000, producer);
    assert.deepEqual(paced.ok && paced.value.ownStakes.map(({ locked, chips }) => [locked, chips]), [
      [true, 200],
    ]);
    const again = show.setPace(12_000, producer);
    assert.ok(again.ok && again.value.ownStakes.length === 0, 'it is told once');
    assert.equal(audience.wallet(producer).chips, 800);
  }
  await play(2);
  const result = audience.pools.resultOf('s1e1');
  assert.ok(result?.status === 'settled');
  for (const [at, trader] of traders.entries()) {
    const own = producers[at] ?? '';
    assert.equal(audience.wallet(own).chips, result.winners.includes(trader) ? 1_000 : 800);
    assert.equal(audience.trackRecord(own), null, 'it is no forecast');
  }
  assert.ok(audience.trackRecord('ann'));
  assert.equal(audience.ledgerSum(), 0);
  assert.equal(missingChips(audience.books()), 0);
});
