/** For things that Discord would make twice if it were asked twice. */
import { mayHavePosted } from './api-errors.ts';

const TRIES = 3;

/**
 * Makes something that must exist only once. When Discord's reply is lost, `find` looks for the thing; only if it is not there it
 * is made again, a few times at most. Rejects with the last error.
 */
export async function makeOnce<T>(make: () => Promise<T>, find: () => Promise<T | null>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await make();
    } catch (error) {
      if (!mayHavePosted(error)) throw error;
      const found = await find();
      if (found !== null) return found;
      if (tries === TRIES) throw error;
    }
  }
}
