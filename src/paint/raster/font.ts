/** The font on the pictures: Silkscreen, bundled as an npm package, at the size it is drawn for. */
import { createCanvas, registerFont } from 'canvas';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Covers, Measure } from '../text.ts';

export const FONT = '8px "Open Outcry Silkscreen"';

export interface Font {
  covers: Covers;
  measure: Measure;
  /** Distance from a character to the next in art pixels. */
  advance(character: string): number;
}

export function loadFont(): Font {
  const file = fileURLToPath(
    import.meta.resolve('@expo-google-fonts/silkscreen/400Regular/Silkscreen_400Regular.ttf'),
  );
  const known = charactersOf(readFileSync(file));
  registerFont(file, { family: 'Open Outcry Silkscreen' });
  const context = createCanvas(8, 8).getContext('2d');
  context.font = FONT;
  const advances = new Map<string, number>();
  const advance = (character: string) => {
    const kept = advances.get(character);
    if (kept !== undefined) return kept;
    // The font leaves two pixels between letters. One reads as well, and a line holds a fifth more.
    const width = Math.max(1, Math.round(context.measureText(character).width) - 1);
    advances.set(character, width);
    return width;
  };
  return {
    covers: (character) => known.has(character.codePointAt(0) ?? 0),
    measure: (text) => {
      let width = 0;
      for (const character of text) width += advance(character);
      return Math.max(0, width - 1);
    },
    advance,
  };
}

/**
 * The code points that a TrueType font maps to a glyph, read from its format 4 cmap (OpenType specification, "cmap"):
 * any other character would be drawn with some font of the machine.
 */
export function charactersOf(font: Buffer): Set<number> {
  const table = tableOffset(font, 'cmap');
  for (let index = 0; index < font.readUInt16BE(table + 2); index += 1) {
    const subtable = table + font.readUInt32BE(table + 8 + index * 8);
    if (font.readUInt16BE(subtable) === 4) return segmentsOf(font, subtable);
  }
  throw new Error('the bundled font has no format 4 cmap; reinstall the dependencies with npm ci');
}

function tableOffset(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the bundled font has no ${tag} table; reinstall the dependencies with npm ci`);
}

function segmentsOf(font: Buffer, subtable: number): Set<number> {
  const codePoints = new Set<number>();
  const bytes = font.readUInt16BE(subtable + 6);
  for (let at = 0; at < bytes; at += 2) {
    const end = font.readUInt16BE(subtable + 14 + at);
    const start = font.readUInt16BE(subtable + 16 + bytes + at);
    if (start === 0xffff) continue;
    for (let code = start; code <= end; code += 1) codePoints.add(code);
  }
  return codePoints;
}
