/**
 * AutoMod sees neither bots nor webhooks, so the show has its own short list, applied to a producer's text on the way in
 * and to every model's line on the way out: invites, links, and slurs in their usual disguises. Words are in
 * data/blocklist.json.
 */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readJsonFile } from '#lib/text-file.ts';
import { plainText } from './sanitise.ts';

export const blocklistSchema = z.strictObject({
  about: z.string(),
  /** Regular expressions without flags, tried on the text in lower case. */
  patterns: z.array(z.string().min(3).refine(isPattern, 'must be a regular expression')),
  /** Letters only. Matched as whole words, with repeated letters and digits for letters. */
  words: z.array(z.string().regex(/^[a-z]{3,}$/, 'must be three letters from a to z or more')),
});

interface Blocklist {
  patterns: readonly RegExp[];
  slurs: readonly RegExp[];
}

const FILE = fileURLToPath(new URL('../../../data/blocklist.json', import.meta.url));
let list: Blocklist | null = null;

/** Read when it is first needed: the start of the show has reported a broken file by then. */
function blocklist(): Blocklist {
  if (list) return list;
  const { patterns, words } = blocklistSchema.parse(readJsonFile(FILE));
  list = {
    patterns: patterns.map((pattern) => new RegExp(pattern, 'u')),
    slurs: words.map((slur) => new RegExp(`\\b${slur.replaceAll(/[a-z]/gu, '$&+')}(?:e?s)?\\b`, 'u')),
  };
  return list;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false; // RegExp throws when the pattern is wrong
  }
}

const DISGUISES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
/** Longer than any text that is checked. */
const CHECKED_GRAPHEMES = 4_000;

/** True when the text must not be shown. */
export function isBlocked(text: string): boolean {
  const lower = plainText(text, CHECKED_GRAPHEMES).normalize('NFKC').toLowerCase();
  if (blocklist().patterns.some((pattern) => pattern.test(lower))) return true;
  const bare = lower.normalize('NFD').replace(/\p{M}/gu, '');
  const undisguised = bare.replace(/[013457@$!]/gu, (char) => DISGUISES[char] ?? char);
  // "s l u r" and "s.l.u.r" read as one word.
  const joined = undisguised.replace(/\b(\p{L})(?:[\s._*-]+(?=\p{L}\b))/gu, '$1');
  return [bare, undisguised, joined].some((variant) => blocklist().slurs.some((slur) => slur.test(variant)));
}
