/**
 * Something that a person gave cannot be used: a setting, a file, a folder. The message is one line that names the place,
 * the cause and the cure; the program prints it without a stack and ends.
 */
export class InputError extends Error {
  override name = 'InputError';
}
