/**
 * Nonces of one show. Discord compares them across all messages of a bot, so two shows, or a show and the one that replaced it,
 * must not share any.
 */
import { randomInt } from 'node:crypto';
import type { KeyValues } from '#show/ports/key-values.ts';

const SALT_KEY = 'nonce-salt';
/** Discord accepts 25 characters. */
const NONCE_MAX = 25;

export function nonces(keyValues: KeyValues): (what: string, n: number) => string {
  const salt = keyValues.get(SALT_KEY) ?? randomInt(36 ** 7, 36 ** 8).toString(36);
  keyValues.set(SALT_KEY, salt);
  return (what, n) => {
    const nonce = `${salt}.${what}${n.toString(36)}`;
    if (nonce.length > NONCE_MAX) throw new Error(`nonce ${nonce} is longer than Discord accepts`);
    return nonce;
  };
}
