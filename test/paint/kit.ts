/** What scenes are drawn with in tests: the shipped sprites, and a font whose widths are the same on every machine. */
import { fileURLToPath } from 'node:url';
import type { Kit } from '#paint/kit.ts';
import { readSheets } from '#paint/sprites/sprite-files.ts';
import { createSpriteBook } from '#paint/sprites/sprite-book.ts';
import { content } from '#test/support/floor.ts';

export const SPRITES_DIR = fileURLToPath(new URL('../../data/sprites', import.meta.url));

export const measure = (text: string): number =>
  Math.max(
    0,
    Array.from(text, (character): number => (/[ .,'!:;|iI1]/.test(character) ? 3 : 5)).reduce(
      (a, b) => a + b,
      -1,
    ),
  );

export const kit: Kit = {
  sprites: createSpriteBook(
    readSheets(
      SPRITES_DIR,
      content.cast.map((persona) => persona.sprite),
    ),
  ),
  measure,
  covers: (character) => /^[\x20-\x7e\u00a1-\u00ff]$/.test(character),
};
