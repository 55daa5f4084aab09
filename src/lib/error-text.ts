/** What an error says. Anything can be thrown, and what went wrong may lie deep in a chain of causes. */

/** The message of an error; whatever else was thrown, as text. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As `errorText`, on one line. */
export function errorLine(error: unknown): string {
  return errorText(error).replaceAll(/\s+/gu, ' ').trim();
}

/**
 * The error and its causes, from the outermost to the root. Of an AggregateError, which holds an error for each address
 * that was tried, the first stands for all.
 */
export function* causeChain(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = causeOf(at)) {
    seen.add(at);
    yield at;
  }
}

/** The code nearest to the root of the chain, such as `ECONNREFUSED`; empty when there is none. */
export function rootCode(error: unknown): string {
  let code = '';
  for (const each of causeChain(error)) {
    if ('code' in each && typeof each.code === 'string') code = each.code;
  }
  return code;
}

function causeOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause;
}
