/**
 * What `work` comes to, or a rejection with the signal's reason as soon as the signal aborts. The work itself goes on, and what
 * it comes to later is dropped. Leaves no listener behind.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const cut = Promise.withResolvers<never>();
  // A reason may be anything; like `throwIfAborted`, this throws it as it is.
  const abort = (): void => cut.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    return await Promise.race([cut.promise, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * The same for work that is given a signal of its own, which follows `signal` until the end: for work that never lets go of its
 * signal, where `signal` outlives many works.
 */
export async function following<T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await abortable(work(own.signal), own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Resolves when the signal aborts, at once if it has. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
