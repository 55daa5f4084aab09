/**
 * Webhooks' tokens at rest: whoever has one can speak in a trader's name. With a key they lie encrypted in the database
 * (AES-256-GCM, bound to room and trader), and a copy of the file without the key is no use to a thief.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { InputError } from '#lib/input-error.ts';

export interface TokenCipher {
  /** `about`: what the token belongs to; it is read back for nothing else. */
  seal(token: string, about: string): string;
  /** A token that was stored in the clear is returned as it is. Throws InputError when the key is missing or another. */
  open(stored: string, about: string): string;
  isSealed(stored: string): boolean;
}

const MARK = 'sealed:1:';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** The same for all shows: the key is what nobody else has. */
const SALT = 'open-outcry webhook tokens';
/** The bot may always read its own webhooks' tokens on Discord, so a lost key costs nothing else. */
const WITHOUT_IT =
  'If that key is lost, start once with npm start -- --forget-webhooks: only the tokens go, and each show asks Discord for them again.';
/** scrypt takes a tenth of a second, and a process opens hundreds of shows with one key. */
const derived = new Map<string, Buffer>();

/** `secret`: DATA_KEY; null stores tokens in the clear. */
export function tokenCipher(secret: string | null, file: string): TokenCipher {
  const isSealed = (stored: string): boolean => stored.startsWith(MARK);
  if (secret === null)
    return {
      isSealed,
      seal: (token) => token,
      open: (stored) => {
        if (!isSealed(stored)) return stored;
        throw new InputError(
          `The webhooks' tokens in ${file} are encrypted; set DATA_KEY to the key that they were stored with. ${WITHOUT_IT}`,
        );
      },
    };
  const key = keyOf(secret);
  return {
    isSealed,
    seal(token, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
      return MARK + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(stored, about) {
      if (!isSealed(stored)) return stored;
      const bytes = Buffer.from(stored.slice(MARK.length), 'base64url');
      try {
        const iv = bytes.subarray(0, IV_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(about));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const sealed = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new InputError(
          `The webhooks' tokens in ${file} were encrypted with another key; set DATA_KEY to that one. ${WITHOUT_IT}`,
          { cause: error },
        );
      }
    },
  };
}

function keyOf(secret: string): Buffer {
  const known = derived.get(secret);
  if (known) return known;
  const key = scryptSync(secret, SALT, KEY_BYTES);
  derived.set(secret, key);
  return key;
}
