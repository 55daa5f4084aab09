/**
 * How servers are told to keep to the answer's schema. Most understand OpenAI's `json_schema`; older llama-servers take
 * the schema beside `json_object`; an older Ollama takes it as `format` on its own address. A server that refuses one way
 * is asked the next way, and from then on only that way.
 */
import type { AnswerField } from '../prompts/prompt.ts';
import type { Sampler, Thinking } from '../catalog.ts';
import type { Reply } from './send.ts';

export const FORMATS = ['json_schema', 'json_object', 'ollama'] as const;
export type Format = (typeof FORMATS)[number];

export interface Dialect {
  format: Format;
  /** Settings that OpenAI does not have (top-k, the template's arguments ...); dropped for a server that minds them. */
  extras: boolean;
}

export const FIRST_DIALECT: Dialect = { format: 'json_schema', extras: true };

export interface Question {
  model: string;
  system: string;
  user: string;
  fields: readonly AnswerField[];
  sampler: Sampler | null;
  thinking: Thinking;
}

/** No answer is longer: the schema's bounds come to about a third of it. A net for servers that ignore bounds. */
const TOKENS_MAX = 400;

export function requestOf(question: Question, dialect: Dialect): { path: string; body: object } {
  return dialect.format === 'ollama' ? ollamaRequest(question, dialect) : chatRequest(question, dialect);
}

function chatRequest(question: Question, { format, extras }: Dialect): { path: string; body: object } {
  const { model, sampler, thinking } = question;
  const schema = schemaOf(question.fields);
  const own = {
    ...present({ top_k: sampler?.topK, min_p: sampler?.minP }),
    // The first name is llama-server's, the second vLLM's and SGLang's.
    ...present({ repeat_penalty: sampler?.repeatPenalty, repetition_penalty: sampler?.repeatPenalty }),
    ...(thinking.kind === 'template-argument'
      ? { chat_template_kwargs: { [thinking.name]: thinking.value } }
      : {}),
  };
  return {
    path: '/v1/chat/completions',
    body: {
      model,
      messages: messagesOf(question),
      max_tokens: TOKENS_MAX,
      stream: false,
      ...present({ temperature: sampler?.temperature, top_p: sampler?.topP }),
      ...(extras ? own : {}),
      response_format:
        format === 'json_schema'
          ? { type: 'json_schema', json_schema: { name: 'decision', strict: true, schema } }
          : { type: 'json_object', schema },
    },
  };
}

function ollamaRequest(question: Question, { extras }: Dialect): { path: string; body: object } {
  const { model, sampler, thinking, fields } = question;
  return {
    path: '/api/chat',
    body: {
      model,
      messages: messagesOf(question),
      stream: false,
      format: schemaOf(fields),
      ...(extras && thinking.kind !== 'none' ? { think: false } : {}),
      options: {
        num_predict: TOKENS_MAX,
        ...present({
          temperature: sampler?.temperature,
          top_p: sampler?.topP,
          top_k: sampler?.topK,
          min_p: sampler?.minP,
          repeat_penalty: sampler?.repeatPenalty,
        }),
      },
    },
  };
}

function messagesOf({ system, user, thinking }: Question): { role: string; content: string }[] {
  const ending = thinking.kind === 'suffix' ? `\n${thinking.text}` : '';
  return [
    { role: 'system', content: `${system}${ending}` },
    { role: 'user', content: user },
  ];
}

/** Keys are generated in the order of `properties`. */
function schemaOf(fields: readonly AnswerField[]): object {
  const properties = fields.map((field) => [
    field.name,
    field.kind === 'string'
      ? { type: 'string', maxLength: field.maxLength }
      : { type: 'string', enum: [...field.values] },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: fields.map((field) => field.name),
    additionalProperties: false,
  };
}

/** Without what is unset: the server's own setting holds then. */
function present(settings: Record<string, number | null | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}

const EXTRAS =
  /top_k|min_p|repeat_penalty|repetition_penalty|chat_template_kwargs|extra (inputs|fields)|\bthink/i;
const SCHEMA = /response_format|json_schema|json_object|schema|grammar|guided|structured|maxlength/i;

/** The next way to ask a server that answered so; null when its answer is about something else, or no way is left. */
export function nextDialect(dialect: Dialect, { status, text }: Reply): Dialect | null {
  if (status !== 400 && status !== 422) return null;
  if (dialect.extras && EXTRAS.test(text)) return { ...dialect, extras: false };
  const next = FORMATS[FORMATS.indexOf(dialect.format) + 1];
  return SCHEMA.test(text) && next !== undefined ? { ...dialect, format: next } : null;
}
