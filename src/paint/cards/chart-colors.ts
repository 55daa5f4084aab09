/**
 * Colours that stay apart for everybody. What deuteranopes see is simulated after Viénot, Brettel & Mollon, "Digital
 * video colourmaps for checking the legibility of displays by dichromats" (1999); the palette is Okabe & Ito's.
 */
import { PAPER } from '../colors.ts';

type Rgb = readonly [number, number, number];

/** In the order in which series take them. */
export const SERIES_COLORS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#17141f',
  '#690000',
  '#7d5a00',
  '#000087',
] as const;

/** Tech, Crypto, Bonds, whatever comes after. */
export const INSTRUMENT_COLORS: Readonly<Record<string, string>> = {
  Tech: '#0072b2',
  Crypto: '#e69f00',
  Bonds: '#17141f',
};

/** CIE76 distance that two lines must keep, with full sight and with deuteranopia. */
export const APART = 16;
const TINT = 0.26;

/** The wished colours; a colour that is too near to an earlier one is replaced by another. */
export function distinctColors(wished: readonly string[]): string[] {
  const taken: string[] = [];
  for (const wish of wished) {
    const candidates = [wish, ...SERIES_COLORS];
    const free = candidates.find((color) => taken.every((other) => distance(color, other) >= APART));
    taken.push(free ?? wish);
  }
  return taken;
}

/** The lesser of the CIE76 distances for full sight and for deuteranopia. */
export function distance(a: string, b: string): number {
  const [first, second] = [linear(a), linear(b)];
  return Math.min(
    difference(lab(first), lab(second)),
    difference(lab(asDeuteranope(first)), lab(asDeuteranope(second))),
  );
}

/** A background: the colour is thinned with paper, so that lines and labels keep their contrast. */
export function tint(color: string, share = TINT): string {
  const [base, top] = [channels(PAPER), channels(color)];
  const mixed = base.map((value, index) => Math.round(value + ((top[index] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function linear(color: string): Rgb {
  const [r, g, b] = channels(color);
  const one = (value: number) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return [one(r), one(g), one(b)];
}

/** Viénot's matrices through LMS, multiplied out, for linear sRGB. */
function asDeuteranope([r, g, b]: Rgb): Rgb {
  const red = 0.29275 * r + 0.70725 * g;
  return [red, red, -0.02234 * r + 0.02234 * g + b];
}

/** CIE L*a*b* under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function difference(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
