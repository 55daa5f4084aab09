/**
 * The process that draws. It answers each commission with a PNG or with what went wrong, and ends with the painter:
 * nothing but the channel between them keeps it alive.
 */
import { createEasel } from './canvas.ts';
import { cardPicture } from './cards.ts';
import type { Picture } from './draw-list.ts';
import { loadFont } from './font.ts';
import type { Commission, Delivery, Studio, Wish } from './protocol.ts';
import { floorPicture, portraitPicture, type Kit } from './scene.ts';
import { readSheets } from './sprite-files.ts';
import { createSpriteBook } from './sprites.ts';

type Draw = (wish: Wish) => Uint8Array;

let draw: Draw | null = null;

process.on('message', (commission: Commission) => {
  process.send?.(deliver(commission));
});

function deliver({ id, studio, wish }: Commission): Delivery {
  try {
    draw ??= open(studio);
    return { id, png: draw(wish) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function open(studio: Studio): Draw {
  const sprites = createSpriteBook(readSheets(studio.spritesDir, studio.people));
  const font = loadFont();
  const easel = createEasel(sprites, font);
  const kit = { sprites, ...font };
  return (wish) => easel.png(pictureOf(wish, studio, kit));
}

function pictureOf(wish: Wish, { office }: Studio, kit: Kit): Picture {
  switch (wish.kind) {
    case 'floor':
      return floorPicture(wish.view, office, kit);
    case 'card':
      return cardPicture(wish.view, kit);
    case 'portrait':
      return portraitPicture(wish.sprite, wish.color);
    default:
      return wish satisfies never;
  }
}
