/**
 * Where speech bubbles go: inside the frame, never over a face or another bubble, over no sign while a place is free, as
 * near to the speaker as can be. Pure: the text's width comes from a measurer, so a test can bring its own.
 */
import {
  centre,
  crosses,
  gapBetween,
  grown,
  lengthOf,
  meet,
  outsideShare,
  sameBox,
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
  /** The room that it is said in: a bubble stays inside if it can. */
  room: Rect;
}

export interface Bubble {
  /** Index of its speech. */
  speech: number;
  box: Rect;
  lines: string[];
  tail: Tail;
}

export interface Surroundings {
  frame: Rect;
  /** Never covered. */
  faces: readonly Rect[];
  /** Not covered while any other place is free: room plates, the lamp. */
  signs: readonly Rect[];
  /** Better not covered: name tags, bodies, screens. `dearness`: the cost of covering a pixel of it. */
  labels: readonly { box: Rect; dearness: number }[];
  measure: Measure;
}

/** Around the text: border, the stripe in the speaker's colour, air. */
export const PADDING = { left: 6, right: 4, top: 4, bottom: 4 } as const;
/** Free pixels around a bubble, its hard shadow included. */
const GAP = 2;
const STEP = { x: 4, y: 3 } as const;
const WIDTHS = [118, 100, 84, 68] as const;
/** Tried in turn: all of the text if there is room for it, else less of it. */
const MAX_LINES = [5, 3, 2, 1] as const;

/** How often everybody may look for a better place among the others. */
const SECOND_THOUGHTS = 3;
/** A tail of this length is worth another try. */
const FAR = 36;

/** Costs compare with pixels of distance between the bubble and its speaker. */
const UNHEARD_COST = 5_000;
const CUT_COST = 200;
/** For a character that is not shown. */
const LOST_COST = 5;
const SIGN_COST = 1_500;
const CROSSING_COST = 1_200;
const TAILS_MEET_COST = 1_200;
/** So near to somebody else's face the words are taken for theirs. */
const MISTAKEN_NEAR = 7;
const MISTAKEN_COST = 110;
const TAIL_ON_SIGN_COST = 200;
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
}

/**
 * One bubble a speech; a speech is left out only where not even one line of it finds a place. Whoever is placed first
 * has the choice, so a few orders are tried and the best outcome is kept; then each may move once the others stand.
 */
export function placeBubbles(speeches: readonly Speech[], around: Surroundings): Bubble[] {
  const given = speeches.map((speech, index) => ({ speech, index }));
  const orders = [
    given,
    given.toSorted((a, b) => a.speech.face.y - b.speech.face.y),
    given.toSorted((a, b) => b.speech.face.y - a.speech.face.y),
    given.toSorted((a, b) => a.speech.face.x - b.speech.face.x),
    given.toSorted((a, b) => b.speech.face.x - a.speech.face.x),
  ];
  let best: { cost: number; bubbles: Bubble[] } | null = null;
  for (const order of speeches.length < 2 ? [given] : orders) {
    const outcome = placeInOrder(order, around);
    if (!best || outcome.cost < best.cost) best = outcome;
  }
  return settled(speeches, best?.bubbles ?? [], around).toSorted((a, b) => a.speech - b.speech);
}

function settled(
  speeches: readonly Speech[],
  placed: readonly Bubble[],
  around: Surroundings,
): readonly Bubble[] {
  let bubbles = placed;
  if (bubbles.length < 2) return bubbles;
  for (let pass = 0; pass < SECOND_THOUGHTS; pass += 1) {
    const before = bubbles;
    for (const [index, speech] of speeches.entries()) {
      const others = bubbles.filter((bubble) => bubble.speech !== index);
      const place = firstPlace(speech, index, others, around);
      const own = bubbles.find((bubble) => bubble.speech === index);
      if (place && (!own || !sameBox(own.box, place.bubble.box))) bubbles = [...others, place.bubble];
    }
    if (bubbles === before) break;
  }
  return rearranged(speeches, bubbles, around);
}

/** Whoever is far from its words, or whose tail crosses another, and one other are placed anew, if all are better off. */
function rearranged(
  speeches: readonly Speech[],
  placed: readonly Bubble[],
  around: Surroundings,
): readonly Bubble[] {
  let bubbles = placed;
  let cost = costOf(bubbles, speeches, around);
  for (const first of placed) {
    for (const second of placed) {
      if (first === second || !bubbles.includes(first) || !bubbles.includes(second)) continue;
      if (lengthOf(first.tail) < FAR && !meet(first.tail, second.tail)) continue;
      const others = bubbles.filter((bubble) => bubble !== first && bubble !== second);
      for (const { speech: index } of [first, second]) {
        const speech = speeches[index];
        const place = speech && firstPlace(speech, index, others, around);
        if (place && place.cost < SIGN_COST) others.push(place.bubble);
      }
      const other = others.length === bubbles.length ? costOf(others, speeches, around) : Infinity;
      if (other < cost) [bubbles, cost] = [others, other];
    }
  }
  return bubbles;
}

/** Of all of them together. */
function costOf(bubbles: readonly Bubble[], speeches: readonly Speech[], around: Surroundings): number {
  return bubbles.reduce((sum, bubble) => {
    const speech = speeches[bubble.speech];
    if (!speech) return sum;
    const { box, tail, lines } = bubble;
    const others = bubbles.filter((other) => other !== bubble);
    const lost = Math.max(0, speech.text.length - lines.join(' ').length);
    return (
      sum + distanceCost(box, tail, speech) + coverCost(box, tail, speech, others, around) + lost * LOST_COST
    );
  }, 0);
}

