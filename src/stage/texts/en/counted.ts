import { counted as inWords } from '../counted.ts';

/** `1 trade`, `12 trades`; `count` is already formatted, and may be bold. Most English words take an s. */
export const counted = (count: string | number, one: string, many = `${one}s`): string =>
  inWords(count, one, many);
