/** Where the server is, and the key to it. Neither the key nor an address that may hold one is ever shown. */
import { InputError } from '#lib/input-error.ts';

/** The server cannot be used as it is: one line with the place, the cause and the cure. */
export class RemoteBrainError extends InputError {
  constructor(place: string, problem: string, cure: string) {
    super(`${place}: ${problem}; ${cure}`);
    this.name = 'RemoteBrainError';
  }
}

export interface Address {
  /** The address as it was given, without a slash at the end: for people. */
  shown: string;
  host: string;
  /** Where the API may lie: an address may end in `/v1`, in another path, or in none. The first question finds out. */
  bases: readonly string[];
  /** Removes the key from a text that may repeat it. */
  redact: (text: string) => string;
  headers: Record<string, string>;
}

const EXAMPLE = 'give one such as http://127.0.0.1:8080';
/** Ends of addresses that people copied from an example of a call. */
const CALLS = /\/(?:chat\/completions|completions|models)$/;

/** Throws RemoteBrainError for an address or a key that cannot work. */
export function readAddress(url: string, apiKey: string | undefined): Address {
  if (!URL.canParse(url)) throw new RemoteBrainError('BRAIN_URL', 'is not an address', EXAMPLE);
  const { protocol, username, password, search, hash, host, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol))
    throw new RemoteBrainError(
      'BRAIN_URL',
      `"${protocol}" is not supported, only http: and https: are`,
      EXAMPLE,
    );
  if (username !== '' || password !== '' || search !== '' || hash !== '') {
    throw new RemoteBrainError(
      'BRAIN_URL',
      'holds more than a host and a path',
      'give the key in BRAIN_API_KEY, not in the address',
    );
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]*$/.test(apiKey)) {
    throw new RemoteBrainError(
      'BRAIN_API_KEY',
      'holds spaces or characters that no key has',
      'copy the key again',
    );
  }
  const key = apiKey ?? '';
  const path = pathname.replace(/\/+$/, '').replace(CALLS, '');
  const base = `${origin}${path}`;
  return {
    shown: base,
    host,
    bases: path.endsWith('/v1') ? [base] : [`${base}/v1`, base],
    redact: (text) => (key === '' ? text : text.replaceAll(key, '(key)')),
    headers: key === '' ? {} : { authorization: `Bearer ${key}` },
  };
}
