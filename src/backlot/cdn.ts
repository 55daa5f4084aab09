import type { ServerResponse } from 'node:http';
import type { Guild } from './guild/guild.ts';

/** What a browser may show; anything else is offered as a download. */
const SHOWABLE = /^(?:image\/(?:png|gif|jpeg|webp)|video\/(?:mp4|webm)|audio\/(?:mpeg|ogg)|text\/plain)\b/;

/** Serves uploaded files, portraits and emojis below `/cdn/`. Portraits are named with any picture's extension. */
export async function serveCdn(guild: Guild, urlPath: string, response: ServerResponse): Promise<void> {
  const key = urlPath.slice('/cdn/'.length).split('/').map(decode).join('/');
  const file =
    (await guild.files.get(key)) ?? (await guild.files.get(key.replace(/\.(?:png|jpe?g|webp|gif)$/, '')));
  if (file === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  if (file.contentType === 'text/uri-list') {
    response.writeHead(302, { location: file.data.toString() }).end();
    return;
  }
  const isShowable = SHOWABLE.test(file.contentType);
  response.writeHead(200, {
    'content-type': isShowable ? file.contentType : 'application/octet-stream',
    'content-length': file.data.length,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    ...(isShowable ? {} : { 'content-disposition': 'attachment' }),
  });
  response.end(file.data);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A malformed address names no file; the text as it is finds none.
    return segment;
  }
}
