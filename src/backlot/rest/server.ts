import type { IncomingMessage, ServerResponse } from 'node:http';
import { DiscordError, refusals } from '../discord-error.ts';
import { isSnowflake, snowflakeTimeMs } from '../guild/snowflake.ts';
import { readBody, type RequestBody, type UploadedFile } from './body.ts';
import { Call, type Answer, type Backstage, type Route } from './call.ts';
import type { Faults, Misbehaviour } from './faults.ts';
import type { Allowance, RateLimits } from './rate-limits.ts';
import { Router } from './router.ts';
import { applicationRoutes } from './routes/application.ts';
import { channelRoutes } from './routes/channel.ts';
import { guildRoutes } from './routes/guild.ts';
import { scheduledEventRoutes } from './routes/scheduled-event.ts';
import { interactionRoutes } from './routes/interaction.ts';
import { messageRoutes } from './routes/message.ts';
import { reactionRoutes } from './routes/reaction.ts';
import { webhookRoutes } from './routes/webhook.ts';

/** One request that came in over the API, and what was answered. */
export interface RequestReport {
  method: string;
  /** The route's pattern, as `/channels/:channelId/messages`; undefined when there is none. */
  route: string | undefined;
  /** The path below `/api/v10`, without the query. */
  path: string;
  query: Record<string, string>;
  /** The JSON that came, of the body or of its part `payload_json`. */
  body: unknown;
  files: { name: string; contentType: string; sizeBytes: number }[];
  status: number;
  answer: unknown;
  /** Whether `misbehave` put a wrong answer in the place of the true one. */
  misbehaved: boolean;
}

export type RequestListener = (report: RequestReport) => void;

interface Reply extends Answer {
  headers: Record<string, string>;
}

interface Parsed {
  method: string;
  path: string;
  query: URLSearchParams;
  route: Route | undefined;
  body: RequestBody;
}

/** The REST API, version 10, below `/api`. */
export class RestServer {
  readonly #backstage: Backstage;
  readonly #neighbours: readonly Backstage[];
  readonly #limits: RateLimits;
  readonly #faults: Faults;
  readonly #listeners = new Set<RequestListener>();
  readonly #router = new Router([
    ...applicationRoutes,
    ...guildRoutes,
    ...scheduledEventRoutes,
    ...channelRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...webhookRoutes,
    ...interactionRoutes,
  ]);

  /** `neighbours`: of further guilds with the same bot. */
  constructor(
    backstage: Backstage,
    limits: RateLimits,
    faults: Faults,
    neighbours: readonly Backstage[] = [],
  ) {
    this.#backstage = backstage;
    this.#neighbours = neighbours;
    this.#limits = limits;
    this.#faults = faults;
  }

  onRequest(listener: RequestListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://backlot');
    const [, version, path] = /^\/api(?:\/v(\d+))?(\/.*)$/.exec(url.pathname) ?? [];
    const parsed: Parsed = {
      method,
      path: path ?? '/',
      query: url.searchParams,
      route: undefined,
      body: { json: undefined, files: [] },
    };
    let reply: Reply;
    let fault: Misbehaviour | undefined;
    try {
      parsed.body = await readBody(request);
      // Discord's own front door refuses clients without a User-Agent.
      if ((request.headers['user-agent'] ?? '') === '') throw refusals.blocked();
      if (version !== undefined && version !== '10' && version !== '9') throw refusals.invalidApiVersion();
      const match = this.#router.find(method, parsed.path);
      if (match === undefined) throw refusals.notFound();
      if (match === 'wrongMethod') throw refusals.methodNotAllowed();
      parsed.route = match.route;
      fault = this.#faults.take(method, match.route.path, parsed.path);
      reply = this.#answer(parsed, match.route, match.params, request.headers.authorization, fault);
    } catch (error) {
      reply = { ...refuse(error), headers: {} };
    }
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    this.#report(parsed, reply, fault !== undefined);
    if (fault?.drop === true) response.destroy();
    else send(response, reply);
  }

  #answer(
    { method, query, body }: Parsed,
    route: Route,
    params: Record<string, string>,
    authorization: string | undefined,
    fault: Misbehaviour | undefined,
  ): Reply {
    const isBot = authorization === `Bot ${this.#backstage.guild.record.token}`;
    // A wrong token is refused everywhere; where the path carries one, no other is needed.
    if (!isBot && (route.auth === 'bot' || authorization !== undefined)) throw refusals.unauthorized();
    const allowance = this.#limits.take({
      route: `${method} ${route.path}`,
      major: [params['channelId'], params['guildId'], params['webhookId'], params['webhookToken']].join(' '),
      countsGlobally: route.auth === 'bot',
      body: body.json,
      messageAgeMs: ageMs(params['messageId']),
    });
    const { headers } = allowance;
    if (allowance.refused !== undefined) return tooManyRequests(headers, allowance.refused);
    const goesWrong = fault?.status !== undefined || fault?.drop === true;
    if (fault !== undefined && goesWrong && fault.afterEffect !== true)
      return { ...wrongAnswer(fault, headers) };
    let answer: Answer;
    try {
      answer = route.handle(
        new Call(this.#backstageOf(params), { params, query, json: body.json, files: body.files, isBot }),
      );
    } catch (error) {
      answer = refuse(error);
    }
    return fault !== undefined && goesWrong ? wrongAnswer(fault, headers) : { ...answer, headers };
  }

  /** The guild that a path names; the first one where it names none, or nothing that exists. */
  #backstageOf(params: Readonly<Record<string, string>>): Backstage {
    return this.#neighbours.find((neighbour) => speaksOf(params, neighbour)) ?? this.#backstage;
  }

  #report({ method, route, path, query, body }: Parsed, reply: Reply, misbehaved: boolean): void {
    const report: RequestReport = {
      method,
      route: route?.path,
      path,
      query: Object.fromEntries(query),
      body: body.json,
      files: body.files.map(describeFile),
      status: reply.status,
      answer: reply.body,
      misbehaved,
    };
    for (const listener of this.#listeners) listener(report);
  }
}

