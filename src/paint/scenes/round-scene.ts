/**
 * A round as a moving picture: the prices flash, the lines are said one after another, then everybody walks to where they
 * went, and the last frame stays. Pure: the same view gives the same frames.
 */
import type { Office } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Picture } from '../draw-list.ts';
import { MAP } from '../layout.ts';
import { linesOf, type Staging } from './map-scene.ts';
import type { Said } from './speech-scene.ts';
import { standings, type Standing } from './figures.ts';
import type { Facing, Pose, Stride } from '../sprites/poses.ts';
import type { Kit } from '../kit.ts';
import { floorPicture } from './scene.ts';
import { cellAt, walkways, type Walkways } from './walkways.ts';
import { planWalks, type Walk } from './walks.ts';

export interface Frame {
  picture: Picture;
  delayMs: number;
}

/** Pictures from one cell to the next. */
const STRIDES = 2;
const WALK_MS = 80;
const FLASHES = 2;
const FLASH_MS = 260;
/** Time to read what was said. */
const LINE_MS = 1_300;
const RISE_MS = 120;
const READ_MS = 2_600;
const HOLD_MS = 4_000;
/** In a large cast the lines come quicker: the round goes on. */
const ALL_LINES_MS = 8_000;

export function* roundFrames(view: FloorView, office: Office, kit: Kit): Generator<Frame> {
  const before = standings(view, office);
  const after = standings(
    { ...view, traders: view.traders.map((one) => ({ ...one, room: one.heading })) },
    office,
  );
  let tick = 0;
  const frame = (staging: Partial<Staging>, delayMs: number): Frame => ({
    picture: floorPicture(view, office, kit, {
      people: before,
      said: [],
      trails: true,
      shaking: delayMs <= FLASH_MS && tick % 2 === 1,
      tick: tick++,
      ...staging,
    }),
    delayMs,
  });

  for (let flash = 0; flash < 2 * FLASHES; flash += 1) yield frame({ flash: flash % 2 === 0 }, FLASH_MS);

  const speaking = view.traders
    .filter((one) => one.line !== null)
    .toSorted((a, b) => (a.lineOrder ?? 0) - (b.lineOrder ?? 0));
  const lineMs = Math.min(LINE_MS, ALL_LINES_MS / Math.max(1, speaking.length));
  const lines = linesOf(before, office, kit);
  const said: Said[] = [];
  for (const { id } of speaking) {
    const line = lines.find(({ trader }) => trader === id);
    if (!line) continue;
    said.push(line);
    const people = before.map((one) => (one.trader.id === id ? risen(one) : one));
    yield frame({ people, said: [...said] }, RISE_MS);
    yield frame({ said: [...said] }, lineMs);
  }

  const ways = walkways(office, [...before, ...after].map(spotOf), kit.sprites);
  const walks = planWalks(ways, walkersOf(before, after));
  const steps = Math.max(...walks.map(({ cells }) => cells.length - 1), 0);
  if (steps === 0 && before.every((one) => arrival(one, after) === one.feet)) {
    yield frame({ said }, READ_MS + HOLD_MS);
    return;
  }
  if (said.length > 0) yield frame({ said }, READ_MS);
  for (let part = 1; part < steps * STRIDES; part += 1) {
    const people = before.map((one) => walking(one, walkOf(one, walks), after, ways, part));
    yield frame({ people, trails: false }, WALK_MS);
  }
  yield frame({ people: before.map((one) => settled(one, after)), trails: false }, HOLD_MS);
}

function spotOf({ feet }: Standing) {
  return { x: feet.x - MAP.x, y: feet.y - MAP.y };
}

function walkersOf(before: readonly Standing[], after: readonly Standing[]) {
  return before.map((one) => {
    const to = after.find(({ trader }) => trader.id === one.trader.id) ?? one;
    return { id: one.trader.id, from: cellAt(spotOf(one)), to: cellAt(spotOf(to)) };
  });
}

function walkOf(one: Standing, walks: readonly Walk[]): Walk | undefined {
  return walks.find(({ id }) => id === one.trader.id);
}

function arrival(one: Standing, after: readonly Standing[]) {
  const there = after.find(({ trader }) => trader.id === one.trader.id);
  return there && there.feet.x === one.feet.x && there.feet.y === one.feet.y
    ? one.feet
    : (there?.feet ?? one.feet);
}

function risen(one: Standing): Standing {
  return { ...one, lift: 2 };
}

/** Who found no way is simply there in the end: the cut of the film hides it. */
function settled(one: Standing, after: readonly Standing[]): Standing {
  const there = after.find(({ trader }) => trader.id === one.trader.id);
  return there ? { ...there, trader: { ...one.trader, room: one.trader.heading } } : one;
}

/** Where a walker is at one part of its way, and how it looks there. */
function walking(
  one: Standing,
  walk: Walk | undefined,
  after: readonly Standing[],
  ways: Walkways,
  part: number,
): Standing {
  if (!walk?.arrives || walk.cells.length < 2) return one;
  const step = Math.floor(part / STRIDES);
  const last = walk.cells.length - 1;
  if (step >= last) return settled(one, after);
  const place = (index: number) => {
    if (index === 0) return one.feet;
    if (index === last) return arrival(one, after);
    const at = ways.feet[walk.cells[index] ?? 0] ?? { x: 0, y: 0 };
    return { x: at.x + MAP.x, y: at.y + MAP.y };
  };
  const [from, to] = [place(step), place(step + 1)];
  const share = (part % STRIDES) / STRIDES;
  const feet = {
    x: Math.round(from.x + (to.x - from.x) * share),
    y: Math.round(from.y + (to.y - from.y) * share),
  };
  const pose = poseOf(walk.cells, step, part);
  const inDoor = [step, step + 1].some((index) => ways.doorways.has(walk.cells[index] ?? -1));
  return { ...one, feet, pose, walking: inDoor ? 'door' : 'floor', lift: pose.stride === 0 ? 0 : part % 2 };
}

/** Looks where it goes; who waits looks where it will go. */
function poseOf(cells: readonly number[], step: number, part: number): Pose {
  const here = cells[step] ?? 0;
  const moves = cells[step + 1] !== here;
  const aim = cells.slice(step + 1).find((cell) => cell !== here) ?? here;
  const stride: Stride = moves ? (part % 2 === 0 ? 1 : 2) : 0;
  return { facing: facingTo(here, aim), stride };
}

function facingTo(from: number, to: number): Facing {
  if (to === from) return 'down';
  if (Math.abs(to - from) === 1) return to > from ? 'right' : 'left';
  return to > from ? 'down' : 'up';
}
