/**
 * The ways in which servers want to be asked. "OpenAI-compatible" is not one language: servers differ in how they are told to
 * keep to a schema, in what they call the limit on tokens, and in the settings that they know. Whatever a server refuses is
 * left out, or said in another way.
 */
import type { Reply } from './send.ts';

/**
 * Ways to ask for the answer's form, the strictest first: OpenAI's `json_schema`; `json_object` with the schema beside it
 * (llama-cpp-python, older llama-servers); plain `json_object`; the schema as `format` at Ollama's own address; only words.
 */
export const FORMATS = ['json_schema', 'json_object_schema', 'json_object', 'ollama', 'words'] as const;
export type Format = (typeof FORMATS)[number];

/** OpenAI's newer models want the second name. A server that knows neither is sent no limit. */
const TOKEN_LIMITS = ['max_tokens', 'max_completion_tokens', 'none'] as const;

export interface Dialect {
  format: Format;
  tokenLimit: (typeof TOKEN_LIMITS)[number];
  /** Settings that OpenAI does not have: top-k, the template's arguments. */
  extras: boolean;
  /** Temperature and top-p, which reasoning models may refuse. */
  sampler: boolean;
}

export const FIRST_DIALECT: Dialect = {
  format: 'json_schema',
  tokenLimit: 'max_tokens',
  extras: true,
  sampler: true,
};

interface Setting {
  name: RegExp;
  /** The dialect without the setting, or with another word for it; null when the dialect no longer holds it. */
  without: (dialect: Dialect) => Dialect | null;
}

const SETTINGS: readonly Setting[] = [
  { name: /max_(?:completion_)?tokens/i, without: withNextTokenLimit },
  {
    name: /top_k|min_p|repeat_penalty|repetition_penalty|chat_template_kwargs|extra (?:inputs|fields)|\bthink/i,
    without: (dialect) => (dialect.extras ? { ...dialect, extras: false } : null),
  },
  {
    name: /temperature|top_p/i,
    without: (dialect) => (dialect.sampler ? { ...dialect, sampler: false } : null),
  },
  {
    name: /response_format|json_schema|json_object|schema|grammar|guided|structured|maxlength|\bformat\b/i,
    without: withNextFormat,
  },
];

/** Statuses by which servers refuse a setting. llama-cpp-python says 500 where others say 400 or 422. */
const REFUSED = new Set([400, 422, 500, 501]);

export function mayNameSetting({ status }: Reply): boolean {
  return REFUSED.has(status);
}

/** Whether the refusal concerns one of the settings that a dialect holds, so that asking again does not help. */
export function namesSetting(reply: Reply): boolean {
  if (!mayNameSetting(reply)) return false;
  const blamed = blamedPart(reply.text);
  return SETTINGS.some(({ name }) => name.test(blamed));
}

/** The dialect without what this refusal names; null when it names nothing that can still be left out. */
export function dialectAfter(dialect: Dialect, reply: Reply): Dialect | null {
  if (!mayNameSetting(reply)) return null;
  const blamed = blamedPart(reply.text);
  for (const { name, without } of SETTINGS) {
    const next = name.test(blamed) ? without(dialect) : null;
    if (next !== null) return next;
  }
  return null;
}

/** The next way to ask for the answer's form; null after the last. */
export function withNextFormat(dialect: Dialect): Dialect | null {
  const format = FORMATS[FORMATS.indexOf(dialect.format) + 1];
  return format === undefined ? null : { ...dialect, format };
}

function withNextTokenLimit(dialect: Dialect): Dialect | null {
  const tokenLimit = TOKEN_LIMITS[TOKEN_LIMITS.indexOf(dialect.tokenLimit) + 1];
  return tokenLimit === undefined ? null : { ...dialect, tokenLimit };
}

/**
 * The part of a refusal that points at a setting; all of it where no part does. Servers repeat the whole request in their
 * refusals, the names of settings that they do not mind included. OpenAI points with `"param": "max_tokens"`, FastAPI with
 * `'loc': ('body', 'response_format', 'type')`.
 */
function blamedPart(text: string): string {
  const params = [...text.matchAll(/"param"\s*:\s*"([^"]+)"/g)].map((match) => match[1]);
  const places = [...text.matchAll(/['"]loc['"]\s*:\s*[[(]([^\])]*)[\])]/g)].map((match) => match[1]);
  const pointers = [...params, ...places].join(' ');
  return SETTINGS.some(({ name }) => name.test(pointers)) ? pointers : text;
}
