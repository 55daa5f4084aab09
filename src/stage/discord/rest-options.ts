/** How long requests to Discord wait: for a reply, for a rate limit. */
import { DefaultRestOptions, type RateLimitData, type RESTOptions } from 'discord.js';

export interface RestSettings {
  /** Another API than Discord's own, such as `http://127.0.0.1:4000/api`. */
  api?: string | undefined;
  cdn?: string | undefined;
  /** Requests a second. Default: 50, Discord's limit for a bot; a server of one's own may allow more. */
  requestsPerSecond?: number | undefined;
  /** How long to wait for a reply. Default: discord.js's own 15 s. */
  answerWithinMs?: number | undefined;
}

const COSMETIC_WAIT_MS = 2_000;
/** The publisher itself tries again a post that is held back longer than this: it may have better things to do meanwhile. */
const POST_WAIT_MS = 15_000;

export function restOptions({
  api,
  cdn,
  requestsPerSecond,
  answerWithinMs,
}: RestSettings): Partial<RESTOptions> {
  return {
    ...(api !== undefined && { api }),
    ...(cdn !== undefined && { cdn }),
    ...(requestsPerSecond !== undefined && { globalRequestsPerSecond: requestsPerSecond }),
    ...(answerWithinMs !== undefined && { timeout: answerWithinMs }),
    rejectOnRateLimit: isNotWorthWaiting,
    makeRequest: wholeRequest,
  };
}

/** The wait for a rate limit cannot be called off: what is only nice to have does not wait, and a post waits only a while. */
function isNotWorthWaiting({ method, route, retryAfter }: RateLimitData): boolean {
  const isPost = method === 'POST' && /\/messages$|^\/webhooks\//u.test(route);
  return retryAfter > (isPost ? POST_WAIT_MS : isCosmetic(method, route) ? COSMETIC_WAIT_MS : Infinity);
}

function isCosmetic(method: string, route: string): boolean {
  switch (method) {
    case 'DELETE':
      return route.includes('/reactions') || route.includes('/pins');
    case 'PUT':
      return route.includes('/pins');
    case 'POST':
      return route.endsWith('/typing');
    case 'PATCH':
      // A board is edited again before long. The reply to an interaction is on another route, and waits.
      // Nor does the show wait ten minutes for a channel's topic.
      return route === '/channels/:id' || /^\/channels\/.*\/messages\/:id$/u.test(route);
    default:
      return false;
  }
}

/**
 * Files are sent as one block: where a connection is cut while undici still reads a form, it throws where nobody can catch it
 * ("ReadableStream is already closed"), and the process ends.
 */
const wholeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return await DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const headers = {
    ...(init.headers as Record<string, string>),
    'Content-Type': form.headers.get('Content-Type') ?? '',
  };
  return await DefaultRestOptions.makeRequest(url, {
    ...init,
    headers,
    body: new Uint8Array(await form.arrayBuffer()),
  });
};
