/** A member as Discord shows one. No mention in a message pings. Whoever had their data deleted is not mentioned by name. */
import type { Texts } from '../texts/index.ts';

export function mention(member: string, texts: Texts): string {
  return /^\d+$/u.test(member) ? `<@${member}>` : texts.pool.formerMember;
}
