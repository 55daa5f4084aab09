/** Tokens are in URLs and so in errors: nothing is logged or thrown on before it has gone through here. */

const SECRETS: readonly [RegExp, string][] = [
  // .../webhooks/<id>/<token> and .../interactions/<id>/<token>
  [/((?:webhooks|interactions)\/\d+\/)[\w.-]+/gu, '$1[redacted]'],
  [/\b(Bot|Bearer)\s+[\w.-]{20,}/gu, '$1 [redacted]'],
  // A bot token: base64 of the id, a timestamp, a signature.
  [/\b[\w-]{20,30}\.[\w-]{5,8}\.[\w-]{25,50}\b/gu, '[redacted]'],
];

export function redact(text: string): string {
  return SECRETS.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

/** What a log may keep of an error that came from Discord: no headers, no body, no token. */
export function describeError(error: unknown): {
  error: string;
  code?: string | number;
  status?: number;
  route?: string;
} {
  if (!(error instanceof Error)) return { error: redact(String(error)) };
  const { code, status, url, method } = error as Error & {
    code?: unknown;
    status?: unknown;
    url?: unknown;
    method?: unknown;
  };
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return {
    error: redact(`${error.name}: ${error.message}${cause}`),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof url === 'string'
      ? { route: `${typeof method === 'string' ? method : ''} ${redact(pathOf(url))}`.trim() }
      : {}),
  };
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}
