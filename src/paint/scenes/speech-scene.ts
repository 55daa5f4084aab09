/** What is said on the floor: lines in bubbles, with a stripe in the speaker's colour and a tail to the face. */
import { INK, PAPER } from '../colors.ts';
import type { Office, Room } from '#core/content.ts';
import { PADDING, placeBubbles, type Bubble, type Speech, type Surroundings } from './bubbles.ts';
import { overlaps, within, type Op, type Rect } from '../draw-list.ts';
import { LINE, MAP } from '../layout.ts';
import { roomBox, type Figure } from './figures.ts';
import type { Kit } from '../kit.ts';
import { plainText } from '../text.ts';

const TAIL_WIDTH = 7;
/** How far a bubble may lean out of its room: less than half of the corridor, so that two bubbles do not meet there. */
const LEAN = 7;
/** A still shows at least this share of a line, or leaves the line out. */
const STILL_SHARE = 0.6;

/** A line with its bubble. */
export interface Said {
  /** The speaker's id. */
  trader: string;
  color: string;
  bubble: Bubble;
}

/** A line in a film. */
export interface FilmedLine extends Said {
  /** The speakers whose bubbles vanish when this line is said. */
  clears: string[];
}

interface Speaker {
  figure: Figure;
  speech: Speech;
}

/**
 * The lines of a still. In a room that is full of words, lines lose a part of their end; if they would lose too much, the
 * earlier lines are left out instead.
 */
export function placedLines(
  people: readonly Figure[],
  office: Office,
  around: Surroundings,
  kit: Pick<Kit, 'covers'>,
): Said[] {
  return conversationsOf(people, office, kit).flatMap((conversation) => {
    for (let first = 0; first < conversation.length; first += 1) {
      const said = saidBy(conversation.slice(first), around, STILL_SHARE);
      if (said) return said;
    }
    return lastWords(conversation, around);
  });
}

/**
 * The lines of a film, in the order in which they are said. A bubble stays where it is when the next one comes. When a
 * room has no place for the whole next line, the bubbles before it in that room vanish.
 */
export function filmedLines(
  people: readonly Figure[],
  office: Office,
  around: Surroundings,
  kit: Pick<Kit, 'covers'>,
): FilmedLine[] {
  const lines = conversationsOf(people, office, kit).flatMap((conversation) => takesOf(conversation, around));
  const order = new Map(people.map(({ trader }) => [trader.id, trader.lineOrder ?? 0]));
  return lines.toSorted((a, b) => (order.get(a.trader) ?? 0) - (order.get(b.trader) ?? 0));
}

/** Splits a conversation into takes: as many lines at a time as are whole together. */
function takesOf(conversation: readonly Speaker[], around: Surroundings): FilmedLine[] {
  const takes: Said[][] = [];
  let speakers: Speaker[] = [];
  for (const speaker of conversation) {
    const together = saidBy([...speakers, speaker], around, 1);
    if (together) takes.splice(-1, 1, together);
    else takes.push(lastWords([speaker], around));
    speakers = together ? [...speakers, speaker] : [speaker];
  }
  return takes.flatMap((take, index) => {
    const before = takes[index - 1] ?? [];
    return take.map((said, at) => ({ ...said, clears: at === 0 ? before.map(({ trader }) => trader) : [] }));
  });
}

/** The last line, as much of it as there is a place for. */
function lastWords(conversation: readonly Speaker[], around: Surroundings): Said[] {
  return saidBy(conversation.slice(-1), around, 0) ?? [];
}

/** Null if any of them finds no place for at least `leastShare` of the line. */
function saidBy(speakers: readonly Speaker[], around: Surroundings, leastShare: number): Said[] | null {
  const bubbles = placeBubbles(
    speakers.map(({ speech }) => speech),
    around,
    leastShare,
  );
  if (bubbles.length < speakers.length) return null;
  return bubbles.flatMap((bubble) => {
    const trader = speakers[bubble.speech]?.figure.trader;
    return trader ? [{ trader: trader.id, color: trader.color, bubble }] : [];
  });
}

/** Those who say something, by room, in the order in which they say it. */
function conversationsOf(people: readonly Figure[], office: Office, kit: Pick<Kit, 'covers'>): Speaker[][] {
  const speakers = speakersAmong(people, office, kit).toSorted(
    (a, b) => (a.figure.trader.lineOrder ?? 0) - (b.figure.trader.lineOrder ?? 0),
  );
  return [...Map.groupBy(speakers, ({ figure }) => figure.room.id).values()];
}

function speakersAmong(people: readonly Figure[], office: Office, kit: Pick<Kit, 'covers'>): Speaker[] {
  return people.flatMap((figure) => {
    const text = figure.trader.line === null ? '' : plainText(figure.trader.line, kit.covers);
    if (text === '') return [];
    const room = roomBox(figure.room);
    return [{ figure, speech: { text, face: figure.face, room, reach: reachOf(figure.room, office) } }];
  });
}

/** The room and the edge of the corridor above and below it, if there is one. */
export function reachOf(room: Room, office: Office): Rect {
  const box = roomBox(room);
  const isFree = (strip: Rect) =>
    within(strip, MAP) && !office.rooms.some((other) => other !== room && overlaps(strip, roomBox(other)));
  const above = isFree({ ...box, y: box.y - LEAN, h: LEAN }) ? LEAN : 0;
  const below = isFree({ ...box, y: box.y + box.h, h: LEAN }) ? LEAN : 0;
  return { x: box.x, y: box.y - above, w: box.w, h: box.h + above + below };
}

/** Tails are drawn before plates, tags and bubbles: where a tail passes behind one of them, the words stay readable. */
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
