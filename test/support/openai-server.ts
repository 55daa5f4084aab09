/**
 * A small inference server on loopback that speaks OpenAI's chat completions: it answers within the schema that it was
 * sent, in the order of its keys, and misbehaves on request.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const propertySchema = z.union([
  z.object({ type: z.literal('string'), maxLength: z.number() }),
  z.object({ type: z.literal('string'), enum: z.array(z.string()).min(1) }),
]);
const schemaSchema = z.object({
  type: z.literal('object'),
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});
const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z
    .union([
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({ name: z.string(), strict: z.literal(true), schema: schemaSchema }),
      }),
      z.object({ type: z.literal('json_object'), schema: schemaSchema.optional() }),
    ])
    .optional(),
  format: schemaSchema.optional(),
});
export type AskedFor = z.infer<typeof requestSchema>;

/** What the next request gets instead of an answer. */
export type Fault =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** The connection is reset before an answer. */
  | { kind: 'reset' }
  /** The connection is reset in the middle of the answer. */
  | { kind: 'cut' }
  | { kind: 'slow'; ms: number }
  /** This as the model's words. */
  | { kind: 'says'; content: string; finish?: string; reasoning?: string }
  /** This as the model's message, whatever its shape. */
  | { kind: 'message'; message: object }
  /** This as the whole reply. */
  | { kind: 'body'; body: string }
  /** A reply that goes on until the other side hangs up. */
  | { kind: 'flood'; status: number };

const FLOOD_CHUNK_BYTES = 64 * 1_024;
/** So that nobody fills the machine's memory where the other side does not hang up. */
const FLOOD_BYTES_MAX = 64 * 1_024 * 1_024;

export interface SeenRequest {
  path: string;
  headers: IncomingHttpHeaders;
  asked: AskedFor | null;
}

export interface InferenceServer {
  url: string;
  port: number;
  requests: SeenRequest[];
  /** Where the API lies: `/v1`, unless it is set to another path. */
  base: string;
  /** Bytes that a flood brought out before the other side hung up. */
  floodBytes: number;
  /** Used up one a completion, before normal answers. */
  faults: Fault[];
  models: string[];
  /** This in place of the list of models. */
  listBody: object | null;
  /** Answers a completion by itself when it returns a fault: for servers that lack something. */
  lacks: (request: SeenRequest) => Fault | null;
  /** Time that each answer takes. */
  thinkMs: number;
  /** Statuses for the list of models, used up one a request. */
  listStatuses: number[];
  atOnce: number;
  mostAtOnce: number;
  completions(): SeenRequest[];
  close(): Promise<void>;
}

export async function openInferenceServer(): Promise<InferenceServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const seen: SeenRequest = {
        path: request.url ?? '',
        headers: request.headers,
        asked: text === '' ? null : requestSchema.parse(JSON.parse(text)),
      };
      it.requests.push(seen);
      if (seen.path === `${it.base}/models`) list(it, response);
      else if (seen.path === `${it.base}/chat/completions` || seen.path === '/api/chat')
        complete(it, seen, response);
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    });
  });
  const it: InferenceServer = {
    url: '',
    port: 0,
    requests: [],
    base: '/v1',
    floodBytes: 0,
    faults: [],
    models: ['tiny-trader'],
    listBody: null,
    lacks: () => null,
    thinkMs: 0,
    listStatuses: [],
    atOnce: 0,
    mostAtOnce: 0,
    completions: () => it.requests.filter((request) => request.asked !== null),
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  it.port = (server.address() as AddressInfo).port;
  it.url = `http://127.0.0.1:${it.port}`;
  return it;
}

