import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Content } from '#core/content.ts';
import { anything, content, Floor, holdAndStay, type Decide } from '#test/support/floor.ts';

const rules = { intermissionRounds: 3, episodeRounds: 8 };

/** Alex buys Crypto in his third turn of the open market, the others hold. */
function alexOnce(): Decide {
  let turns = 0;
  return (seen) => {
    const deals = seen.trader === 'alex' && seen.phase === 'episode' && ++turns === 6;
    return { ...holdAndStay(seen), trade: deals ? 'Crypto' : 'Hold', size: 'Half' };
  };
}

test('an episode has a question, a first call, a half time, last rounds, and an answer', () => {
  const floor = new Floor({ rules });
  const events = floor.play(11, alexOnce());
  const beats = events.flatMap((event) =>
    event.type === 'episodeOpened'
      ? [`asks ${event.question?.kind}`]
      : event.type === 'firstCall'
        ? [`${event.trader} calls ${event.trade} in round ${floor.state.round > 0 ? 'n' : ''}`]
        : event.type === 'beat'
          ? [`${event.beat} ${event.roundsLeft}`]
          : event.type === 'episodeClosed'
            ? [`answers ${event.question?.kind} ${event.answer?.winner}`]
            : [],
  );
  const winner = floor.eventsOf('episodeClosed')[0]?.standings[0]?.trader;
  assert.deepEqual(beats, [
    'asks winner',
    'alex calls Crypto in round n',
    'halfTime 4',
    'lastRounds 3',
    `answers winner ${winner}`,
  ]);
  const [closed] = floor.eventsOf('episodeClosed');
  const prices = floor.eventsOf('roundOpened').map(({ priceCents }) => priceCents.Crypto);
  const [called, rung] = [prices[5], prices.at(-1)];
  assert.ok(called && rung);
  assert.equal(closed?.firstCall?.moveBps, Math.round(((rung - called) * 10_000) / called));
});

test('the next episode recalls the last bell and opens with the question that was announced', () => {
  const floor = new Floor({ rules, seed: 4 });
  floor.play(40, anything(3));
  const opened = floor.eventsOf('episodeOpened');
  const announced = floor.eventsOf('intermissionOpened').map(({ cliffhanger }) => cliffhanger);
  const closed = floor.eventsOf('episodeClosed');
  assert.ok(opened.length >= 3);
  assert.equal(opened[0]?.last, undefined, 'there is nothing to recall yet');
  for (const [index, { question, last }] of opened.slice(1).entries()) {
    assert.deepEqual(question, announced[index]);
    assert.equal(last?.winner, closed[index]?.standings[0]?.trader);
    assert.equal(last?.loser, closed[index]?.standings.at(-1)?.trader);
    assert.deepEqual(last?.answer, closed[index]?.answer);
  }
});

test('after the bell winner and loser are alone in one room until both have answered, whatever they want', () => {
  const floor = new Floor({ rules, seed: 2 });
  const wander = anything(8);
  floor.play(11, wander);
  const [scene] = floor.eventsOf('sceneOpened');
  const ranked = floor.eventsOf('episodeClosed')[0]?.standings ?? [];
  assert.equal(scene?.room, 'vc-office');
  assert.deepEqual([scene.winner, scene.loser], [ranked[0]?.trader, ranked.at(-1)?.trader]);
  const there = () =>
    Object.values(floor.state.traders)
      .filter(({ room }) => room === scene.room)
      .map(({ id }) => id)
      .toSorted();
  const two = [scene.winner, scene.loser].toSorted();
  assert.deepEqual(there(), two, 'nobody else is there');
  const flee: Decide = (seen) => ({ ...holdAndStay(seen), location: 'Coffee Shop' });
  floor.act({ type: 'openRound' });
  assert.deepEqual(floor.state.speakers[scene.room], [scene.winner, scene.loser], 'the winner opens');
  for (const trader of Object.values(floor.state.speakers).flat())
    floor.act({ type: 'takeTurn', trader, decision: null, fumble: 'timeout' });
  floor.act({ type: 'closeRound' });
  floor.play(1, flee);
  for (const id of two) assert.ok(there().includes(id), 'two rounds: each could answer');
  floor.play(1, flee);
  assert.deepEqual(there(), [], 'then they may go');
});

test('in an office of two seats a room that is needed for the scene is left by the others', () => {
  const rooms = content.office.rooms.map((room) => ({ ...room, seats: 2 }));
  const tight: Content = { ...content, office: { ...content.office, rooms } };
  const floor = new Floor({ rules, seed: 3, content: tight });
  floor.play(11, holdAndStay);
  const inRooms = Map.groupBy(Object.values(floor.state.traders), ({ room }) => room);
  assert.equal(inRooms.get('vc-office')?.length, 2);
  for (const [room, present] of inRooms) assert.ok(present.length <= 2, room);
});

test('a show of the first edition has no plot', () => {
  const floor = new Floor({ rules });
  const { edition: _, ...first } = floor.state;
  floor.state = first;
  floor.play(15, anything(5));
  const told = new Set(floor.events.map(({ type }) => type));
  for (const type of ['beat', 'firstCall', 'sceneOpened'] as const) assert.ok(!told.has(type), type);
  assert.equal(floor.eventsOf('episodeOpened')[0]?.question, undefined);
  assert.equal(floor.state.lastBell, undefined);
});
