/** What is said on the floor: lines in bubbles, with a stripe in the speaker's colour and a tail to the face. */
import { PADDING, placeBubbles, type Bubble, type Surroundings } from './bubbles.ts';
import { INK, PAPER, type Op } from '../draw-list.ts';
import { LINE, MAP } from '../layout.ts';
import { roomBox, type Standing } from './figures.ts';
import type { Kit } from '../kit.ts';
import { plainText } from '../text.ts';

const TAIL_WIDTH = 7;

/** A line that found its place. */
export interface Said {
  /** The speaker's id. */
  trader: string;
  color: string;
  bubble: Bubble;
}

/** The lines of these people, each in a bubble that keeps off everybody's face and off the signs. */
export function placedLines(
  people: readonly Standing[],
  { signs, labels }: Pick<Surroundings, 'signs' | 'labels'>,
  kit: Pick<Kit, 'covers' | 'measure'>,
): Said[] {
  const speakers = people.flatMap((one) => {
    const text = one.trader.line === null ? '' : plainText(one.trader.line, kit.covers);
    return text === '' ? [] : [{ one, speech: { text, face: one.face, room: roomBox(one.room) } }];
  });
  const bubbles = placeBubbles(
    speakers.map(({ speech }) => speech),
    { frame: MAP, faces: people.map(({ face }) => face), signs, labels, measure: kit.measure },
  );
  return bubbles.flatMap((bubble) => {
    const trader = speakers[bubble.speech]?.one.trader;
    return trader ? [{ trader: trader.id, color: trader.color, bubble }] : [];
  });
}

/** Drawn before plates and bubbles: where a tail has to pass behind one, the words stay readable. */
export function tailsOps(said: readonly Said[]): Op[] {
  return said.flatMap(({ bubble }) => tailOps(bubble));
}

export function speechOps(said: readonly Said[]): Op[] {
  return said.flatMap(({ bubble, color }) => bubbleOps(bubble, color));
}

function tailOps({ box, tail }: Bubble): Op[] {
  return [
    { op: 'rect', x: box.x + 1, y: box.y + 1, w: box.w, h: box.h, color: INK },
    { op: 'wedge', ...tail, width: TAIL_WIDTH, fill: PAPER, outline: INK },
  ];
}

function bubbleOps({ box, tail, lines }: Bubble, color: string): Op[] {
  const upright = tail.from.y === box.y || tail.from.y === box.y + box.h - 1;
  const half = (TAIL_WIDTH - 3) / 2;
  const mouth = upright
    ? { x: tail.from.x - half, y: tail.from.y, w: TAIL_WIDTH - 2, h: 1 }
    : { x: tail.from.x, y: tail.from.y - half, w: 1, h: TAIL_WIDTH - 2 };
  return [
    { op: 'rect', ...box, color: INK },
    { op: 'rect', x: box.x + 1, y: box.y + 1, w: box.w - 2, h: box.h - 2, color: PAPER },
    { op: 'rect', x: box.x + 1, y: box.y + 1, w: 3, h: box.h - 2, color },
    { op: 'rect', ...mouth, color: PAPER },
    ...lines.map((text, index): Op => ({
      op: 'text',
      x: box.x + PADDING.left,
      y: box.y + PADDING.top + index * LINE,
      text,
      color: INK,
    })),
  ];
}
