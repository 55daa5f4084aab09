import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openingBellDue } from '#core/actions/open-round.ts';
import { apply } from '#core/apply.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { stateHash } from '#show/hash.ts';
import { anything, content, Floor, holdAndStay } from '#test/support/floor.ts';

const short = { intermissionRounds: 2, episodeRounds: 3, seasonEpisodes: 2 };

test('a season runs from the premiere over bells and intermissions to its end, and the next one starts everybody afresh', () => {
  const floor = new Floor({ rules: short });
  floor.play(2, holdAndStay);
  assert.equal(floor.state.phase, 'premiere');
  assert.ok(openingBellDue(floor.state));

  floor.play(3, holdAndStay);
  assert.deepEqual(
    floor.eventsOf('episodeOpened').map((event) => event.episode),
    [1],
  );
  assert.equal(floor.eventsOf('episodeClosed').length, 1);
  assert.equal(floor.state.phase, 'intermission');

  floor.play(5, holdAndStay);
  assert.deepEqual(
    floor.eventsOf('seasonClosed').map((event) => event.season),
    [1],
  );
  assert.equal(floor.state.season, 2);
  for (const trader of Object.values(floor.state.traders)) assert.equal(trader.book.cashCents, 1_000_000);
});

test('Hold is not free: every episode takes the desk rent', () => {
  const floor = new Floor({ rules: { ...short, seasonEpisodes: 10 } });
  floor.play(10, holdAndStay);
  for (const trader of Object.values(floor.state.traders))
    assert.equal(trader.book.cashCents, 1_000_000 - 2 * 2_500);
});

test('while the market is shut prices stand still and an order is refused with its code', () => {
  const floor = new Floor({ rules: short });
  floor.play(5, holdAndStay);
  const shut = floor.play(2, (seen) => ({ ...holdAndStay(seen), trade: 'Crypto', size: 'AllIn' }));
  const opened = shut.flatMap((event) => (event.type === 'roundOpened' ? [event.priceCents] : []));
  assert.deepEqual(opened[0], opened[1]);
  const refused = shut.flatMap((event) => (event.type === 'refused' ? [event.code] : []));
  assert.deepEqual(refused, Array(8).fill('market_shut'));
  assert.equal(floor.eventsOf('filled').length, 0);
});

test('the same seed and the same decisions give the same state, another seed another', () => {
  const hashes = [7, 7, 8].map((seed) => {
    const floor = new Floor({ seed, rules: short });
    floor.play(20, anything(99));
    return stateHash(floor.state);
  });
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
});

test('which room finishes first does not change the round: rooms cannot hear each other', () => {
  const floor = new Floor({ rules: short });
  floor.play(4, anything(3));
  floor.act({ type: 'openRound' });
  const decide = (id: string, round: number) => ({
    thought: 't',
    trade: 'Tech' as const,
    size: 'Half' as const,
    speech: `${id} says ${round}`,
    location: content.office.rooms[0]?.name ?? '',
  });
  const end = (pick: (speakers: string[]) => string | undefined) => {
    let { state } = floor;
    for (let id = pick(nextSpeakers(state)); id; id = pick(nextSpeakers(state))) {
      state = apply(
        state,
        { type: 'takeTurn', trader: id, decision: decide(id, state.round), fumble: null },
        content,
      ).state;
    }
    state = apply(state, { type: 'closeRound' }, content).state;
    // The order of lines of different rooms is the order in which they were said; nothing else may differ.
    return {
      ...state,
      lines: state.lines.toSorted((a, b) => (a.speaker < b.speaker ? -1 : 1)),
      turnsTaken: [],
    };
  };
  assert.equal(stateHash(end((ids) => ids[0])), stateHash(end((ids) => ids.at(-1))));
});

test('whoever was spoken to speaks first', () => {
  const floor = new Floor({ seed: 5, rules: { ...short, episodeRounds: 10 } });
  const room = content.office.rooms[0]?.name ?? '';
  floor.play(1, (seen) => ({ ...holdAndStay(seen), location: room }));
  for (let i = 0; i < 6; i++) {
    floor.act({ type: 'openRound' });
    const order = floor.state.speakers[content.office.rooms[0]?.id ?? ''] ?? [];
    const target = order[1] ?? '';
    const name = content.cast.find((persona) => persona.id === target)?.name;
    for (const id of order) {
      const speech = id === order.at(-1) && id !== target ? `What do you say, ${name}?` : 'Hm.';
      floor.act({
        type: 'takeTurn',
        trader: id,
        decision: { thought: '', trade: 'Hold', size: 'Small', speech, location: room },
        fumble: null,
      });
    }
    floor.act({ type: 'closeRound' });
    const next = apply(floor.state, { type: 'openRound' }, content).state;
    assert.equal(Object.values(next.speakers)[0]?.[0], target);
  }
});

test('a turn out of order, a second turn and a round closed too early are programmer errors', () => {
  const floor = new Floor();
  assert.throws(() => floor.act({ type: 'closeRound' }), /no round is open/);
  floor.act({ type: 'openRound' });
  assert.throws(() => floor.act({ type: 'openRound' }), /open already/);
  assert.throws(() => floor.act({ type: 'closeRound' }), /had no turn yet/);
  const speaker = nextSpeakers(floor.state)[0] ?? '';
  floor.act({ type: 'takeTurn', trader: speaker, decision: null, fumble: 'timeout' });
  assert.throws(
    () => floor.act({ type: 'takeTurn', trader: speaker, decision: null, fumble: 'timeout' }),
    /not .*'s turn/,
  );
});

test('a fumbled turn is Hold, silence, stay, and is counted', () => {
  const floor = new Floor();
  floor.act({ type: 'openRound' });
  const speaker = nextSpeakers(floor.state)[0] ?? '';
  const room = floor.state.traders[speaker]?.room;
  const events = floor.act({ type: 'takeTurn', trader: speaker, decision: null, fumble: 'timeout' });
  assert.equal(floor.state.traders[speaker]?.fumbles, 1);
  assert.equal(floor.state.traders[speaker]?.heading, room);
  assert.deepEqual(
    events.map((event) => event.type),
    ['turnTaken'],
  );
});

test("chaos gaps the market down at once, turns it to the crash regime and is the next round's news", () => {
  const floor = new Floor({ rules: short });
  floor.play(3, holdAndStay);
  const before = { ...floor.state.market.priceCents };
  floor.act({ type: 'strikeChaos', text: 'Somebody unplugged the exchange' });
  assert.ok(floor.state.market.priceCents.Tech < before.Tech * 0.97);
  assert.equal(floor.state.market.regime, content.market.chaos.regime);
  const seen: string[] = [];
  floor.play(1, holdAndStay, (observation) =>
    seen.push(...observation.headlines.map((headline) => headline.text)),
  );
  assert.equal(seen.filter((text) => text === 'Somebody unplugged the exchange').length, 4);
});
