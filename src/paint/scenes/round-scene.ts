/**
 * A round as a film: the prices flash, the lines are said one after another, then everybody walks to where they went, and
 * the last frame stays. Pure: the same view gives the same frames.
 */
import type { Office } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Picture } from '../draw-list.ts';
import { MAP } from '../layout.ts';
import { surroundingsOf, type Staging } from './map-scene.ts';
import { filmedLines, type Said } from './speech-scene.ts';
import { figuresOn, type Figure } from './figures.ts';
import type { Facing, Pose, Stride } from '../sprites/poses.ts';
import type { Kit } from '../kit.ts';
import { floorPicture } from './scene.ts';
import { cellAt, walkways, type Walkways } from './walkways.ts';
import { planWalks, type Walk } from './walks.ts';

export interface Frame {
  picture: Picture;
  delayMs: number;
}

/** Frames from one cell to the next. */
const STRIDES = 2;
const WALK_MS = 80;
const FLASHES = 2;
const FLASH_MS = 260;
/** From one line to the next. */
const LINE_MS = 1_300;
/** A line that makes room for the next one is seen at least for a moment and for the time that it takes to read. */
const LEAST_MS = 700;
const CHARACTER_MS = 32;
const RISE_MS = 120;
const READ_MS = 2_600;
const HOLD_MS = 4_000;
/** In a large cast the lines come more quickly, because the round goes on. */
const ALL_LINES_MS = 8_000;

export function* roundFrames(view: FloorView, office: Office, kit: Kit): Generator<Frame> {
  const before = figuresOn(view, office);
  const after = settledFigures(view, office);
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

  const lines = filmedLines(before, office, surroundingsOf(before, office, kit), kit);
  const lineMs = Math.min(LINE_MS, ALL_LINES_MS / Math.max(1, lines.length));
  let said: Said[] = [];
  const seenMs = new Map<string, number>();
  const show = (staging: Partial<Staging>, delayMs: number): Frame => {
    for (const { trader } of said) seenMs.set(trader, (seenMs.get(trader) ?? 0) + delayMs);
    return frame({ said, ...staging }, delayMs);
  };
  for (const line of lines) {
    const leaving = said.filter(({ trader }) => line.clears.includes(trader));
    const wait = Math.max(...leaving.map((one) => readingMs(one) - (seenMs.get(one.trader) ?? 0)), 0);
    if (wait > 0) yield show({}, wait);
    said = [...said.filter((one) => !leaving.includes(one)), line];
    yield show({ people: before.map((one) => (one.trader.id === line.trader ? risen(one) : one)) }, RISE_MS);
    yield show({}, lineMs);
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

/** Everybody where the film leaves them. */
export function settledFigures(view: FloorView, office: Office): Figure[] {
  return figuresOn({ ...view, traders: view.traders.map((one) => ({ ...one, room: one.heading })) }, office);
}

function readingMs({ bubble: { lines } }: Said): number {
  return LEAST_MS + lines.join(' ').length * CHARACTER_MS;
}

function spotOf({ feet }: Figure) {
  return { x: feet.x - MAP.x, y: feet.y - MAP.y };
}

function walkersOf(before: readonly Figure[], after: readonly Figure[]) {
  return before.map((one) => {
    const to = after.find(({ trader }) => trader.id === one.trader.id) ?? one;
    return { id: one.trader.id, from: cellAt(spotOf(one)), to: cellAt(spotOf(to)) };
  });
}

function walkOf(one: Figure, walks: readonly Walk[]): Walk | undefined {
  return walks.find(({ id }) => id === one.trader.id);
}

function arrival(one: Figure, after: readonly Figure[]) {
  const there = after.find(({ trader }) => trader.id === one.trader.id);
  return there && there.feet.x === one.feet.x && there.feet.y === one.feet.y
    ? one.feet
    : (there?.feet ?? one.feet);
}

function risen(one: Figure): Figure {
  return { ...one, lift: 2 };
}

/** A walker that found no way is simply there at the end: the cut of the film hides it. */
function settled(one: Figure, after: readonly Figure[]): Figure {
  const there = after.find(({ trader }) => trader.id === one.trader.id);
  return there ? { ...there, trader: { ...one.trader, room: one.trader.heading } } : one;
}

/** Where a walker is at a part of its way, and how it looks there. */
function walking(
  one: Figure,
  walk: Walk | undefined,
  after: readonly Figure[],
  ways: Walkways,
  part: number,
): Figure {
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

/** A walker looks where it goes, and while it waits, where it will go. */
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
