import { existsSync, realpathSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { systemCode } from './backlot-error.ts';

const PAGE_FOLDER = path.join(import.meta.dirname, 'page');
/**
 * The only packages whose files the page can load. Each is found by the package that depends on it, as package managers
 * may put it where only that one sees it.
 */
const PAGE_PACKAGES: Readonly<Record<string, string | undefined>> = {
  '@skyra/discord-components-core': undefined,
  '@lit/context': '@skyra/discord-components-core',
  lit: undefined,
  'lit-element': 'lit',
  'lit-html': 'lit',
  '@lit/reactive-element': 'lit',
};

/** Folders of packages that were found once. */
const packageFolders = new Map<string, string>();

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
  const owner = Object.keys(PAGE_PACKAGES).find((each) => wanted.startsWith(`${each}/`));
  const root = owner === undefined ? undefined : packageFolder(owner);
  if (owner === undefined || root === undefined) return undefined;
  return { root, name: wanted.slice(owner.length + 1) };
}

/** Where a package lies, links followed; undefined when it is not installed. */
function packageFolder(name: string): string | undefined {
  const known = packageFolders.get(name);
  if (known !== undefined) return known;
  const dependent = PAGE_PACKAGES[name];
  const from = dependent === undefined ? import.meta.dirname : packageFolder(dependent);
  if (from === undefined) return undefined;
  const folders = createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = folders.map((each) => path.join(each, name)).find((each) => existsSync(each));
  if (found === undefined) return undefined;
  const real = realpathSync(found);
  packageFolders.set(name, real);
  return real;
}

/** The file's bytes; undefined when it is missing or, links followed, not inside its folder. */
async function readInside(root: string, name: string): Promise<Buffer | undefined> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path.join(root, name))]);
    return real.startsWith(realRoot + path.sep) ? await readFile(real) : undefined;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code)) return undefined;
    throw error;
  }
}
