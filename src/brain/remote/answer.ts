/** From what the server sent to a decision. What is no whole, legal answer is a fumble that shows how it began. */
import { z } from 'zod';
import { decisionSchema, type Decision } from '#core/decision.ts';
import { FumbleError, type Answer } from '#show/ports/brain.ts';
import type { AnswerField } from '../prompts/prompt.ts';

/** Characters of a broken answer that its fumble shows. */
const SHOWN_MAX = 120;

const count = z.number().int().nonnegative().nullish();
const chatSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), reasoning_content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
    })
    .nullish(),
});
const ollamaSchema = z.object({
  message: z.object({ content: z.string(), thinking: z.string().nullish() }),
  done_reason: z.string().nullish(),
  prompt_eval_count: count,
  eval_count: count,
});

export interface Said {
  content: string;
  /** Stopped by the bound on tokens. */
  cut: boolean;
  thoughtOnly: boolean;
  tokens: Answer['tokens'];
}

/** Reads both kinds of reply. Throws FumbleError `invalid`. */
export function readReply(text: string): Said {
  const json = parsedOrUndefined(text);
  const chat = chatSchema.safeParse(json);
  const choice = chat.data?.choices[0];
  if (choice) {
    const content = withoutThinking(choice.message.content ?? '');
    const usage = chat.data?.usage;
    return {
      content,
      cut: choice.finish_reason === 'length',
      thoughtOnly: content === '' && Boolean(choice.message.reasoning_content),
      tokens: tokensOf(
        usage?.prompt_tokens,
        usage?.completion_tokens,
        usage?.prompt_tokens_details?.cached_tokens,
      ),
    };
  }
  const ollama = ollamaSchema.safeParse(json);
  if (!ollama.success)
    throw new FumbleError('invalid', `the server's reply is no completion: ${shown(text)}`);
  const { message, done_reason, prompt_eval_count, eval_count } = ollama.data;
  const content = withoutThinking(message.content);
  return {
    content,
    cut: done_reason === 'length',
    thoughtOnly: content === '' && Boolean(message.thinking),
    tokens: tokensOf(prompt_eval_count, eval_count, 0),
  };
}

/** Texts longer than their bound are cut at it: a server may not know bounds. Anything else amiss is a fumble. */
export function readDecision(
  said: Said,
  fields: readonly AnswerField[],
  roomNames: readonly string[],
): Decision {
  if (said.thoughtOnly)
    throw new FumbleError('invalid', 'the model only thought aloud; switch its thinking off on the server');
  const json = parsedOrUndefined(said.content);
  if (json === undefined) {
    throw new FumbleError(
      'invalid',
      `${said.cut ? 'the answer was cut short' : 'the answer is no JSON'}: ${shown(said.content)}`,
    );
  }
  const parsed = decisionSchema(roomNames).safeParse(bounded(json, fields));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new FumbleError(
    'invalid',
    `${place === '' ? '' : `${place}: `}${issue?.message ?? 'broken'}: ${shown(said.content)}`,
  );
}

function bounded(json: unknown, fields: readonly AnswerField[]): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const record: Record<string, unknown> = { ...json };
  for (const field of fields) {
    const value = record[field.name];
    if (field.kind === 'string' && typeof value === 'string')
      record[field.name] = cut(value, field.maxLength);
  }
  return record;
}

/** At most `max` UTF-16 code units, no half character at the end. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max);
  return kept.isWellFormed() ? kept : kept.slice(0, -1);
}

function withoutThinking(content: string): string {
  return content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
}

function tokensOf(
  prompt: number | null | undefined,
  sampled: number | null | undefined,
  cached: number | null | undefined,
): Answer['tokens'] {
  if (typeof prompt !== 'number' || typeof sampled !== 'number') return null;
  return { evaluated: Math.max(0, prompt - (cached ?? 0)), forced: 0, sampled };
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? '(nothing)' : line.slice(0, SHOWN_MAX);
}
