/** The question about one turn, as a request that the server understands. */
import type { AnswerField } from '../prompts/prompt.ts';
import type { Dialect } from './dialect.ts';
import type { Question } from './question.ts';

/** A safety net for servers that ignore the schema's limits, which come to about a third of it. */
const TOKENS_MAX = 400;
/** Servers that use the newer name also count the tokens of a hidden thought. */
const TOKENS_MAX_WITH_THOUGHT = 1_600;

/** `base` is where the API lies, such as `http://host/v1`; Ollama's own API lies beside it. */
export function requestOf(
  question: Question,
  dialect: Dialect,
  base: string,
  model: string,
): { url: string; body: object } {
  if (dialect.format === 'ollama')
    return { url: `${base.replace(/\/v1$/, '')}/api/chat`, body: ollamaBody(question, dialect, model) };
  return { url: `${base}/chat/completions`, body: chatBody(question, dialect, model) };
}

function chatBody(question: Question, dialect: Dialect, model: string): object {
  const { sampler, thinking } = question;
  const extras = {
    ...present({ top_k: sampler?.topK, min_p: sampler?.minP }),
    // The first name is llama-server's, the second is vLLM's and SGLang's.
    ...present({ repeat_penalty: sampler?.repeatPenalty, repetition_penalty: sampler?.repeatPenalty }),
    ...(thinking.kind === 'template-argument'
      ? { chat_template_kwargs: { [thinking.name]: thinking.value } }
      : {}),
  };
  return {
    model,
    messages: messagesOf(question, dialect),
    stream: false,
    ...tokenLimitOf(dialect),
    ...(dialect.sampler ? present({ temperature: sampler?.temperature, top_p: sampler?.topP }) : {}),
    ...(dialect.extras ? extras : {}),
    ...responseFormatOf(question, dialect),
  };
}

function tokenLimitOf({ tokenLimit }: Dialect): object {
  switch (tokenLimit) {
    case 'max_tokens':
      return { max_tokens: TOKENS_MAX };
    case 'max_completion_tokens':
      return { max_completion_tokens: TOKENS_MAX_WITH_THOUGHT };
    case 'none':
      return {};
    default:
      return tokenLimit satisfies never;
  }
}

function responseFormatOf({ fields }: Question, { format }: Dialect): object {
  switch (format) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'decision', strict: true, schema: schemaOf(fields) },
        },
      };
    case 'json_object_schema':
      return { response_format: { type: 'json_object', schema: schemaOf(fields) } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'ollama':
    case 'words':
      return {};
    default:
      return format satisfies never;
  }
}

function ollamaBody(question: Question, dialect: Dialect, model: string): object {
  const { sampler, thinking, fields } = question;
  return {
    model,
    messages: messagesOf(question, dialect),
    stream: false,
    format: schemaOf(fields),
    ...(dialect.extras && thinking.kind !== 'none' ? { think: false } : {}),
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
  };
}

function messagesOf(
  { system, user, thinking, fields }: Question,
  { format }: Dialect,
): { role: string; content: string }[] {
  // Only these words hold such a server to the form.
  const form = format === 'json_object' || format === 'words' ? `\n${formInWords(fields)}` : '';
  const ending = thinking.kind === 'suffix' ? `\n${thinking.text}` : '';
  return [
    { role: 'system', content: `${system}${form}${ending}` },
    { role: 'user', content: user },
  ];
}

function formInWords(fields: readonly AnswerField[]): string {
  const values = fields.map((field) => [
    field.name,
    field.kind === 'string' ? `at most ${field.maxLength} characters` : field.values.join(' | '),
  ]);
  return `Answer with this JSON object and nothing else:\n${JSON.stringify(Object.fromEntries(values))}`;
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

/** Leaves out what is not set, so that the server's own setting holds. */
function present(settings: Record<string, number | null | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}
