/** Why a model is not there: one line with the place, the cause and the cure, and a code that callers can tell apart. */
import { causeChain, errorLine, rootCode } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';

export type ModelFetchCode =
  /** Neither a known name nor a file. */
  | 'unknown_model'
  /** No way to the host: no network, no such name, no route. */
  | 'offline'
  /** The host is there, nothing listens. */
  | 'refused'
  /** A proxy on the way said no, or is not there. */
  | 'proxy'
  /** The certificate of the host is not trusted. */
  | 'untrusted'
  | 'unauthorised'
  /** The repository wants its licence accepted first. */
  | 'gated'
  | 'missing'
  /** Any other answer of the server that is no file. */
  | 'server'
  /** The connection broke or stood still; what came is kept. */
  | 'dropped'
  | 'disk_full'
  | 'unwritable'
  /** Another process holds the download, and brings nothing. */
  | 'locked'
  | 'wrong_size'
  | 'wrong_sum'
  /** No GGUF file: a web page, say. */
  | 'wrong_file'
  | 'aborted';

export class ModelFetchError extends InputError {
  readonly code: ModelFetchCode;
  /** The file, address or setting it is about. */
  readonly place: string;
  readonly cure: string;
  constructor(code: ModelFetchCode, place: string, problem: string, cure: string, options?: ErrorOptions) {
    super(`${place}: ${problem}; ${cure}`, options);
    this.name = 'ModelFetchError';
    this.code = code;
    this.place = place;
    this.cure = cure;
  }
}

const AWAY = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const BY_HAND =
  'connect to the internet, set MODEL_MIRROR to a mirror that you can reach, or put the file there by hand';

/** What a failed request means. `file` is where the model is to go. */
export function fromNetwork(error: unknown, url: URL, file: string): ModelFetchError {
  const { code, message } = rootCause(error);
  const fail = (kind: ModelFetchCode, problem: string, cure: string) =>
    new ModelFetchError(kind, url.host, problem, cure, { cause: error });
  if (AWAY.has(code)) return fail('offline', `cannot be reached (${code})`, `${BY_HAND}: ${file}`);
  if (code === 'ECONNREFUSED')
    return fail(
      'refused',
      'nothing listens there (ECONNREFUSED)',
      `check MODEL_MIRROR, or put the file there by hand: ${file}`,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/.test(code)) {
    return fail(
      'untrusted',
      `its certificate is not trusted (${code})`,
      'set NODE_EXTRA_CA_CERTS to the certificate of your network, or use another MODEL_MIRROR',
    );
  }
  return fail(
    'dropped',
    `the connection broke (${code || message || 'no reason given'})`,
    'start again to go on where it stopped',
  );
}

/** What an HTTP status that brings no file means. */
export function fromStatus(status: number, url: URL, file: string): ModelFetchError {
  const fail = (code: ModelFetchCode, problem: string, cure: string) =>
    new ModelFetchError(code, `${url.origin}${url.pathname}`, problem, cure);
  switch (status) {
    case 401:
      return fail(
        'unauthorised',
        'the server wants to know who asks (401)',
        `set HF_TOKEN to a token of your account there, or put the file there by hand: ${file}`,
      );
    case 403:
      return fail(
        'gated',
        'the server refuses the file (403): its licence is to be accepted first, or a filter on the way forbids it',
        `accept the licence on the model's page and set HF_TOKEN, or put the file there by hand: ${file}`,
      );
    case 404:
    case 410:
      return fail(
        'missing',
        `no such file there (${status})`,
        'check MODEL_MIRROR; if the maker moved the file, correct its row in models/catalog.json',
      );
    default:
      return fail(
        'server',
        `the server answered ${status}`,
        'try again later, or set MODEL_MIRROR to another mirror',
      );
  }
}

/** What a failed write means; null when the error is not the disk's. */
export function fromDisk(error: unknown, file: string): ModelFetchError | null {
  const { code } = rootCause(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new ModelFetchError(
      'disk_full',
      file,
      `no room to write it (${code})`,
      'free disk space and start again: it goes on where it stopped',
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EISDIR') {
    return new ModelFetchError(
      'unwritable',
      file,
      `cannot be written (${code})`,
      'let this user write the file and its folder',
      { cause: error },
    );
  }
  return null;
}

/** What the socket said; an AggregateError holds one error for each address tried. */
function rootCause(error: unknown): { code: string; message: string } {
  return { code: rootCode(error), message: errorLine([...causeChain(error)].at(-1) ?? '') };
}
