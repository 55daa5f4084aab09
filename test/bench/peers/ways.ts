/** Three ways of asking the same model the same four turns. Each is a process of its own. */
import path from 'node:path';
import { z } from 'zod';
import { maxAnswerTokens, seedSchema, type ShowTurn } from '../show-turns.ts';
import { openLlamaServer } from './http-server.ts';
import { JsonProcess } from './json-process.ts';

/** What one round came to, all four turns together. */
export const roundTold = z.object({
  ms: z.number(),
  /** Tokens of prompts that were evaluated. */
  read: z.number(),
  /** Tokens of answers that were fed, because nothing else could stand there. */
  forced: z.number(),
  /** Tokens of answers that were sampled. */
  sampled: z.number(),
  answers: z.array(z.string()),
});
export type RoundTold = z.infer<typeof roundTold>;

const readyTold = z.object({ ready: z.literal(true) });
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ completion_tokens: z.number() }),
  timings: z.object({ prompt_n: z.number() }),
});

/** Opening one and a round of it reject with PeerBroken when its process does not do what it is there for. */
export interface PeerWay {
  pid: number | undefined;
  round(turns: readonly ShowTurn[]): Promise<RoundTold>;
  close(): Promise<void>;
}

const TEMPERATURE = 0.8;

/** All four turns at once, batched by the engine; nothing is kept on disk. */
export async function engineWay(modelFile: string, threads: number): Promise<PeerWay> {
  const program = path.join(import.meta.dirname, 'engine-process.ts');
  const engine = new JsonProcess(process.execPath, [program, modelFile, String(threads)]);
  await whenReady(engine);
  return {
    pid: engine.pid,
    round: (turns) => engine.ask({ turns }, roundTold),
    close: () => engine.close(),
  };
}

/** llama-cpp-python, one after another. */
export async function seedWay(python: string, modelFile: string, threads: number): Promise<PeerWay> {
  const program = path.join(import.meta.dirname, 'seed_way.py');
  const stack = new JsonProcess(python, [program, modelFile, String(threads)]);
  await whenReady(stack);
  return {
    pid: stack.pid,
    round(turns) {
      const asked = turns.map((turn) => ({ system: systemOf(turn), user: turn.user }));
      return stack.ask({ turns: asked, schema: seedSchema, maxTokens: maxAnswerTokens }, roundTold);
    },
    close: () => stack.close(),
  };
}

/** llama-server with a slot for each trader: four requests at once. */
export async function slotsWay(
  program: string,
  modelFile: string,
  threads: number,
  loadLimitMs?: number,
): Promise<PeerWay> {
  const server = await openLlamaServer(program, modelFile, threads, loadLimitMs);
  const slots = new Map<string, number>();
  const slotOf = (trader: string): number => {
    const slot = slots.get(trader) ?? slots.size;
    slots.set(trader, slot);
    return slot;
  };
  const ask = async (turn: ShowTurn): Promise<z.infer<typeof completion>> => {
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: [
          { role: 'system', content: systemOf(turn) },
          { role: 'user', content: turn.user },
        ],
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'turn', schema: seedSchema, strict: true },
        },
        temperature: TEMPERATURE,
        max_tokens: maxAnswerTokens,
        id_slot: slotOf(turn.trader),
        cache_prompt: true,
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`llama-server answered ${response.status}: ${text}`);
    return completion.parse(JSON.parse(text));
  };
  return {
    pid: server.pid,
    async round(turns) {
      const began = performance.now();
      const replies = await Promise.all(turns.map((turn) => ask(turn))).catch(async (error: unknown) => {
        throw await server.brokenBy(error);
      });
      return {
        ms: performance.now() - began,
        read: replies.reduce((sum, { timings }) => sum + timings.prompt_n, 0),
        forced: 0,
        sampled: replies.reduce((sum, { usage }) => sum + usage.completion_tokens, 0),
        answers: replies.map(({ choices }) => choices[0]?.message.content ?? ''),
      };
    },
    close: () => server.close(),
  };
}

/** One that says something else instead is ended. */
async function whenReady(process: JsonProcess): Promise<void> {
  try {
    await process.read(readyTold);
  } catch (error) {
    await process.close();
    throw error;
  }
}

function systemOf({ system }: ShowTurn): string {
  return `${system.shared}\n${system.persona}`;
}
