/** What pictures are composed with: the sprites, and what is known of the font. */
import type { SpriteBook } from './sprites/sprite-book.ts';
import type { Covers, Measure } from './text.ts';

export interface Kit {
  sprites: SpriteBook;
  measure: Measure;
  covers: Covers;
  /** A card's English words in its language; absent: they stay English. */
  say?: (text: string) => string;
}
