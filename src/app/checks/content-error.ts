import { InputError } from '#lib/input-error.ts';

/** Content that cannot be played, in one line: the file, the place in it, what is allowed there. */
export class ContentError extends InputError {
  override readonly name = 'ContentError';

  constructor(file: string, place: string, problem: string) {
    super(`data/${file}: ${place === '' ? '' : `${place}: `}${problem}`);
  }
}
