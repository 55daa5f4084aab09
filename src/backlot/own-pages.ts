import type { ServerResponse } from 'node:http';

/** A page of whoever opens the backlot, served below `/own/` and linked beside the channels. It is a whole document. */
export interface OwnPage {
  /** Of the address: lower case letters, digits, dashes. */
  id: string;
  title: string;
  /** Asked for each time that it is shown. It may hold styles and pictures within itself, no scripts. */
  html: () => string;
}

const PREFIX = '/own/';
const LIST = `${PREFIX}pages.json`;
const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Answers for an address below `/own/`; false for any other. */
export function serveOwn(pages: readonly OwnPage[], path: string, response: ServerResponse): boolean {
  if (!path.startsWith(PREFIX)) return false;
  if (path === LIST) {
    const list = pages.map(({ id, title }) => ({ id, title }));
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(list));
    return true;
  }
  const page = pages.find(({ id }) => path === `${PREFIX}${id}`);
  if (!page) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return true;
  }
  response
    .writeHead(200, {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    })
    .end(page.html());
  return true;
}
