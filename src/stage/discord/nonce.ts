/**
 * Nonces of one show: Discord compares them over all of a bot's messages, so rows of two shows, or of a show and one that
 * was begun anew, must not share any.
 */
import { randomInt } from 'node:crypto';
import type { Notes } from '#show/ports/ports.ts';

const SALT_NOTE = 'nonce-salt';
/** Discord takes 25 characters. */
const NONCE_MAX = 25;

export function nonces(notes: Notes): (what: string, n: number) => string {
  const salt = notes.get(SALT_NOTE) ?? randomInt(36 ** 7, 36 ** 8).toString(36);
  notes.set(SALT_NOTE, salt);
  return (what, n) => {
    const nonce = `${salt}.${what}${n.toString(36)}`;
    if (nonce.length > NONCE_MAX) throw new Error(`nonce ${nonce} is longer than Discord takes`);
    return nonce;
  };
}
