import type { Route } from './call.ts';

export interface Match {
  route: Route;
  params: Record<string, string>;
}

interface Pattern {
  route: Route;
  segments: readonly string[];
}

/** Finds a request's route; a literal segment is preferred to a parameter. */
export class Router {
  readonly #byLength = new Map<number, Pattern[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.path.split('/').slice(1);
      const patterns = this.#byLength.get(segments.length) ?? [];
      patterns.push({ route, segments });
      this.#byLength.set(segments.length, patterns);
    }
    for (const patterns of this.#byLength.values()) patterns.sort((a, b) => specificity(b) - specificity(a));
  }

  /** `wrongMethod`: the path exists, but not for this method. */
  find(method: string, path: string): Match | 'wrongMethod' | undefined {
    const segments = path.split('/').slice(1).map(decode);
    let pathExists = false;
    for (const pattern of this.#byLength.get(segments.length) ?? []) {
      const params = match(pattern.segments, segments);
      if (params === undefined) continue;
      if (pattern.route.method === method) return { route: pattern.route, params };
      pathExists = true;
    }
    return pathExists ? 'wrongMethod' : undefined;
  }
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) {
      if (actual === '') return undefined;
      params[expected.slice(1)] = actual;
    } else if (expected !== actual) return undefined;
  }
  return params;
}

/** Earlier literal segments weigh more. */
function specificity({ segments }: Pattern): number {
  return segments.reduce((weight, segment) => weight * 2 + (segment.startsWith(':') ? 0 : 1), 0);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign: the text as it came matches no route's literal and no id.
    return segment;
  }
}
