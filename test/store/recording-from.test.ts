import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '#core/apply.ts';
import { openStore } from '#store/store.ts';
import { CONTENT, LittleShow } from './little-show.ts';

test('from any round on the show can be played again, from a state that is not newer', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(70);
  for (const round of [0, 1, 40, 64, 66, 70]) {
    const recording = store.show.recordingFrom(round);
    assert.ok(recording && recording.state.round <= round);
    let { state } = recording;
    for (const { action } of recording.entries) ({ state } = apply(state, action, CONTENT));
    assert.deepEqual(state, show.state);
  }
  assert.equal(store.show.recordingFrom(66)?.state.round, 64, 'a state is kept of every 64th round');
});

test('rounds under other rules are not played again', (t) => {
  const store = openStore(':memory:');
  t.after(() => store.close());
  const show = LittleShow.found(store.show);
  show.playRounds(5);
  store.show.found(show.state, 'content-2', show.nowMs);
  show.playRounds(2);
  assert.equal(store.show.recordingFrom(4), null);
  assert.equal(store.show.recordingFrom(5)?.state.round, 5);
});
