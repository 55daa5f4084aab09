/** Refusals that asking again does not change, told apart from bad luck. */
import type { Address } from './address.ts';
import { namesSetting } from './dialect.ts';
import { shown } from './reply.ts';
import type { Reply } from './send.ts';

export interface Refusal {
  problem: string;
  cure: string;
  isAbout: 'key' | 'path' | 'model' | 'question';
  /** Whether it can end without a new start of the show: a model that is loaded again, a bill that is paid. */
  mayPass: boolean;
}

/**
 * What a refusal means that will be the same for every turn; null for bad luck (429, 5xx, a refusal of this one question).
 * A setting counts only when every dialect was tried.
 */
export function lastingRefusal(reply: Reply, address: Address, model: string): Refusal | null {
  const { status } = reply;
  const said = shown(address.redact(reply.text));
  if (status >= 300 && status < 400) {
    return {
      problem: `${said} (${status})`,
      cure: 'give that address in BRAIN_URL',
      isAbout: 'path',
      mayPass: false,
    };
  }
  if (namesSetting(reply)) {
    const problem = `takes no form of the question that is known here (${status}): ${said}`;
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

/** Nothing lies under the address that was asked. */
export function isMissing(status: number): boolean {
  return status === 404 || status === 405 || status === 410;
}
