/**
 * Sprites: pictures written as text. A sheet is one JSON file with a palette (a character for a colour) and named sprites
 * (rows of those characters; "." is see-through). Pure: reading the files is sprite-files.ts's work.
 */
import { z } from 'zod';
import { madeUpPerson } from './person.ts';
import { faceRows, FACINGS, poseRows, type Facing } from './scenes/poses.ts';

const CLEAR = '.';

const partSchema = z.strictObject({
  x: z.number().int().min(0),
  y: z.number().int().min(0),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});

const spriteSchema = z
  .strictObject({
    rows: z.array(z.string().min(1)).min(1).max(64),
    /** Where a screen or a pane is: the scene draws on it. */
    screen: partSchema.optional(),
    /** Where something is written or lit that everybody should see: name tags and bubbles keep off it. */
    sign: partSchema.optional(),
    /** Lies on the floor: never hides a trader. */
    flat: z.boolean().optional(),
  })
  .refine((sprite) => sprite.rows.every((row) => row.length === sprite.rows[0]?.length), {
    message: 'rows must be equally long',
  });

export const sheetSchema = z
  .strictObject({
    palette: z.record(
      z.string().regex(/^[^.]$/, 'one character, not "."'),
      z.string().regex(/^#[0-9a-f]{6}$/),
    ),
    sprites: z.record(z.string().regex(/^[A-Za-z0-9]+(-[a-z0-9]+)*$/), spriteSchema),
  })
  .superRefine((sheet, context) => {
    for (const [name, sprite] of Object.entries(sheet.sprites)) {
      const unknown = Array.from(sprite.rows.join('')).find(
        (c) => c !== CLEAR && sheet.palette[c] === undefined,
      );
      if (unknown === undefined) continue;
      context.addIssue({
        code: 'custom',
        message: `sprite "${name}" uses "${unknown}", which the palette lacks`,
      });
    }
  });
export type Sheet = z.infer<typeof sheetSchema>;

export interface Sprite {
  width: number;
  height: number;
  /** #rrggbb by row and column, null where see-through. */
  pixels: readonly (readonly (string | null)[])[];
  screen: z.infer<typeof partSchema> | null;
  sign: z.infer<typeof partSchema> | null;
  flat: boolean;
}

/** Every person's drawing has this size, so that moods and the intern's apron fit everybody. */
export const PERSON = { width: 20, height: 28, face: { x: 2, y: 0, w: 16, h: 16 } } as const;

/** `calm` is the drawing itself; the others lie on it. */
export const MOODS = ['calm', 'confident', 'sweating', 'panicking', 'broke'] as const;
export type Mood = (typeof MOODS)[number];

export interface SpriteBook {
  /**
   * By "sheet/sprite". A person without a sheet is made up from the id, a pose from "stand", a face in a mood that the
   * person has no drawing of from the house's moods in the person's colours. Throws for any other name.
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
    const house = sheets['moods'];
    const drawn = sheet.sprites[spriteName] ?? (face ? inMood(face, sheet, house) : posed(spriteName, sheet));
    if (!drawn) return null;
    const sprite = developed(drawn, face ? { ...house?.palette, ...sheet.palette } : sheet.palette);
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

/** "panicking", or "panicking-left" for a face that is turned; null for a name that is no mood. */
function faceOf(name: string): Face | null {
  const [mood = '', way = 'down'] = name.split('-');
  const facing = FACINGS.find((one) => one === way);
  return facing && MOODS.some((one) => one === mood && one !== 'calm') ? { mood, facing } : null;
}

function inMood({ mood, facing }: Face, sheet: Sheet, house: Sheet | undefined): { rows: string[] } | null {
  const drawn = sheet.sprites[mood] ?? house?.sprites[mood];
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