function placeInOrder(
  order: readonly { speech: Speech; index: number }[],
  around: Surroundings,
): { cost: number; bubbles: Bubble[] } {
  const bubbles: Bubble[] = [];
  let cost = 0;
  for (const { speech, index } of order) {
    const place = firstPlace(speech, index, bubbles, around);
    if (place) bubbles.push(place.bubble);
    cost += place?.cost ?? UNHEARD_COST;
  }
  return { cost, bubbles };
}

function firstPlace(
  speech: Speech,
  index: number,
  placed: readonly Bubble[],
  around: Surroundings,
): Place | null {
  for (const { signs, cost } of [
    { signs: around.signs, cost: 0 },
    { signs: [], cost: SIGN_COST },
  ]) {
    for (const [tried, maxLines] of MAX_LINES.entries()) {
      const shapes = shapesOf(speech.text, maxLines, around.measure);
      const place = bestPlace(speech, index, shapes, placed, { ...around, signs });
      if (place) return { ...place, cost: place.cost + tried * CUT_COST + cost };
    }
    if (around.signs.length === 0) break;
  }
  return null;
}

function shapesOf(text: string, maxLines: number, measure: Measure): Shape[] {
  const shapes: Shape[] = [];
  for (const width of WIDTHS) {
    const { lines, whole } = wrap(text, width, maxLines, measure);
    if (lines.length === 0 || (!whole && shapes.some(({ lost }) => lost === 0))) continue;
    const textWidth = Math.max(...lines.map(measure));
    const shape = {
      w: textWidth + PADDING.left + PADDING.right,
      h: (lines.length - 1) * LINE + CAPITAL + PADDING.top + PADDING.bottom,
      lines,
      lost: whole ? 0 : Math.max(0, text.length - lines.join(' ').length),
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
  const taken = placed.map((bubble) => grown(bubble.box, GAP));
  for (const shape of shapes) {
    for (const box of placesFor(shape, speech, around.frame)) {
      // Most places are too far away whatever else may be said of them.
      if (best && best.cost <= leastCost(gapBetween(box, speech.face)) + shape.lost * LOST_COST) continue;
      const tail = tailOf(box, speech.face);
      const distance = distanceCost(box, tail, speech) + shape.lost * LOST_COST;
      if (best && best.cost <= distance) continue;
      if (!within(box, around.frame)) continue;
      if (taken.some((other) => overlaps(box, other))) continue;
      if (around.faces.some((face) => overlaps(box, face))) continue;
      if (around.signs.some((sign) => overlaps(withShadow(box), sign))) continue;
      const cost = distance + coverCost(box, tail, speech, placed, around);
      if (best && best.cost <= cost) continue;
      best = { cost, bubble: { speech: index, box, lines: shape.lines, tail } };
    }
  }
  return best;
}

/** A grid over the frame, and the classic place: centred right above the head. */
function* placesFor(shape: Shape, speech: Speech, frame: Rect): Generator<Rect> {
  const { w, h } = shape;
  const centred = speech.face.x + Math.round((speech.face.w - w) / 2);
  const leftmost = Math.min(frame.x + frame.w - w, Math.max(frame.x, centred));
  yield { x: leftmost, y: speech.face.y - h - 4, w, h };
  for (let y = frame.y; y + h <= frame.y + frame.h; y += STEP.y) {
    for (let x = frame.x; x + w <= frame.x + frame.w; x += STEP.x) yield { x, y, w, h };
  }
}

/** What a tail of this length costs, and every place whose tail is no shorter. */
function leastCost(length: number): number {
  return Math.max(0, length - 5) * 2 + Math.max(0, length - 14) * 3;
}

/** What the place costs by itself: near, above the head and in the speaker's room is good. */
function distanceCost(box: Rect, tail: Tail, speech: Speech): number {
  const length = lengthOf(tail);
  const above = box.y + box.h <= speech.face.y;
  return (
    Math.abs(length - 5) * 2 +
    Math.max(0, length - 14) * 3 +
    Math.abs(centre(box).x - centre(speech.face).x) * 0.3 +
    (above ? 0 : 16) +
    outsideShare(box, speech.room) * 80
  );
}

/** What it costs that the bubble covers labels, or that a tail would put words into the wrong mouth. */
function coverCost(
  box: Rect,
  tail: Tail,
  speech: Speech,
  placed: readonly Bubble[],
  around: Surroundings,
): number {
  let cost = 0;
  for (const label of around.labels) {
    cost += sharedArea(box, label.box) * label.dearness;
    if (crosses(tail, label.box)) cost += TAIL_ON_LABEL_COST * label.dearness;
  }
  for (const face of around.faces) {
    if (face === speech.face) continue;
    if (crosses(tail, face)) cost += CROSSING_COST;
    if (overlaps(grown(box, MISTAKEN_NEAR), face)) cost += MISTAKEN_COST;
  }
  for (const sign of around.signs) if (crosses(tail, sign)) cost += TAIL_ON_SIGN_COST;
  for (const bubble of placed) {
    if (crosses(tail, bubble.box)) cost += CROSSING_COST;
    if (crosses(bubble.tail, box)) cost += CROSSING_COST;
    if (meet(tail, bubble.tail)) cost += TAILS_MEET_COST;
  }
  return cost;
}