function list(it: InferenceServer, response: ServerResponse): void {
  const status = it.listStatuses.shift() ?? 200;
  const body =
    status === 200
      ? (it.listBody ?? { object: 'list', data: it.models.map((id) => ({ id, object: 'model' })) })
      : { error: { message: 'not now' } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function complete(it: InferenceServer, seen: SeenRequest, response: ServerResponse): void {
  it.atOnce += 1;
  it.mostAtOnce = Math.max(it.mostAtOnce, it.atOnce);
  let over = false;
  const leave = (): void => {
    if (!over) it.atOnce -= 1;
    over = true;
  };
  response.on('close', leave);
  const fault = it.lacks(seen) ?? it.faults.shift() ?? null;
  const ms = fault?.kind === 'slow' ? fault.ms : it.thinkMs;
  const timer = setTimeout(() => answer(it, seen, fault, response), ms);
  response.on('close', () => clearTimeout(timer));
}

function answer(it: InferenceServer, seen: SeenRequest, fault: Fault | null, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  switch (fault?.kind) {
    case 'status':
      response
        .writeHead(fault.status, { ...json, ...fault.headers })
        .end(fault.body ?? '{"error":{"message":"no"}}');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(200, { ...json, 'content-length': 1_000 });
      response.write('{"choices":', () => response.socket?.resetAndDestroy());
      return;
    case 'body':
      response.writeHead(200, json).end(fault.body);
      return;
    case 'says':
      response.writeHead(200, json).end(completion(seen, fault.content, fault.finish, fault.reasoning));
      return;
    case 'message':
      response
        .writeHead(200, json)
        .end(JSON.stringify({ choices: [{ message: fault.message, finish_reason: 'stop' }] }));
      return;
    case 'flood':
      response.writeHead(fault.status, json);
      flood(it, response);
      return;
    case 'slow':
    case undefined:
      response.writeHead(200, json).end(completion(seen, decisionFor(seen)));
      return;
    default:
      fault satisfies never;
  }
}

function flood(it: InferenceServer, response: ServerResponse): void {
  const chunk = 'a'.repeat(FLOOD_CHUNK_BYTES);
  const more = (): void => {
    while (!response.destroyed && it.floodBytes < FLOOD_BYTES_MAX) {
      it.floodBytes += chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}

function completion(seen: SeenRequest, content: string, finish = 'stop', reasoning?: string): string {
  if (seen.path === '/api/chat') {
    return JSON.stringify({
      message: { role: 'assistant', content },
      done: true,
      done_reason: finish,
      prompt_eval_count: 200,
      eval_count: 40,
    });
  }
  const message = {
    role: 'assistant',
    content,
    ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
  };
  return JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: { prompt_tokens: 300, completion_tokens: 42, prompt_tokens_details: { cached_tokens: 250 } },
  });
}

/** Texts name the persona that was asked, within their bounds; of choices it takes the last. */
function decisionFor({ asked }: SeenRequest): string {
  const format = asked?.response_format;
  const schema =
    asked?.format ?? (format?.type === 'json_schema' ? format.json_schema.schema : format?.schema);
  const properties = schema?.properties ?? propertiesInWords(asked?.messages[0]?.content ?? '');
  if (!properties) return 'I would rather chat.';
  const who = /You are ([A-Z]\w+),/.exec(asked?.messages[0]?.content ?? '')?.[1] ?? 'nobody';
  const fields = Object.entries(properties).map(([name, property]) => [
    name,
    'enum' in property ? property.enum.at(-1) : `${who} speaks.`.slice(0, property.maxLength),
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}

/** The form that a system text asks for in words; null when it asks for none. */
function propertiesInWords(system: string): Record<string, z.infer<typeof propertySchema>> | null {
  const json = /Answer with this JSON object and nothing else:\n(\{.*\})/.exec(system)?.[1];
  if (json === undefined) return null;
  const form = z.record(z.string(), z.string()).parse(JSON.parse(json));
  return Object.fromEntries(
    Object.entries(form).map(([name, words]) => {
      const most = /^at most (\d+)/.exec(words)?.[1];
      return [
        name,
        most === undefined
          ? { type: 'string', enum: words.split(' | ') }
          : { type: 'string', maxLength: Number(most) },
      ];
    }),
  );
}
