/** Refusals that will be the same when asked again, told apart from bad luck. */
import type { Address } from './address.ts';
import { namesSetting } from './dialect.ts';
import { shown } from '../free-text.ts';
import { wordsOf } from './reply.ts';
import type { Reply } from './send.ts';

export interface Refusal {
  problem: string;
  cure: string;
  isAbout: 'key' | 'path' | 'model' | 'question';
  /** Whether the refusal can end while the show runs: a model is loaded again, a bill is paid. */
  mayPass: boolean;
}

/**
 * The meaning of a refusal that every turn would meet; null for bad luck (429, 5xx, a refusal of this one question).
 * To be asked only after every dialect was tried: until then a refused setting is not lasting.
 */
export function lastingRefusal(reply: Reply, address: Address, model: string): Refusal | null {
  const { status } = reply;
  const said = shown(address.redact(wordsOf(reply.text)));
  if (status >= 300 && status < 400) {
    return {
      problem: `${said} (${status})`,
      cure: 'give that address in BRAIN_URL',
      isAbout: 'path',
      mayPass: false,
    };
  }
  if (namesSetting(reply)) {
    const problem = `accepts no form of the question that the show knows (${status}): ${said}`;
    return {
      problem,
      cure: 'use another server, or a newer version of it',
      isAbout: 'question',
      mayPass: true,
    };
  }
  switch (status) {
    case 401:
      return {
        problem: `refuses the key (401): ${said}`,
        cure: 'set BRAIN_API_KEY to a key of that server',
        isAbout: 'key',
        mayPass: false,
      };
    case 402:
      return {
        problem: `wants to be paid (402): ${said}`,
        cure: 'settle the account there',
        isAbout: 'key',
        mayPass: true,
      };
    case 403:
      return {
        problem: `refuses the key (403): ${said}`,
        cure: 'set BRAIN_API_KEY to a key that may use the model',
        isAbout: 'key',
        mayPass: true,
      };
    case 404:
    case 405:
    case 410:
      return /model/i.test(reply.text)
        ? {
            problem: `has no model "${model}" (${status}): ${said}`,
            cure: 'set MODEL to one that it has',
            isAbout: 'model',
            mayPass: true,
          }
        : {
            problem: `has no chat completions there (${status}): ${said}`,
            cure: 'check the address in BRAIN_URL',
            isAbout: 'path',
            mayPass: true,
          };
    default:
      return null;
  }
}

/** Whether nothing lies at the address that was asked. */
export function isMissing(status: number): boolean {
  return status === 404 || status === 405 || status === 410;
}
