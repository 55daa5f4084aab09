import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calibrated, onStage, wayKey, type Habits } from '#brain/choices/chooser.ts';
import { measureHabits, neutralTurns } from '#brain/choices/habits.ts';
import { leaningOf, type Leaning } from '#brain/choices/leaning.ts';
import { type Way } from '#brain/engine/answer/choice.ts';
import { logOfSum } from '#brain/engine/answer/log-of-sum.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, TRADES } from '#core/vocabulary.ts';
import { Usual } from '#brain/choices/usual.ts';
import { lookFor } from '#brain/scripted/looks.ts';
import { content } from '#test/support/floor.ts';

const { cast, office } = content;
const alex = cast.find(({ id }) => id === 'alex') ?? assert.fail();
const [quiet] = neutralTurns(alex, office.rooms).map(({ observation }) => observation);
assert.ok(quiet);
const even: Leaning = { trade: new Map(TRADES.map((trade) => [trade, 0.25])) };

/** A model that takes the first of a list unless something speaks louder. */
function waysOf(values: readonly string[], speaksFor: string | null, loudness = 0): Way[] {
  const logits = values.map((value, place) => -2 * place + (value === speaksFor ? loudness : 0));
  const total = logOfSum(logits);
  return values.map((value, at) => ({ values: [value], logProbability: (logits[at] ?? 0) - total }));
}

function sharesOf(
  values: readonly string[],
  choose: (turn: number, ways: readonly Way[]) => number,
  ways: Way[],
) {
  const shares = new Map(values.map((value) => [value, 0]));
  for (let turn = 0; turn < 2_000; turn++) {
    const value = ways[choose(turn, ways)]?.values[0] ?? assert.fail();
    shares.set(value, (shares.get(value) ?? 0) + 1 / 2_000);
  }
  return shares;
}

test('no option is favoured by its place: a habit of the first one is taken away, whatever the order', async () => {
  for (const order of [TRADES, TRADES.toReversed(), ['Hold', 'Tech', 'Bonds', 'Crypto']]) {
    const habits = await measureHabits(neutralTurns(alex, office.rooms), async (_, choose) =>
      choose('trade', waysOf(order, null)),
    );
    const raw = sharesOf(
      order,
      (turn, ways) => calibrated({}, even, `${turn}`, 0)('trade', ways),
      waysOf(order, null),
    );
    assert.ok([...raw.values()].every((share) => Math.abs(share - 0.25) < 0.04));
    const shares = sharesOf(
      order,
      (turn, ways) => calibrated(habits, even, `${turn}`, 1)('trade', ways),
      waysOf(order, 'Crypto', 2),
    );
    for (const trade of ['Tech', 'Bonds', 'Hold'] as const)
      assert.ok(
        Math.abs((shares.get(trade) ?? 0) - 0.096) < 0.03,
        `${order.join()}: ${trade} ${shares.get(trade)}`,
      );
    assert.ok((shares.get('Crypto') ?? 0) > 0.65, 'what speaks for an option counts wherever it stands');
  }
});

