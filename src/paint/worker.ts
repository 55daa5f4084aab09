/**
 * The process that draws. Its first message holds the settings, which are the same for all of its pictures. Every later
 * message is a job, and it sends back the picture or what went wrong. It ends with the painter: nothing but the channel
 * between them keeps it alive.
 */
import { errorText } from '#lib/error-text.ts';
import { cardPicture } from './cards/cards.ts';
import type { Picture } from './draw-list.ts';
import type { Kit } from './kit.ts';
import { FRAME } from './layout.ts';
import type { PaintConfig, PaintJob, PaintRequest, PaintResult } from './protocol.ts';
import { loadFont } from './raster/font.ts';
import { createGif } from './raster/gif.ts';
import { createGlyphs } from './raster/glyphs.ts';
import { encodePng } from './raster/png.ts';
import { blankRaster, createRenderer, type Renderer } from './raster/renderer.ts';
import { figuresOn } from './scenes/figures.ts';
import { roundFrames, settledFigures, type Frame } from './scenes/round-scene.ts';
import { floorPicture, portraitPicture } from './scenes/scene.ts';
import { spotsComment } from './spots.ts';
import { createSpriteBook } from './sprites/sprite-book.ts';
import { readSheets } from './sprites/sprite-files.ts';

const FILM_PLAYS = 2;

type Draw = (request: PaintRequest) => Uint8Array;

process.once('message', (config: PaintConfig) => {
  let draw: Draw | null = null;
  process.on('message', ({ id, request }: PaintJob) => {
    let result: PaintResult;
    try {
      draw ??= open(config);
      result = { id, picture: draw(request) };
    } catch (error) {
      result = { id, error: errorText(error) };
    }
    process.send?.(result);
  });
});

function open(config: PaintConfig): Draw {
  const sprites = createSpriteBook(readSheets(config.spritesDir, config.people));
  const font = loadFont();
  const kit = { sprites, ...font };
  const renderer = createRenderer(sprites, createGlyphs(font));
  const { office } = config;
  return (request) => {
    if (request.kind === 'round') {
      const comment = spotsComment(settledFigures(request.view, office));
      return filmOf(roundFrames(request.view, office, kit), renderer, comment);
    }
    const comment = request.kind === 'floor' ? spotsComment(figuresOn(request.view, office)) : undefined;
    return stillOf(pictureOf(request, config, kit), renderer, comment);
  };
}

function stillOf(picture: Picture, renderer: Renderer, comment: string | undefined): Uint8Array {
  const raster = blankRaster(picture);
  renderer.draw(picture, raster);
  return encodePng(raster, picture.scale, comment);
}

/** When the film has been played, its last frame stays. */
function filmOf(frames: Iterable<Frame>, renderer: Renderer, comment: string): Uint8Array {
  const gif = createGif({ scale: FRAME.scale, plays: FILM_PLAYS, comment });
  const raster = blankRaster(FRAME);
  for (const { picture, delayMs } of frames) {
    renderer.draw(picture, raster);
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
