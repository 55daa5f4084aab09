/** What an error of a request tells: which refusal it is, and whether the request may nevertheless have been carried out. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { causeChain } from '#lib/error-text.ts';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Somebody moved the webhook to another channel. The line that it spoke there was deleted. */
export class MovedWebhookError extends Error {
  override readonly name = 'MovedWebhookError';
}

/** False when Discord certainly stored nothing: it refused, or the request never reached it. */
export function mayHavePosted(error: unknown): boolean {
  if (error instanceof DiscordAPIError || error instanceof RateLimitError) return false;
  if (error instanceof MovedWebhookError) return false;
  if (error instanceof HTTPError) return true;
  return !neverLeft(error);
}

/** Refused connections and unknown hosts: the request never left this machine. */
function neverLeft(error: unknown): boolean {
  return [...causeChain(error)].some(
    (each) => 'code' in each && typeof each.code === 'string' && UNREACHABLE.has(each.code),
  );
}

export function hasCode(error: unknown, ...codes: number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}
