/** A member as Discord shows one. Messages are sent so that no mention pings; who had the data deleted is nobody to mention. */
import type { Texts } from '../texts/index.ts';

export function mention(member: string, texts: Texts): string {
  return /^\d+$/u.test(member) ? `<@${member}>` : texts.pool.formerMember;
}
