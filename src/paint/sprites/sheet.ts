/**
 * A sheet of sprites: pictures written as text. It is one JSON file with a palette (a character for each colour) and named
 * sprites (rows of those characters; "." is see-through).
 */
import { z } from 'zod';

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
    /** Where something is written or lit that everybody should see. Name tags and bubbles keep off it. */
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
export type Part = z.infer<typeof partSchema>;