function speaksOf(params: Readonly<Record<string, string>>, { guild, interactions }: Backstage): boolean {
  const { guildId, channelId, webhookId, webhookToken, interactionToken } = params;
  if (guildId !== undefined) return guild.id === guildId;
  if (channelId !== undefined) return guild.record.channels.some(({ id }) => id === channelId);
  const token = interactionToken ?? webhookToken;
  if (token !== undefined && interactions.knows(token)) return true;
  return guild.record.webhooks.some(({ id }) => id === webhookId);
}

function describeFile({ name, contentType, data }: UploadedFile): RequestReport['files'][number] {
  return { name, contentType, sizeBytes: data.length };
}

function ageMs(id: string | undefined): number | undefined {
  return id !== undefined && isSnowflake(id) ? Date.now() - snowflakeTimeMs(id) : undefined;
}

/** Errors of Discord's own kind become its answers; any other is the backlot's fault and says so. */
function refuse(error: unknown): Answer {
  if (error instanceof DiscordError) return { status: error.status, body: error.toBody() };
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { code: 0, message: `500: the backlot failed: ${words}` } };
}

function wrongAnswer(fault: Misbehaviour, headers: Record<string, string>): Reply {
  const status = fault.status ?? 500;
  if (status === 429) {
    const scope = fault.scope ?? 'user';
    return tooManyRequests(headers, {
      retryAfterMs: fault.retryAfterMs ?? 1000,
      global: scope === 'global',
      scope,
      ...(fault.code !== undefined && { code: fault.code }),
    });
  }
  return {
    status,
    body: { code: fault.code ?? 0, message: `${status}: the backlot was asked to misbehave` },
    headers,
  };
}

function tooManyRequests(
  headers: Record<string, string>,
  { retryAfterMs, global, scope, code = 0 }: NonNullable<Allowance['refused']>,
): Reply {
  const retryAfterS = retryAfterMs / 1000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterS, global, code },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfterS * 1000) / 1000),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
