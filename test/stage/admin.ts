import assert from 'node:assert/strict';
import type { Backlot } from '#backlot/backlot.ts';

/** What an admin does in the server's settings. Returns what the backlot says, null when that is nothing. */
export async function admin<T>(
  { backlot }: { backlot: Backlot },
  method: string,
  route: string,
  body?: object,
): Promise<T> {
  const answer = await fetch(`${backlot.restApi}/v10${route}`, {
    method,
    headers: { authorization: `Bot ${backlot.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `the backlot said ${answer.status} to ${method} ${route}`);
  return (answer.status === 204 ? null : await answer.json()) as T;
}
