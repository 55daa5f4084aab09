import { readFile, realpath } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

const PAGE_FOLDER = path.join(import.meta.dirname, 'page');
const MODULES_FOLDER = path.resolve(import.meta.dirname, '../../node_modules');

/** The only packages whose files the page can load; each with what it needs itself. */
const PAGE_PACKAGES: readonly string[] = [
  '@skyra/discord-components-core',
  '@lit/context',
  '@lit/reactive-element',
  '@lit-labs/ssr-dom-shim',
  'lit',
  'lit-element',
  'lit-html',
  '@expo-google-fonts/pixelify-sans',
  '@expo-google-fonts/silkscreen',
];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Serves the page, and below `/modules/<package>/` the files of the packages that it uses. */
export async function serveStatic(urlPath: string, response: ServerResponse): Promise<void> {
  const file = locate(urlPath);
  const contentType = file === undefined ? undefined : CONTENT_TYPES[path.extname(file.name)];
  const data =
    file === undefined || contentType === undefined ? undefined : await readInside(file.root, file.name);
  if (data === undefined || contentType === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': data.length,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  });
  response.end(data);
}

function locate(urlPath: string): { root: string; name: string } | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    // A malformed address names no file.
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  if (!decoded.startsWith('/modules/')) {
    return { root: PAGE_FOLDER, name: decoded === '/' ? 'index.html' : decoded.slice(1) };
  }
  const wanted = decoded.slice('/modules/'.length);
  const owner = PAGE_PACKAGES.find((each) => wanted.startsWith(`${each}/`));
  if (owner === undefined) return undefined;
  return { root: path.join(MODULES_FOLDER, owner), name: wanted.slice(owner.length + 1) };
}

/** The file's bytes; undefined when it is missing or, links followed, not inside its folder. */
async function readInside(root: string, name: string): Promise<Buffer | undefined> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path.join(root, name))]);
    return real.startsWith(realRoot + path.sep) ? await readFile(real) : undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
