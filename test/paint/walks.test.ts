import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Prng } from '#core/chance/prng.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { MAP } from '#paint/layout.ts';
import { figuresOn } from '#paint/scenes/figures.ts';
import { cellAt, COLUMNS, walkways, type Walkways } from '#paint/scenes/walkways.ts';
import { planWalks, type Walk, type Walker } from '#paint/scenes/walks.ts';
import { content } from '#test/support/floor.ts';
import { kit } from './kit.ts';
import { sampleView } from './sample.ts';

const { office } = content;
const ROOMS = office.rooms.map((room) => room.id);
const SEED = 20_26;
const ROUNDS = 10_000;

/** A cast on the shipped floor, in these rooms. */
function floorOf(rooms: readonly string[]): FloorView {
  const sample = sampleView();
  const traders = rooms.map((room, index) => {
    const model = sample.traders[index % sample.traders.length];
    assert.ok(model);
    return { ...model, id: `t${index}`, room, heading: room };
  });
  return { ...sample, traders };
}

function cellsIn(rooms: readonly string[]): Map<string, number> {
  const found = figuresOn(floorOf(rooms), office).map(
    ({ trader, feet }) => [trader.id, cellAt({ x: feet.x - MAP.x, y: feet.y - MAP.y })] as const,
  );
  return new Map(found);
}

const allSpots = office.rooms.flatMap((room) =>
  (room.spots ?? []).map((spot) => ({ x: room.area.x * 16 + spot.x, y: room.area.y * 16 + spot.y })),
);
const ways = walkways(office, allSpots, kit.sprites);

/** Nobody is in a wall, shares a cell or walks through somebody; whoever arrives is where it wanted to be. */
function check(ways: Walkways, walkers: readonly Walker[], walks: readonly Walk[]): void {
  const steps = Math.max(...walks.map(({ cells }) => cells.length));
  const at = (walk: Walk, step: number) => walk.cells[Math.min(step, walk.cells.length - 1)];
  walks.forEach((walk, index) => {
    const walker = walkers[index];
    assert.ok(walker && walker.id === walk.id);
    assert.equal(walk.cells[0], walker.from);
    assert.equal(walk.cells.at(-1), walk.arrives ? walker.to : walker.from);
    for (let step = 1; step < walk.cells.length; step += 1) {
      const [from = -1, to = -1] = [walk.cells[step - 1], walk.cells[step]];
      assert.ok(from === to || ways.next[from]?.includes(to), `${walk.id} goes through a wall`);
    }
  });
  for (let step = 0; step < steps; step += 1) {
    const here = walks.map((walk) => at(walk, step));
    assert.equal(new Set(here).size, walks.length, `two in one cell at step ${step}`);
    if (step === 0) continue;
    const moves = new Set(walks.map((walk) => `${at(walk, step - 1)}>${at(walk, step)}`));
    for (const walk of walks) {
      const [from, to] = [at(walk, step - 1), at(walk, step)];
      assert.ok(
        from === to || !moves.has(`${to}>${from}`),
        `${walk.id} walks through somebody at step ${step}`,
      );
    }
  }
}

test(`in ${ROUNDS} random rounds everybody arrives`, () => {
  const prng = new Prng(Prng.seed(SEED));
  const anywhere = () => Array.from({ length: 4 }, () => prng.pick(ROOMS));
  let rooms = anywhere();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const next = anywhere();
    const [from, to] = [cellsIn(rooms), cellsIn(next)];
    const walkers = [...from].map(([id, cell]) => ({ id, from: cell, to: to.get(id) ?? cell }));
    const walks = planWalks(ways, walkers);
    check(ways, walkers, walks);
    assert.ok(
      walks.every(({ arrives }) => arrives),
      `seed ${SEED}, round ${round}: ${JSON.stringify(walks.filter(({ arrives }) => !arrives))}`,
    );
    rooms = next;
  }
});

test('ten walkers from anywhere to anywhere keep off walls and each other; for each that does not arrive there is a reason', () => {
  const free = reachable(ways, cellAt(allSpots[0] ?? { x: 0, y: 0 }));
  const cells = fc.shuffledSubarray(free, { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(cells, cells, (from, to) => {
      const walkers = from.map((cell, index) => ({ id: `t${index}`, from: cell, to: to[index] ?? cell }));
      const walks = planWalks(ways, walkers);
      check(ways, walkers, walks);
      for (const walk of walks) if (!walk.arrives) assert.match(walk.why, /^(taken|in_the_way)$/);
    }),
    { numRuns: 200, seed: SEED },
  );
});

function reachable({ next }: Walkways, from: number): number[] {
  const seen = new Set([from]);
  for (const cell of seen) for (const other of next[cell] ?? []) seen.add(other);
  return [...seen].toSorted((a, b) => a - b);
}

/** One lane of `length` cells. */
function lane(length: number): Walkways {
  const cells = Array.from({ length }, (_, cell) => cell);
  const next = cells.map((cell) => [cell - 1, cell + 1].filter((other) => other >= 0 && other < length));
  return { next, feet: cells.map((x) => ({ x, y: 0 })), doorways: new Set() };
}

test('two walkers that want to swap places in a lane stay: they are in each other’s way', () => {
  const walkers = [
    { id: 'alex', from: 0, to: 5 },
    { id: 'mike', from: 5, to: 0 },
  ];
  const walks = planWalks(lane(6), walkers);
  check(lane(6), walkers, walks);
  assert.ok(walks.every((walk) => !walk.arrives));
});

test('a place that is taken, and one without a way to it, are named as such', () => {
  const walkers = [
    { id: 'alice', from: 2, to: 2 },
    { id: 'sarah', from: 0, to: 2 },
    { id: 'mike', from: 3, to: 9 },
  ];
  const apart: Walkways = {
    ...lane(4),
    feet: lane(10).feet,
    next: [...lane(4).next, [], [], [], [], [], []],
  };
  const walks = planWalks(apart, walkers);
  assert.deepEqual(
    walks.map((walk) => (walk.arrives ? 'arrives' : walk.why)),
    ['arrives', 'taken', 'no_way'],
  );
});

test('rooms are entered by their doors only, and nobody stands in furniture', () => {
  const inRoom = (cell: number) => {
    const [x, y] = [cell % COLUMNS, Math.floor(cell / COLUMNS / 2)];
    return office.rooms.findIndex(
      ({ area }) => x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height,
    );
  };
  const crossings = ways.next.flatMap((next, cell) =>
    next.filter((other) => inRoom(other) !== inRoom(cell)).map((other) => [inRoom(cell), inRoom(other)]),
  );
  assert.equal(crossings.length, 2 * office.rooms.length);
  assert.ok(crossings.every(([a, b]) => a === -1 || b === -1));
  const desk = cellAt({ x: 20, y: 40 });
  assert.deepEqual(ways.next[desk], []);
});
