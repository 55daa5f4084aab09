/**
 * Where speech bubbles go. A bubble stays in the room in which its words are said, so that one sees at a glance who hears
 * whom. It never covers a face, a name or another bubble, it covers a sign only when no other place is free, and it is as
 * near to the speaker as possible. Pure: the text's width comes from a measurer, so a test can bring its own.
 */
import {
  centre,
  crosses,
  gapBetween,
  grown,
  lengthOf,
  meet,
  outsideShare,
  sharedArea,
  tailOf,
  withShadow,
  type Tail,
} from './bubble-geometry.ts';
import { overlaps, within, type Rect } from '../draw-list.ts';
import { CAPITAL, LINE } from '../layout.ts';
import { wrap, type Measure } from '../text.ts';

export interface Speech {
  /** What is said, plain text. */
  text: string;
  /** The speaker's face: the bubble keeps off it and points at it. */
  face: Rect;
  /** The room in which it is said. */
  room: Rect;
  /** The room with as much of the corridor as a bubble may lean into: no bubble leaves it. */
  reach: Rect;
}

export interface Bubble {
  /** Index of its speech. */
  speech: number;
  box: Rect;
  lines: string[];
  /** How much of the text is in it: 1 for all. */
  share: number;
  tail: Tail;
}

export interface Surroundings {
  /** Never covered: faces and name tags. */
  faces: readonly Rect[];
  tags: readonly Rect[];
  /** Not covered while any other place is free: room plates, the lamp. */
  signs: readonly Rect[];
  /** Better not covered: bodies, screens. `dearness` is the cost of covering one pixel of it. */
  labels: readonly { box: Rect; dearness: number }[];
  measure: Measure;
}

/** Around the text: border, the stripe in the speaker's colour, air. */
export const PADDING = { left: 6, right: 4, top: 3, bottom: 3 } as const;
/** A tail is longer than this only when no nearer place is free. */
export const TAIL_MAX = 45;
/** The length of the tail of a bubble that is right above the head. */
const NEAR = 4;
/** Free pixels around a bubble, its hard shadow included. */
const GAP = 2;
const STEP = { x: 4, y: 2 } as const;
const WIDTHS = [116, 100, 84, 68, 52] as const;
/** Tried in turn: all of the text if there is room for it, otherwise less of everybody's. */
const MAX_LINES = [10, 5, 4, 3, 2, 1] as const;
/** With at most this many speakers every order is tried. */
const ALL_ORDERS = 4;

/** One unit of cost is about as bad as one pixel of distance between a bubble and its speaker. */
const UNHEARD_COST = 5_000;
/** Whatever costs more covers a sign, crosses a tail or leaves somebody unheard. */
const GOOD_COST = 1_500;
/** For a character that is not shown. */
const LOST_COST = 5;
const SIGN_COST = 1_600;
const FAR_COST = 1_600;
const CROSSING_COST = 1_600;
const TAILS_MEET_COST = 1_600;
/** A bubble this near to somebody else's face is taken for theirs. */
const MISTAKEN_NEAR = 7;
const MISTAKEN_COST = 110;
const TAIL_ON_SIGN_COST = 200;
const TAIL_ON_TAG_COST = 300;
const TAIL_ON_LABEL_COST = 200;

interface Place {
  cost: number;
  bubble: Bubble;
}

interface Shape {
  w: number;
  h: number;
  lines: string[];
  /** Characters of the text that are not in it. */
  lost: number;
  share: number;
}

type Listed = { speech: Speech; index: number };

/**
 * One bubble for each speech, with at least `leastShare` of its text. With a least share, a room gets either good places
 * for all of its speeches or no bubble at all. Without one, a speech is left out only if not even one line of it finds a
 * place.
 */
export function placeBubbles(speeches: readonly Speech[], around: Surroundings, leastShare = 0): Bubble[] {
  const listed = speeches.map((speech, index) => ({ speech, index }));
  // No bubble reaches into another room, so each room's are placed by themselves.
  const rooms = Map.groupBy(listed, ({ speech: { room } }) => `${room.x},${room.y}`);
  const bubbles = [...rooms.values()].flatMap((group) => placeTogether(group, around, leastShare));
  return bubbles.toSorted((a, b) => a.speech - b.speech);
}

/**
 * The first bubble has the choice of places, so several orders are tried. A long text leaves little room for the others,
 * so each order is tried with fewer and fewer lines for everybody. The best outcome is kept.
 */
function placeTogether(group: readonly Listed[], around: Surroundings, leastShare: number): Bubble[] {
  let best: { cost: number; bubbles: Bubble[] } | null = null;
  for (const maxLines of MAX_LINES) {
    const shapes = new Map(
      group.map(({ speech: { text }, index }) => [
        index,
        shapesOf(text, maxLines, around.measure).filter(({ share }) => share >= leastShare),
      ]),
    );
    for (const order of ordersOf(group)) {
      const limit = best?.cost ?? (leastShare > 0 ? GOOD_COST : Number.POSITIVE_INFINITY);
      const outcome = placeInOrder(order, shapes, around, limit);
      if (outcome && (!best || outcome.cost < best.cost)) best = outcome;
    }
    // Shorter texts would only make room that nobody needs.
    if (best && best.cost < GOOD_COST && best.bubbles.every(({ share }) => share === 1)) break;
    if (leastShare === 1) break;
  }
  return best?.bubbles ?? [];
}

function ordersOf(group: readonly Listed[]): (readonly Listed[])[] {
  if (group.length <= ALL_ORDERS) return permutations(group);
  const by = (worth: (speech: Speech) => number) =>
    group.toSorted((a, b) => worth(a.speech) - worth(b.speech) || a.index - b.index);
  return [
    group,
    by(({ face }) => face.y),
    by(({ face }) => -face.y),
    by(({ face }) => face.x),
    by(({ face }) => -face.x),
    by(({ text }) => -text.length),
  ];
}

