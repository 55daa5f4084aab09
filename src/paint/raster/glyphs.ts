/** The letters of the bundled font as pixels, each read from the canvas once. */
import { createCanvas } from 'canvas';
import { FONT, type Font } from './font.ts';
import { CAPITAL } from '../layout.ts';
import type { Glyph, Glyphs } from './renderer.ts';

const SIDE = 24;
const ORIGIN = 6;
const HALF_SEEN = 128;

export function createGlyphs(font: Font): Glyphs {
  const canvas = createCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  context.antialias = 'none';
  context.textBaseline = 'alphabetic';
  context.font = FONT;
  const known = new Map<string, Glyph>();
  const read = (character: string): Glyph => {
    context.clearRect(0, 0, SIDE, SIDE);
    // The font's letters begin one pixel in.
    context.fillText(character, ORIGIN - 1, ORIGIN + CAPITAL);
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    const pixels = Array.from({ length: SIDE * SIDE }, (_, at) => at)
      .filter((at) => (data[at * 4 + 3] ?? 0) >= HALF_SEEN)
      .map((at) => ({ x: (at % SIDE) - ORIGIN, y: Math.floor(at / SIDE) - ORIGIN }));
    return { pixels, advance: font.advance(character) };
  };
  return (character) => {
    const glyph = known.get(character) ?? read(character);
    known.set(character, glyph);
    return glyph;
  };
}
