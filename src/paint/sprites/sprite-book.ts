/** Sprites by name, made from the sheets when they are first asked for. Pure: sprite-files.ts reads the sheets. */
import type { Part, Sheet } from './sheet.ts';
import { madeUpPerson } from './made-up-person.ts';
import { faceRows, FACINGS, poseRows, type Facing } from './poses.ts';

export interface Sprite {
  width: number;
  height: number;
  /** #rrggbb by row and column, null where see-through. */
  pixels: readonly (readonly (string | null)[])[];
  screen: Part | null;
  sign: Part | null;
  flat: boolean;
}

/** Every person's drawing has this size, so that moods and the intern's apron fit everybody. */
export const PERSON = { width: 20, height: 28, face: { x: 2, y: 0, w: 16, h: 16 } } as const;

/** `calm` is the drawing itself; the others lie on it. */
export const MOODS = ['calm', 'confident', 'sweating', 'panicking', 'broke'] as const;
export type Mood = (typeof MOODS)[number];

export interface SpriteBook {
  /**
   * By "sheet/sprite". What is not drawn is made up: a person from its id, a pose from "stand", a face in a mood from the
   * shared moods in the person's colours. Throws for any other name.
   */
  get(name: string): Sprite;
  has(name: string): boolean;
}

/** Sheets by name. The sheet `person` is what people without a drawing are made of. */
export function createSpriteBook(sheets: Readonly<Record<string, Sheet>>): SpriteBook {
  const made = new Map<string, Sprite>();
  const find = (name: string): Sprite | null => {
    const known = made.get(name);
    if (known) return known;
    const [sheetName = '', spriteName = ''] = name.split('/');
    const face = faceOf(spriteName);
    const isPerson = face !== null || spriteName === 'stand' || poseRows(spriteName, []) !== null;
    const sheet = sheets[sheetName] ?? (isPerson ? madeUpPerson(sheetName, sheets['person']) : null);
    if (!sheet) return null;
    const moods = sheets['moods'];
    const drawn = sheet.sprites[spriteName] ?? (face ? inMood(face, sheet, moods) : posed(spriteName, sheet));
    if (!drawn) return null;
    const sprite = developed(drawn, face ? { ...moods?.palette, ...sheet.palette } : sheet.palette);
    made.set(name, sprite);
    return sprite;
  };
  return {
    get(name) {
      const sprite = find(name);
      if (!sprite) throw new Error(`no sprite "${name}": draw it in data/sprites/${name.split('/')[0]}.json`);
      return sprite;
    },
    has: (name) => find(name) !== null,
  };
}

interface Face {
  mood: string;
  facing: Facing;
}

/** "panicking", or "panicking-left" for a face that is turned; null for a name that is not a mood. */
function faceOf(name: string): Face | null {
  const [mood = '', way = 'down'] = name.split('-');
  const facing = FACINGS.find((one) => one === way);
  return facing && MOODS.some((one) => one === mood && one !== 'calm') ? { mood, facing } : null;
}

function inMood({ mood, facing }: Face, sheet: Sheet, moods: Sheet | undefined): { rows: string[] } | null {
  const drawn = sheet.sprites[mood] ?? moods?.sprites[mood];
  return drawn ? { rows: faceRows(facing, drawn.rows) } : null;
}

function posed(name: string, { sprites }: Sheet): Sheet['sprites'][string] | null {
  const stand = sprites['stand'];
  const rows = stand ? poseRows(name, stand.rows) : null;
  return rows && { rows };
}

function developed(drawn: Sheet['sprites'][string], palette: Sheet['palette']): Sprite {
  return {
    width: drawn.rows[0]?.length ?? 0,
    height: drawn.rows.length,
    pixels: drawn.rows.map((row) => Array.from(row, (character) => palette[character] ?? null)),
    screen: drawn.screen ?? null,
    sign: drawn.sign ?? null,
    flat: drawn.flat ?? false,
  };
}
