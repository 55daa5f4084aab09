/**
 * What outlives a member's data: that there was a welcome, and when the last bailout was. It is kept under a hash with the show's
 * own random salt, so that it names nobody and differs from show to show.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { ChipStore, ChipTransaction, FormerMember } from '../ports/chips.ts';
import type { KeyValues } from '../ports/key-values.ts';

const SALT_KEY = 'former-members-salt';

export class FormerMembers {
  readonly #chips: ChipStore;
  readonly #keyValues: KeyValues;

  constructor(chips: ChipStore, keyValues: KeyValues) {
    this.#chips = chips;
    this.#keyValues = keyValues;
  }

  /** Null for a member who never deleted any data. */
  find(member: string): FormerMember | null {
    const salt = this.#keyValues.get(SALT_KEY);
    return salt === null ? null : this.#chips.formerMember(hashOf(member, salt));
  }

  remember(tx: ChipTransaction, member: string, what: FormerMember): void {
    const salt = this.#keyValues.get(SALT_KEY) ?? randomBytes(32).toString('hex');
    this.#keyValues.set(SALT_KEY, salt);
    tx.rememberFormer(hashOf(member, salt), what);
  }
}

/** Whom a show remembers without a name. */
export interface Deleted {
  /** Null where nobody ever deleted any data. */
  salt: string | null;
  hashes: readonly string[];
}

export function deletedIn(show: {
  keyValues: Pick<KeyValues, 'get'>;
  formerMembers: ChipStore['formerMembers'];
}): Deleted {
  return { salt: show.keyValues.get(SALT_KEY), hashes: show.formerMembers() };
}

/** Who, by name, deleted their data in a show after a copy of it was made that remembers only these. */
export function deletedSince(
  { salt, hashes }: Deleted,
  ofCopy: readonly string[],
): (member: string) => boolean {
  const since = new Set(hashes).difference(new Set(ofCopy));
  return (member) => salt !== null && since.has(hashOf(member, salt));
}

function hashOf(member: string, salt: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(member).digest('base64url');
}
