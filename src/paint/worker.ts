/**
 * The process that draws. It answers each job with a picture or with what went wrong, and ends with the painter:
 * nothing but the channel between them keeps it alive.
 */
import { errorText } from '#lib/error-text.ts';
import { createRenderer } from './raster/canvas.ts';
import { cardPicture } from './cards/cards.ts';
import type { Picture } from './draw-list.ts';
import { loadFont } from './raster/font.ts';
import { createGif } from './raster/gif.ts';
import { createGlyphs } from './raster/glyphs.ts';
import { FRAME } from './layout.ts';
import type { PaintJob, PaintResult, PaintConfig, PaintRequest } from './protocol.ts';
import { blankRaster, createPlotter, type Plotter } from './raster/raster.ts';
import { roundFrames, type Frame } from './scenes/round-scene.ts';
import { floorPicture, portraitPicture, type Kit } from './scenes/scene.ts';
import { readSheets } from './sprite-files.ts';
import { createSpriteBook } from './sprites.ts';

const FILM_PLAYS = 2;

type Draw = (request: PaintRequest) => Uint8Array;

let draw: Draw | null = null;

process.on('message', (job: PaintJob) => {
  process.send?.(answer(job));
});

function answer({ id, config, request }: PaintJob): PaintResult {
  try {
    draw ??= open(config);
    return { id, picture: draw(request) };
  } catch (error) {
    return { id, error: errorText(error) };
  }
}

function open(config: PaintConfig): Draw {
  const sprites = createSpriteBook(readSheets(config.spritesDir, config.people));
  const font = loadFont();
  const easel = createRenderer(sprites, font);
  const kit = { sprites, ...font };
  const plotter = createPlotter(sprites, createGlyphs(font));
  return (request) =>
    request.kind === 'round'
      ? filmOf(roundFrames(request.view, config.office, kit), plotter)
      : easel.png(pictureOf(request, config, kit));
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

function pictureOf(
  request: Exclude<PaintRequest, { kind: 'round' }>,
  { office }: PaintConfig,
  kit: Kit,
): Picture {
  switch (request.kind) {
    case 'floor':
      return floorPicture(request.view, office, kit);
    case 'card':
      return cardPicture(request.view, kit);
    case 'portrait':
      return portraitPicture(request.sprite, request.color);
    default:
      return request satisfies never;
  }
}