test('a turn chooses the same whenever it is taken again, in whatever order its options come', () => {
  const logProbability = fc.double({ min: -12, max: 0, noNaN: true });
  const fourWays = fc
    .tuple(logProbability, logProbability, logProbability, logProbability)
    .map((all) => TRADES.map((trade, at): Way => ({ values: [trade], logProbability: all[at] ?? 0 })));
  fc.assert(
    fc.property(fourWays, fc.string(), fc.nat(), (ways, turn, seed) => {
      const habits: Habits = { trade: { Tech: -0.1, Crypto: -3, Bonds: -4, Hold: -5 } };
      const choose = calibrated(habits, even, turn);
      const mixed = ways.toSorted(
        (one, other) => ((wayKey(one).length * (seed + 1)) % 7) - ((wayKey(other).length * (seed + 1)) % 7),
      );
      assert.deepEqual(mixed[choose('trade', mixed)], ways[choose('trade', ways)]);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('options that share their first token are chosen in two steps, and their habits are learned on both', async () => {
  const first: Way[] = [
    { values: ['North Wing', 'North Star'], logProbability: Math.log(0.5) },
    { values: ['Bar'], logProbability: Math.log(0.5) },
  ];
  const second: Way[] = ['North Wing', 'North Star'].map((value, at) => ({
    values: [value],
    logProbability: Math.log(at === 0 ? 0.9 : 0.1),
  }));
  const habits = await measureHabits(neutralTurns(alex, office.rooms), async (_, choose) => {
    if (choose('location', first) === 0) choose('location', second);
  });
  assert.equal(Object.keys(habits['location'] ?? {}).length, 4, 'every way was gone');
  const leaning: Leaning = {
    location: new Map([
      ['North Wing', 0.4],
      ['North Star', 0.4],
      ['Bar', 0.2],
    ]),
  };
  let wings = 0;
  let bars = 0;
  for (let turn = 0; turn < 2_000; turn++) {
    const choose = calibrated(habits, leaning, `${turn}`);
    if (choose('location', first) === 1) bars++;
    else if (choose('location', second) === 0) wings++;
  }
  assert.ok(Math.abs(bars / 2_000 - 0.2) < 0.03, `${bars}`);
  assert.ok(Math.abs(wings / 2_000 - 0.4) < 0.04, `${wings}`);
});

test('on stage a trader follows what is before its eyes, and leans as before where nothing is', () => {
  const lean: Leaning = { trade: new Map(TRADES.map((trade) => [trade, trade === 'Bonds' ? 0.52 : 0.16])) };
  // All show long this model finds Tech likelier than in neutral turns, and whatever moved a little likelier still.
  const usual = new Usual();
  const habits = { trade: Object.fromEntries(TRADES.map((trade) => [trade, Math.log(0.25)])) };
  const taken = { Tech: new Map<string, number>(), Crypto: new Map<string, number>() };
  const quietly = new Map<string, number>();
  const ways = (mover: string | null): Way[] =>
    TRADES.map((trade) => ({
      values: [trade],
      logProbability: Math.log(0.25) + (trade === 'Tech' ? 2 : 0) + (trade === mover ? 0.8 : 0),
    }));
  for (let turn = 0; turn < 3_000; turn++) {
    const mover = ([null, 'Tech', 'Crypto'] as const)[turn % 3] ?? null;
    const stage = {
      usual,
      turn: { id: `${turn}`, aside: false },
      hasLooked: mover !== null,
      roomName: 'Bar',
    };
    const choose = onStage(stage, habits, lean, `${turn}`);
    const trade = TRADES[choose('trade', ways(mover))] ?? assert.fail();
    const tally = mover === null ? quietly : taken[mover];
    tally.set(trade, (tally.get(trade) ?? 0) + 1 / 1_000);
  }
  const of = (tally: ReadonlyMap<string, number>, trade: string): number => tally.get(trade) ?? 0;
  assert.ok(of(taken.Tech, 'Tech') > 2 * of(taken.Crypto, 'Tech'), 'Tech when Tech moved');
  assert.ok(of(taken.Crypto, 'Crypto') > 2 * of(taken.Tech, 'Crypto'), 'Crypto when Crypto moved');
  assert.ok(
    of(quietly, 'Bonds') > 0.5 && of(quietly, 'Tech') < 0.25,
    'else as it leans, whatever it finds likely',
  );
});

test('whatever moves, in the long run a trader on stage buys as it leans, and each thing when something speaks for it', () => {
  const lean: Leaning = { trade: new Map(TRADES.map((trade) => [trade, trade === 'Bonds' ? 0.52 : 0.16])) };
  const usual = new Usual();
  const habits = { trade: Object.fromEntries(TRADES.map((trade) => [trade, Math.log(0.25)])) };
  const movers = TRADES.filter((trade) => trade !== 'Hold' && trade !== 'Bonds');
  let bonds = 0;
  const followed = new Map<string, number>();
  for (let turn = 0; turn < 600; turn++) {
    // Bonds never move.
    const mover = movers[turn % movers.length] ?? assert.fail();
    const stage = { usual, turn: { id: `${turn}`, aside: false }, hasLooked: true, roomName: 'Bar' };
    const ways = TRADES.map((trade): Way => ({
      values: [trade],
      logProbability: Math.log(0.25) + (trade === mover ? 2 : 0),
    }));
    const trade = TRADES[onStage(stage, habits, lean, `${turn}`)('trade', ways)] ?? assert.fail();
    if (turn >= 40) bonds += trade === 'Bonds' ? 1 : 0;
    if (trade === mover) followed.set(mover, (followed.get(mover) ?? 0) + 1);
  }
  assert.ok(Math.abs(bonds / 560 - 0.52) < 0.06, `${bonds} of 560`);
  for (const mover of movers)
    assert.ok((followed.get(mover) ?? 0) > 60, `${mover} ${followed.get(mover)} of 300`);
});

test('a turn that is asked again, or aside, chooses as it did, and teaches nothing', () => {
  const usual = new Usual();
  const ways = (likelier: number) => ({
    list: 'trade',
    ways: TRADES.map((kind, at) => ({ kind, likelier: at === 0 ? likelier : 0, share: 0.25 })),
  });
  const ask = (id: string, likelier: number, aside = false): number[] =>
    usual.scores({ id, aside }, ways(likelier), { lean: 0, follow: 1, keepsShares: false });
  const first = ask('1', 2);
  const second = ask('2', 2);
  assert.ok((second[0] ?? 0) < (first[0] ?? 0), 'twice is a habit already');
  assert.deepEqual(ask('1', 2), first);
  assert.deepEqual(ask('1', 2, true), first);
  assert.ok(
    (ask('1', 5, true)[0] ?? 0) > (first[0] ?? 0),
    'with another thing before it, by the same measure',
  );
  const unknown = ask('9', 2, true);
  assert.deepEqual(ask('9', 2, true), unknown);
  assert.deepEqual(ask('3', 2), unknown);
  for (let turn = 10; turn < 200; turn++) ask(`${turn}`, 2);
  assert.notDeepEqual(ask('1', 2), first, 'long ago is forgotten');
});

test('on stage a trader walks as its temperament says, though its model would stay, and goes where it is called', () => {
  const names = office.rooms.map(({ name }) => name);
  const stayers = { location: Object.fromEntries(names.map((name) => [name, Math.log(1 / names.length)])) };
  const usual = new Usual();
  let here = names[0] ?? assert.fail();
  let walks = 0;
  let called = 0;
  let followed = 0;
  for (let turn = 0; turn < 2_000; turn++) {
    const room = turn % 10 === 0 ? names[(names.indexOf(here) + 1) % names.length] : undefined;
    const leaning: Leaning = {
      location: new Map(names.map((name) => [name, name === here ? 0.7 : 0.3 / (names.length - 1)])),
    };
    const ways = names.map((name): Way => {
      const likelier = (name === here ? 3 : -1) + (name === room ? 3 : 0);
      return { values: [name], logProbability: Math.log(1 / names.length) + likelier };
    });
    const stage = { usual, turn: { id: `${turn}`, aside: false }, hasLooked: false, roomName: here };
    const next = names[onStage(stage, stayers, leaning, `${turn}`)('location', ways)] ?? assert.fail();
    if (room === undefined) walks += next === here ? 0 : 1;
    else {
      called += 1;
      followed += next === room ? 1 : 0;
    }
    here = next;
  }
  const walked = walks / (2_000 - called);
  assert.ok(walked > 0.2 && walked < 0.4, `${walked} where it leans to 0.3`);
  assert.ok(followed / called > 0.3, `${followed} of ${called} calls; one in ten by chance`);
});

test('rooms that share their first token are walked between as others are', () => {
  const usual = new Usual();
  const groups = [['North Wing', 'North Star'], ['Bar'], ['Hall']];
  const all = groups.flat();
  const habits = {
    location: Object.fromEntries(
      [...groups.map((each) => each.toSorted().join('\n')), ...all].map((key) => [key, -1]),
    ),
  };
  let here = 'Bar';
  const walks = { group: [0, 0], single: [0, 0] };
  for (let turn = 0; turn < 3_000; turn++) {
    const location = new Map(all.map((name) => [name, name === here ? 0.7 : 0.1]));
    const choose = onStage(
      { usual, turn: { id: `${turn}`, aside: false }, hasLooked: false, roomName: here },
      habits,
      { location },
      `${turn}`,
    );
    const stays = (values: string[]): Way => ({ values, logProbability: values.includes(here) ? 2 : -1 });
    const group = groups[choose('location', groups.map(stays))] ?? assert.fail();
    const next =
      group.length === 1
        ? group[0]
        : group[
            choose(
              'location',
              group.map((name) => stays([name])),
            )
          ];
    const counts = here.startsWith('North') ? walks.group : walks.single;
    counts[0] = (counts[0] ?? 0) + (next === here ? 0 : 1);
    counts[1] = (counts[1] ?? 0) + 1;
    here = next ?? assert.fail();
  }
  const [group, single] = [walks.group, walks.single].map(([walked = 0, turns = 1]) => walked / turns);
  assert.ok(group !== undefined && single !== undefined && group > 0.2 && group < 0.45, `${group}`);
  assert.ok(single > 0.2 && single < 0.45, `${single}`);
});

test('where one thing alone can be done, it is done, and teaches nothing', () => {
  const usual = new Usual();
  const habits = { trade: Object.fromEntries(TRADES.map((trade) => [trade, -1])) };
  const chosen = (of: Usual, turn: number, leaning: Leaning, aside: boolean, speaksFor: string) => {
    const stage = { usual: of, turn: { id: `${turn}`, aside }, hasLooked: true, roomName: 'Bar' };
    return TRADES[onStage(stage, habits, leaning, `${turn}`)('trade', waysOf(TRADES, speaksFor, 9))];
  };
  const shut: Leaning = { trade: new Map([['Hold', 1]]) };
  for (let turn = 0; turn < 50; turn++) assert.equal(chosen(usual, turn, shut, false, 'Bonds'), 'Hold');
  for (let turn = 50; turn < 150; turn++)
    for (const speaksFor of ['Crypto', 'Bonds'])
      assert.equal(
        chosen(usual, turn, even, true, speaksFor),
        chosen(new Usual(), turn, even, true, speaksFor),
      );
});

test('a persona leans to what its mandate gives leverage for and its description names; news moves whoever lives by it', () => {
  const share = (id: string, trade: string, seen = quiet): number =>
    leaningOf(cast.find((each) => each.id === id) ?? assert.fail(), seen)['trade']?.get(trade) ?? 0;
  for (const [id, own] of [
    ['alex', 'Crypto'],
    ['sarah', 'Bonds'],
    ['alice', 'Tech'],
  ] as const) {
    assert.ok(share(id, own) > 0.35 && share(id, own) < 0.75, `${id}: ${share(id, own)}`);
    for (const trade of TRADES) assert.ok(share(id, trade) >= 0.05, `${id} may take ${trade}`);
  }
  const news = (tone: 'up' | 'down') => ({
    ...quiet,
    headlines: [{ text: 'Coin doubles overnight', source: 'wire', names: 'Crypto', tone, round: 1 } as const],
  });
  assert.ok(share('mike', 'Crypto', news('up')) > 2 * share('mike', 'Crypto', news('down')));
  assert.equal(
    share('alex', 'Crypto', news('up')),
    share('alex', 'Crypto'),
    'the model reads it for the others',
  );
});

test('where nothing can be traded, holding is all there is, and a room that is not there is no choice', () => {
  for (const shut of [
    { ...quiet, phase: 'intermission' },
    { ...quiet, standing: 'intern' },
  ] as const) {
    for (let turn = 0; turn < 50; turn++) {
      const choose = calibrated({}, leaningOf(alex, shut), `${turn}`);
      assert.equal(choose('trade', waysOf(TRADES, 'Tech', 9)), TRADES.indexOf('Hold'));
    }
  }
  const rooms = leaningOf(alex, quiet)['location'] ?? assert.fail();
  assert.deepEqual(
    [...rooms.keys()],
    office.rooms.map(({ name }) => name),
  );
  assert.ok(Math.abs([...rooms.values()].reduce((sum, each) => sum + each, 0) - 1) < 1e-9);
});

test('neutral turns speak for nothing: every instrument rises as often as it falls, and no room is called twice', () => {
  const turns = neutralTurns(alex, office.rooms).map(({ observation }) => observation);
  for (const instrument of INSTRUMENTS) {
    const moves = turns.map(
      ({ prices }) => prices.find((each) => each.instrument === instrument)?.roundBps ?? 0,
    );
    assert.equal(
      moves.reduce((sum, move) => sum + move, 0),
      0,
    );
  }
  assert.equal(new Set(turns.map(({ room }) => room)).size, Math.min(turns.length, office.rooms.length));
});

test('where thoughts begin with what moved most, each instrument is that once as it rises and once as it falls', () => {
  const look = (observation: Observation) => lookFor(observation, cast, 1);
  const turns = neutralTurns(alex, office.rooms, look);
  const begun = turns.filter(({ observation, given }) => given.thought.startsWith(look(observation) ?? '\n'));
  const moved = begun.map(({ observation }) => {
    const [most] = observation.prices.toSorted((a, b) => Math.abs(b.roundBps) - Math.abs(a.roundBps));
    return `${most?.instrument} ${(most?.roundBps ?? 0) > 0 ? 'up' : 'down'}`;
  });
  assert.deepEqual(
    moved.toSorted(),
    INSTRUMENTS.flatMap((instrument) => [`${instrument} up`, `${instrument} down`]).toSorted(),
  );
  assert.equal(turns.length, begun.length + 2, 'and twice nothing moves');
  for (const count of [2, 3, 4, 5, 7, 10]) {
    const rooms = Array.from({ length: count }, (_, nth) => ({ id: `room-${nth}`, name: `Room ${nth}` }));
    const all = neutralTurns(alex, rooms, look);
    const inEach = [...Map.groupBy(all, ({ observation }) => observation.room).values()];
    assert.equal(inEach.length, count);
    assert.ok(
      inEach.every(({ length }) => length === all.length / count),
      `${count} rooms`,
    );
  }
});
