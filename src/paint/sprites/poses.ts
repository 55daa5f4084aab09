/**
 * Sides, backs and steps of a person, made from one drawing: a person that is drawn from the front can turn and walk. If a
 * sheet has a drawing of a pose ("left-1"), that is used instead.
 */

export const FACINGS = ['down', 'up', 'left', 'right'] as const;
export type Facing = (typeof FACINGS)[number];

/** 0 stands; 1 and 2 are the two steps of the walk. */
export type Stride = 0 | 1 | 2;

export interface Pose {
  facing: Facing;
  stride: Stride;
}

export const AT_EASE: Pose = { facing: 'down', stride: 0 };

/** How far the face turns aside, in pixels. What lies on the face goes with it. */
const TURN = 3;

const HEAD = { hairline: 5, chin: 14 } as const;
const LEGS = 23;
/** Outline, hair and hats stay as they are from behind. */
const WORN = new Set(['.', 'k', 'h', 'H', 'a', 'A']);
/** What a back does not show: tie, shirt, collar. */
const FRONT = new Set(['t', 'w', 'T', 'd', 'y', 'o']);

/** "stand" for a person that stands and looks at us. */
export function poseName({ facing, stride }: Pose): string {
  return facing === 'down' && stride === 0 ? 'stand' : `${facing}-${stride}`;
}

/** Rows of the named pose made from those of "stand"; null for a name that is not a pose. */
export function poseRows(name: string, stand: readonly string[]): string[] | null {
  const [facing, stride] = name.split('-');
  const turned = FACINGS.find((one) => one === facing);
  if (!turned || !['0', '1', '2'].includes(stride ?? '')) return null;
  return striding(turnedTo(turned, stand), Number(stride), turned === 'left' || turned === 'right');
}

function turnedTo(facing: Facing, stand: readonly string[]): string[] {
  switch (facing) {
    case 'down':
      return [...stand];
    case 'up':
      return stand.map((row, y) => (y < LEGS ? back(row, y) : row));
    case 'left':
      return stand.map((row, y) => aside(row, y, 'h', 'c'));
    case 'right':
      return stand.map((row, y) => mirrored(aside(mirrored(row), y, 'h', 'c')));
    default:
      return facing satisfies never;
  }
}

function back(row: string, y: number): string {
  const inHead = y >= HEAD.hairline && y <= HEAD.chin;
  const edge = [row.search(/[^.]/), row.length - 1 - mirrored(row).search(/[^.]/)];
  return Array.from(row, (character, x) => {
    if (inHead) {
      const inner = x > (edge[0] ?? 0) + 1 && x < (edge[1] ?? 0) - 1;
      return inner && (!WORN.has(character) || (character === 'k' && y > HEAD.hairline)) ? 'h' : character;
    }
    return y > HEAD.chin && FRONT.has(character) ? 'c' : character;
  }).join('');
}

/** The rows of a face that looks that way. A back shows nothing of it. */
export function faceRows(facing: Facing, rows: readonly string[]): string[] {
  switch (facing) {
    case 'down':
      return [...rows];
    case 'up':
      return rows.map((row) => '.'.repeat(row.length));
    case 'left':
      return rows.map((row, y) => aside(row, y, '.', '.'));
    case 'right':
      return rows.map((row, y) => mirrored(aside(mirrored(row), y, '.', '.')));
    default:
      return facing satisfies never;
  }
}

/** Turns a row to the left: the face slides over, and `hair` and `cloth` fill what it and the chest leave free. */
function aside(row: string, y: number, hair: string, cloth: string): string {
  const [start, end] = [3, 16];
  if (y >= HEAD.hairline && y < HEAD.chin) {
    const inner = row.slice(start, end + 1);
    const face = inner.slice(TURN);
    return row.slice(0, start) + face + hair.repeat(TURN) + row.slice(end + 1);
  }
  if (y > HEAD.chin + 1 && y < LEGS - 1) {
    const inner = row.slice(7, 13);
    return `${row.slice(0, 7)}${inner.slice(1)}${cloth}${row.slice(13)}`;
  }
  return row;
}

function mirrored(row: string): string {
  return Array.from(row).toReversed().join('');
}

/** Seen from the front, one foot is lifted. Seen from the side, the legs are apart, then together. */
function striding(rows: readonly string[], stride: number, sideways: boolean): string[] {
  if (stride === 0) return [...rows];
  const half = (rows[0]?.length ?? 0) / 2;
  const legs = rows.slice(LEGS);
  const moved = legs.map((row, y) => {
    const [left, right] = [row.slice(0, half), row.slice(half)];
    if (sideways) {
      return stride === 1
        ? `${left.slice(1)}${y < 2 ? 'p' : '.'}${y < 2 ? 'p' : '.'}${right.slice(0, -1)}`
        : `.${left.slice(0, -1)}${right.slice(1)}.`;
    }
    const above = legs[y + 1] ?? '.'.repeat(2 * half);
    return stride === 1 ? above.slice(0, half) + right : left + above.slice(half);
  });
  return [...rows.slice(0, LEGS), ...moved];
}
