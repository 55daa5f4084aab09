/**
 * The role whose members are called when bets open: off until a producer switches it on. A setting of the show, in its key-values.
 * A show that plays all day rings every few minutes, so that nobody is called twice within half a day.
 */
import type { KeyValues } from '../ports/key-values.ts';

const ROLE_KEY = 'bell-role';
const CALLED_KEY = 'bell-called';
export const CALL_GAP_MS = 12 * 3_600_000;

/** The id of the role on Discord; null while nobody is called. */
export function bellRole(keyValues: Pick<KeyValues, 'get'>): string | null {
  return keyValues.get(ROLE_KEY);
}

/**
 * Null calls nobody any more. A role that was just made is called to the next pool, whenever the last call was; switching on what
 * is on changes nothing.
 */
export function setBellRole(keyValues: KeyValues, role: string | null): void {
  if (role === bellRole(keyValues)) return;
  keyValues.delete(CALLED_KEY);
  if (role === null) keyValues.delete(ROLE_KEY);
  else keyValues.set(ROLE_KEY, role);
}

/** The role to call now, and that it was called is noted; null when nobody is to be called. */
export function takeBellCall(keyValues: KeyValues, nowMs: number): string | null {
  const role = bellRole(keyValues);
  const calledMs = Number(keyValues.get(CALLED_KEY) ?? Number.NEGATIVE_INFINITY);
  // A clock that was put back must not silence the calls for good.
  if (role === null || Math.abs(nowMs - calledMs) < CALL_GAP_MS) return null;
  keyValues.set(CALLED_KEY, String(nowMs));
  return role;
}
