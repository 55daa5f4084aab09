/** How native code ends a process. */

/** Of an abort on Windows: from the C library, and from Node.js. */
const ABORTS: ReadonlySet<number> = new Set([3, 134]);
/** From here on, what Windows reports as a fault of native code: STATUS_ACCESS_VIOLATION is 0xc0000005. */
const WINDOWS_FAULTS = 0xc000_0000;

/** By a signal where there are signals, else with an exit code that no JavaScript gives. */
export function isCrash(code: number | null, signal: NodeJS.Signals | null): boolean {
  // SIGKILL comes from the parent, or from a system that has no memory left.
  if (signal !== null) return signal !== 'SIGKILL';
  return code !== null && (ABORTS.has(code) || code >= WINDOWS_FAULTS);
}
