/** The colours that all pictures share. */

export const INK = '#17141f';
export const PAPER = '#ffffff';
export const SUN = '#ffd23f';
/** For units, keys and notes. */
export const QUIET = '#6c757d';
export const UP = '#12924f';
export const DOWN = '#d62839';
/** Thin lines behind a chart. */
export const GRID = '#17141f26';

export function changeColor(value: number): string {
  return value === 0 ? QUIET : value > 0 ? UP : DOWN;
}

/** Black or white, whichever reads better on `color` (#rrggbb). */
export function inkOn(color: string): string {
  const value = Number.parseInt(color.slice(1), 16);
  const luminance = 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255);
  return luminance > 125 ? INK : PAPER;
}
