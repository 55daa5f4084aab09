/** What a server's reply says, in whichever of the known shapes. */
import { z } from 'zod';
import { FumbleError, type Answer } from '#show/ports/brain.ts';
import { shown, type FreeText } from '../free-text.ts';

/** Counts are only for reports: a server that counts in another way plays on. */
const count = z.number().int().nonnegative().nullish().catch(null);
const text = z.string().nullish().catch(null);
/** The words, or a list of parts, some of which are text. */
const content = z
  .union([z.string(), z.array(z.unknown())])
  .nullish()
  .catch(null);

const chatSchema = z.object({
  model: text,
  choices: z
    .array(
      z.object({
        message: z.object({ content, reasoning_content: text, reasoning: text }),
        finish_reason: text,
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});
const ollamaSchema = z.object({
  model: text,
  message: z.object({ content: z.string(), thinking: text }),
  done_reason: text,
  prompt_eval_count: count,
  eval_count: count,
});
const partSchema = z.object({ text: z.string() });
/** A refusal: OpenAI's and its kin, Ollama's, FastAPI's. */
const refusalSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

export interface Said extends FreeText {
  /** The model's name as the server gives it; null when it gives none. */
  model: string | null;
  tokens: Answer['tokens'];
}

/** Reads OpenAI's and Ollama's shapes. Throws FumbleError `invalid`. */
export function readReply(reply: string): Said {
  const json = parsedOrUndefined(reply);
  const chat = chatSchema.safeParse(json).data;
  const choice = chat?.choices[0];
  if (chat && choice) {
    const { message, finish_reason } = choice;
    return {
      model: chat.model ?? null,
      content: joined(message.content),
      reasoning: message.reasoning_content ?? message.reasoning ?? '',
      cut: finish_reason === 'length',
      tokens: tokensOf(
        chat.usage?.prompt_tokens,
        chat.usage?.completion_tokens,
        chat.usage?.prompt_tokens_details?.cached_tokens,
      ),
    };
  }
  const ollama = ollamaSchema.safeParse(json).data;
  if (!ollama) throw new FumbleError('invalid', `the server's reply is not a completion: ${shown(reply)}`);
  const { model, message, done_reason, prompt_eval_count, eval_count } = ollama;
  return {
    model: model ?? null,
    content: message.content,
    reasoning: message.thinking ?? '',
    cut: done_reason === 'length',
    tokens: tokensOf(prompt_eval_count, eval_count, 0),
  };
}

function joined(content: string | unknown[] | null | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => partSchema.safeParse(part).data?.text ?? '').join('');
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

/** What a refusal says: its words, where its body has a known shape; else the body. */
export function wordsOf(refusal: string): string {
  const words = refusalSchema.safeParse(parsedOrUndefined(refusal)).data ?? '';
  return words.trim() === '' ? refusal : words;
}
