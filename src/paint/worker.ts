/**
 * The process that draws. It answers each commission with a picture or with what went wrong, and ends with the painter:
 * nothing but the channel between them keeps it alive.
 */
import { createEasel } from './raster/canvas.ts';
import { cardPicture } from './cards/cards.ts';
import type { Picture } from './draw-list.ts';
import { loadFont } from './raster/font.ts';
import { createGif } from './raster/gif.ts';
import { createGlyphs } from './raster/glyphs.ts';
import { FRAME } from './layout.ts';
import type { Commission, Delivery, Studio, Wish } from './protocol.ts';
import { blankRaster, createPlotter, type Plotter } from './raster/raster.ts';
import { roundFrames, type Frame } from './scenes/round-scene.ts';
import { floorPicture, portraitPicture, type Kit } from './scenes/scene.ts';
import { readSheets } from './sprite-files.ts';
import { createSpriteBook } from './sprites.ts';

const FILM_PLAYS = 2;

type Draw = (wish: Wish) => Uint8Array;

let draw: Draw | null = null;

process.on('message', (commission: Commission) => {
  process.send?.(deliver(commission));
});

function deliver({ id, studio, wish }: Commission): Delivery {
  try {
    draw ??= open(studio);
    return { id, picture: draw(wish) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function open(studio: Studio): Draw {
  const sprites = createSpriteBook(readSheets(studio.spritesDir, studio.people));
  const font = loadFont();
  const easel = createEasel(sprites, font);
  const kit = { sprites, ...font };
  const plotter = createPlotter(sprites, createGlyphs(font));
  return (wish) =>
    wish.kind === 'round'
      ? filmOf(roundFrames(wish.view, studio.office, kit), plotter)
      : easel.png(pictureOf(wish, studio, kit));
}

/** The last frame stays when the film has been played. */
function filmOf(frames: Iterable<Frame>, plotter: Plotter): Uint8Array {
  const gif = createGif({ scale: FRAME.scale, plays: FILM_PLAYS });
  const raster = blankRaster(FRAME);
  for (const { picture, delayMs } of frames) {
    plotter.plot(picture, raster);
    gif.add(raster, delayMs);
  }
  return gif.finish();
}

function pictureOf(wish: Exclude<Wish, { kind: 'round' }>, { office }: Studio, kit: Kit): Picture {
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
