/** Moments that lie between two turns of the event loop. */

/** Resolves so many microtasks after the promise has. */
export async function after(promise: Promise<unknown>, microtasks: number): Promise<void> {
  await promise;
  for (let passed = 0; passed < microtasks; passed++) await Promise.resolve();
}
