/** A file that a member attached to a command: fetched from Discord's own servers, and no further than its size is allowed. */
import { InputError } from '#lib/input-error.ts';
import type { AttachedFile } from '../interactions/attached-file.ts';

const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const TIME_LIMIT_MS = 10_000;

/**
 * `cdn`: another server that files may come from, where the bot has one. Rejects with InputError when the file comes from
 * elsewhere, is larger than it said or than `mostBytes`, or does not come.
 */
export async function download(file: AttachedFile, mostBytes: number, cdn?: string): Promise<Uint8Array> {
  const url = new URL(file.url);
  const isDiscords = url.protocol === 'https:' && HOSTS.has(url.hostname);
  if (!isDiscords && (cdn === undefined || url.origin !== new URL(cdn).origin))
    throw new InputError(`the file lies on ${url.host}, not on Discord; attach it again`);
  const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS), redirect: 'error' });
  if (!response.ok || response.body === null)
    throw new InputError(`Discord does not give the file out (${response.status}); attach it again`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    if (length > mostBytes) throw new InputError(`the file is larger than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
