/**
 * What content a run is played with. `shipped`: the show's own, which the pocket model was trained on and prompts were tuned on.
 * `held-out`: other traders, rooms, headlines and markets, which nothing was trained on or tuned to. It is sealed: whoever changes
 * a word of it makes another benchmark, with another name.
 */
import { fileURLToPath } from 'node:url';
import { loadContent, loadUnseen } from '#app/content.ts';
import type { Content } from '#core/content.ts';
import { InputError } from '#lib/input-error.ts';
import { contentHash } from '#show/hash.ts';

export const SPLITS = ['shipped', 'held-out'] as const;
export type Split = (typeof SPLITS)[number];

/** Hex SHA-256 of the held-out content; the first twelve digits are its name in a report. */
export const HELD_OUT_SEAL = '99a45042d67a2c8fa0e0ee12ade39b13c7f425b79e852fad6aaa255eb636456f';
const FOLDER = fileURLToPath(new URL('../../../data/lab/held-out', import.meta.url));
const NAME_DIGITS = 12;

/** Rejects a name that is no split, and a held-out split that is not the sealed one, with an InputError. */
export function splitContent(split: string): Content {
  if (split === 'shipped') return loadContent();
  if (!isHeldOut(split)) throw new InputError(`there is no split "${split}"; allowed: ${SPLITS.join(', ')}`);
  const content = loadUnseen(FOLDER);
  const hash = contentHash(content);
  if (hash !== HELD_OUT_SEAL || (split !== 'held-out' && split !== splitName('held-out')))
    throw new InputError(
      `data/lab/held-out: is not the split that was sealed (hash ${hash.slice(0, NAME_DIGITS)}, not ${split === 'held-out' ? HELD_OUT_SEAL.slice(0, NAME_DIGITS) : split.slice('held-out-'.length)}); check its files out again`,
    );
  return content;
}

/** As a report names it: `shipped`, or `held-out-` and the seal. */
export function splitName(split: Split): string {
  return split === 'shipped' ? split : `${split}-${HELD_OUT_SEAL.slice(0, NAME_DIGITS)}`;
}

function isHeldOut(split: string): boolean {
  return split === 'held-out' || split.startsWith('held-out-');
}
