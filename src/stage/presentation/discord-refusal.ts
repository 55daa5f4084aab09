/** What Discord refused, in its own words, and what a person can do about it. */
import type { DiscordAPIError } from 'discord.js';
import type { Wording } from './wording.ts';

const WHY_MAX = 200;

export function discordRefusal(error: DiscordAPIError, wording: Wording): { why: string; cure: string } {
  const { cures } = wording.texts;
  const known = Object.entries(cures).find(([code]) => code === String(error.code));
  // Some of Discord's messages end in a full stop, and what is wrong with a form is listed on several lines.
  const why = wording.shown(error.message.replaceAll(/\s+/gu, ' ').replace(/\.$/u, ''), WHY_MAX);
  return { why: `${why} (${error.code})`, cure: known?.[1] ?? cures.otherwise };
}
