/** When the bot is killed: at what Discord sees it do, at what its database says, or at any instant. */
import type { Backlot } from '#backlot/backlot.ts';

export interface Point {
  what: string;
  /** Resolves when it is time to kill, or when the signal aborts. `poolStatus`: of the newest pool, as the database has it. */
  reached: (
    stage: { backlot: Backlot; poolStatus: () => string | null },
    signal: AbortSignal,
  ) => Promise<void>;
}

const LOOK_MS = 10;
/** Longer than a start: some of these kills come before the show is on. */
const ANY_INSTANT_MS = 5_000;

const POSTS = /^\/(?:channels|webhooks)\/.+/u;

/** Resolves with the first request that `is` likes, before the bot can have its answer. */
function request(
  { backlot }: { backlot: Backlot },
  signal: AbortSignal,
  is: (method: string, path: string, lost: boolean) => boolean,
  strike: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = backlot.onRequest(({ method, path, misbehaved }) => {
      if (is(method, path, misbehaved)) end();
    });
    const end = (): void => {
      stop();
      signal.removeEventListener('abort', end);
      strike();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}

async function poolIs(status: string, poolStatus: () => string | null, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && poolStatus() !== status)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

/** `kill` ends the bot at once, in the very moment; `chance` gives numbers from 0 to 1. */
export function points(kill: () => void, chance: () => number): Point[] {
  const isPost = (method: string, path: string): boolean => method === 'POST' && POSTS.test(path);
  return [
    {
      what: 'a message stands in Discord and is not marked as sent',
      reached: (stage, signal) =>
        request(stage, signal, (method, path) => isPost(method, path) && path.includes('/messages'), kill),
    },
    {
      what: 'a line stands in Discord and is not marked as sent',
      reached: (stage, signal) =>
        request(stage, signal, (method, path) => isPost(method, path) && path.startsWith('/webhooks'), kill),
    },
    {
      what: 'a message is marked as being sent and never arrives',
      reached: async (stage, signal) => {
        const lost = stage.backlot.misbehave({ match: { method: 'POST', route: POSTS }, drop: true });
        await request(stage, signal, (method, path, misbehaved) => isPost(method, path) && misbehaved, kill);
        lost.stop();
      },
    },
    {
      what: 'a pool is locked and not settled',
      reached: ({ poolStatus }, signal) => poolIs('locked', poolStatus, signal).then(kill),
    },
    {
      what: 'a pool was settled a moment ago',
      reached: async ({ poolStatus }, signal) => {
        await poolIs('locked', poolStatus, signal);
        await poolIs('open', poolStatus, signal);
        kill();
      },
    },
    {
      what: 'any instant',
      reached: async (_, signal) => {
        const waits = chance() * ANY_INSTANT_MS;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waits);
          signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
        });
        kill();
      },
    },
  ];
}