function permutations<T>(items: readonly T[]): (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((others) => [item, ...others]),
  );
}

/** Null as soon as it costs `limit` or more. */
function placeInOrder(
  order: readonly Listed[],
  shapes: ReadonlyMap<number, readonly Shape[]>,
  around: Surroundings,
  limit: number,
): { cost: number; bubbles: Bubble[] } | null {
  const bubbles: Bubble[] = [];
  let cost = 0;
  for (const { speech, index } of order) {
    const place = bestPlace(speech, index, shapes.get(index) ?? [], bubbles, around);
    if (place) bubbles.push(place.bubble);
    cost += place?.cost ?? UNHEARD_COST;
    if (cost >= limit) return null;
  }
  return { cost, bubbles };
}

function shapesOf(text: string, maxLines: number, measure: Measure): Shape[] {
  const shapes: Shape[] = [];
  for (const width of WIDTHS) {
    const { lines, whole } = wrap(text, width, maxLines, measure);
    if (lines.length === 0 || (!whole && shapes.some(({ lost }) => lost === 0))) continue;
    const textWidth = Math.max(...lines.map(measure));
    const lost = whole ? 0 : Math.max(1, text.length - lines.join(' ').length);
    const shape = {
      w: textWidth + PADDING.left + PADDING.right,
      h: (lines.length - 1) * LINE + CAPITAL + PADDING.top + PADDING.bottom,
      lines,
      lost,
      share: 1 - lost / text.length,
    };
    if (!shapes.some((other) => other.w === shape.w && other.h === shape.h)) shapes.push(shape);
  }
  return shapes;
}

function bestPlace(
  speech: Speech,
  index: number,
  shapes: readonly Shape[],
  placed: readonly Bubble[],
  around: Surroundings,
): Place | null {
  let best: Place | null = null;
  const taken = [...placed.map(({ box }) => grown(box, GAP)), ...around.faces, ...around.tags].filter((box) =>
    overlaps(box, speech.reach),
  );
  for (const shape of shapes) {
    const lostCost = shape.lost * LOST_COST;
    for (const box of placesFor(shape, speech)) {
      // Most places are too far away, however good they are otherwise.
      if (best && best.cost <= leastCost(gapBetween(box, speech.face)) + lostCost) continue;
      const covered = withShadow(box);
      if (!within(covered, speech.reach) || taken.some((other) => overlaps(covered, other))) continue;
      const tail = tailOf(box, speech.face);
      const distance = distanceCost(box, tail, speech) + lostCost;
      if (best && best.cost <= distance) continue;
      const cost = distance + coverCost(box, tail, speech, placed, around);
      if (best && best.cost <= cost) continue;
      best = { cost, bubble: { speech: index, box, lines: shape.lines, share: shape.share, tail } };
    }
  }
  return best;
}

/** First the classic place, centred right above the head; then a grid over all that is in reach. */
function* placesFor({ w, h }: Shape, { face, reach }: Speech): Generator<Rect> {
  const rightmost = reach.x + reach.w - w - 1;
  const centred = face.x + Math.round((face.w - w) / 2);
  const columns = [Math.min(rightmost, Math.max(reach.x, centred))];
  for (let x = reach.x; x < rightmost; x += STEP.x) columns.push(x);
  columns.push(rightmost);
  for (const x of columns) {
    yield { x, y: face.y - h - NEAR, w, h };
    for (let y = reach.y; y + h < reach.y + reach.h; y += STEP.y) yield { x, y, w, h };
  }
}

/** The least cost of a tail of this length or longer. */
function leastCost(length: number): number {
  return Math.max(0, length - NEAR) * 2 + Math.max(0, length - 14) * 3 + (length > TAIL_MAX ? FAR_COST : 0);
}

/** The cost of the place by itself: near to the speaker, above the head and inside the room is good. */
function distanceCost(box: Rect, tail: Tail, speech: Speech): number {
  const length = lengthOf(tail);
  const above = box.y + box.h <= speech.face.y;
  return (
    leastCost(length) +
    Math.max(0, NEAR - length) * 2 +
    Math.abs(centre(box).x - centre(speech.face).x) * 0.3 +
    (above ? 0 : 16) +
    outsideShare(box, speech.room) * 80
  );
}

/** The cost of covering labels, and of a tail that would put the words into the wrong mouth. */
function coverCost(
  box: Rect,
  tail: Tail,
  speech: Speech,
  placed: readonly Bubble[],
  around: Surroundings,
): number {
  const covered = withShadow(box);
  let cost = 0;
  for (const label of around.labels) {
    cost += sharedArea(box, label.box) * label.dearness;
    if (crosses(tail, label.box)) cost += TAIL_ON_LABEL_COST * label.dearness;
  }
  for (const sign of around.signs) {
    if (overlaps(covered, sign)) cost += SIGN_COST;
    if (crosses(tail, sign)) cost += TAIL_ON_SIGN_COST;
  }
  for (const tag of around.tags) if (crosses(tail, tag)) cost += TAIL_ON_TAG_COST;
  for (const face of around.faces) {
    if (face === speech.face) continue;
    if (crosses(tail, face)) cost += CROSSING_COST;
    if (overlaps(grown(box, MISTAKEN_NEAR), face)) cost += MISTAKEN_COST;
  }
  for (const bubble of placed) {
    if (crosses(tail, bubble.box)) cost += CROSSING_COST;
    if (crosses(bubble.tail, box)) cost += CROSSING_COST;
    if (meet(tail, bubble.tail)) cost += TAILS_MEET_COST;
  }
  return cost;
}
