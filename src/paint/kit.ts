/** What pictures are composed with: the sprites, and what the font can say how wide. */
import type { SpriteBook } from './sprites/sprite-book.ts';
import type { Covers, Measure } from './text.ts';

export interface Kit {
  sprites: SpriteBook;
  measure: Measure;
  covers: Covers;
}
