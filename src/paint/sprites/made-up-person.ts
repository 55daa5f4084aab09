/** A person for an id that nobody has drawn yet: the id decides on hair, skin and clothes. */
import type { Sheet } from './sheet.ts';

const HAIR = ['#1d1b26', '#5a3a22', '#a4532a', '#e0b04c', '#8d99ae', '#b5179e', '#2a9d8f'];
const SKIN = [
  ['#f6c79f', '#d99a73'],
  ['#e0a878', '#b97f52'],
  ['#b5764a', '#8c5632'],
  ['#7a4a2e', '#5a3420'],
] as const;
const CLOTHES = [
  ['#e63946', '#a4212d'],
  ['#3a86ff', '#1c4fa8'],
  ['#2a9d8f', '#1b6a60'],
  ['#8338ec', '#5a1fae'],
  ['#f77f00', '#b35c00'],
  ['#6c757d', '#495057'],
] as const;

/** Null without the parts that a person is made of. */
export function madeUpPerson(id: string, parts: Sheet | undefined): Sheet | null {
  const bald = parts?.sprites['stand'];
  if (!parts || !bald) return null;
  const hairs = Object.keys(parts.sprites).filter((name) => name.startsWith('hair-'));
  let hash = hashOf(id);
  const pick = <T>(choices: readonly T[]): T | undefined => {
    const chosen = choices[hash % choices.length];
    hash = Math.floor(hash / Math.max(1, choices.length));
    return chosen;
  };
  const hair = parts.sprites[pick(hairs) ?? ''];
  const hairColor = pick(HAIR);
  const skin = pick(SKIN);
  const clothes = pick(CLOTHES);
  return {
    palette: {
      ...parts.palette,
      ...(hairColor && { h: hairColor, H: hairColor }),
      ...(skin && { s: skin[0], S: skin[1] }),
      ...(clothes && { c: clothes[0], C: clothes[1] }),
    },
    sprites: { stand: { rows: bald.rows.map((row, y) => laidOver(row, hair?.rows[y])) } },
  };
}

function laidOver(under: string, over: string | undefined): string {
  return Array.from(under, (character, x) => {
    const above = over?.[x];
    return above !== undefined && above !== '.' ? above : character;
  }).join('');
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
