import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALWAYS, WEEKDAYS, type Schedule } from '#show/schedule/settings.ts';
import { setClock } from '#test/support/clock.ts';
import { theatre } from '#test/support/theatre.ts';

const rules = { intermissionRounds: 3, episodeRounds: 20 };
const evenings: Schedule = {
  ...ALWAYS,
  mode: 'appointment',
  openings: [{ at: '20:00', days: [...WEEKDAYS] }],
};

test('in an intermission there is no market to crash: chaos is refused, and changes no price and no gain', async (t) => {
  const { show, store, play } = theatre(t, { rules });
  await play(24);
  assert.equal(show.state.phase, 'intermission');
  assert.ok(show.audience.stake('producer', 'alice').ok);
  const [market, board] = [show.market(), show.board()];
  assert.deepEqual(show.strikeChaos('producer', null), {
    ok: false,
    code: 'market_shut',
    facts: { rounds: 3 },
  });
  assert.deepEqual([show.market(), show.board()], [market, board]);
  assert.deepEqual(store.show.audits('chaos', 1), []);
  assert.ok(show.audience.stakeOf('producer'), 'who was refused keeps the stake');
  const shut = show.controlRoom.panel();
  assert.deepEqual([shut.marketShut, shut.chaosAtRound], [true, 27]);
  await play(3);
  assert.equal(show.state.phase, 'episode');
  assert.equal(show.state.round, 27);
  assert.equal(show.controlRoom.panel().marketShut, false);
  assert.ok(show.strikeChaos('producer', null).ok, 'it works in the round that was named');
});

test('a button that cools down beyond the closing bell works again with the market, not in the intermission', async (t) => {
  const { show, play } = theatre(t, { rules });
  await play(22);
  const struck = show.strikeChaos('producer', null);
  assert.ok(struck.ok);
  assert.equal(struck.value.nextAtRound, 27, 'round 24 would be in the intermission');
  assert.equal(show.controlRoom.panel().chaosAtRound, 27);
  const again = show.strikeChaos('producer', null);
  assert.deepEqual(again.ok || again.facts, { rounds: 5 });
});

test('behind closed doors chaos waits for them, before the premiere as between two evenings', async (t) => {
  const clock = setClock('2026-07-01T12:00Z');
  const { show, play } = theatre(t, { rules: { ...rules, episodeRounds: 2 }, clock, schedule: evenings });
  const early = show.strikeChaos('producer', null);
  assert.ok(!early.ok && early.code === 'market_shut');
  clock.set('2026-07-01T20:00Z');
  show.minuteTick();
  assert.ok(show.strikeChaos('producer', null).ok, 'the premiere trades');
  await play(5);
  assert.ok(!show.timetable.isOpen());
  const late = show.strikeChaos('producer', null);
  assert.ok(!late.ok && late.code === 'market_shut');
  assert.equal(show.controlRoom.panel().status.nextOpeningMs, Date.parse('2026-07-02T20:00Z'));
});
