/**
 * Something that a person has to mend before the backlot can go on. The message is one line: what is wrong, where, and
 * what to do about it.
 */
export class BacklotError extends Error {
  readonly code: 'portTaken' | 'portRefused' | 'fileUnreadable' | 'fileUnwritable';

  constructor(code: BacklotError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BacklotError';
    this.code = code;
  }
}

/** The system's code of an error, such as ENOENT; undefined when it has none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
