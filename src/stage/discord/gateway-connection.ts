/**
 * The connection to the gateway and its only owner. discord.js tries again by itself, for ever and twice a second, even after the
 * client was destroyed, and then the sessions of two clients exist side by side. So every try passes through here: tries are
 * spaced, each login is counted, and a connection that was thrown away makes no further try.
 */
import {
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  SimpleShardingStrategy,
  WebSocketShard,
  WebSocketShardEvents,
  WebSocketShardStatus,
  type FetchingStrategyOptions,
  type SessionInfo,
  type WebSocketManager,
} from '@discordjs/ws';
import type { GatewaySendPayload } from 'discord-api-types/v10';
import { Backoff } from '#lib/backoff.ts';
import type { Clock } from '#show/ports/clock.ts';
import type { Logins } from './logins.ts';

export interface ConnectionDeps {
  logins: Logins;
  clock: Clock;
  /** How long the gateway may take to open a connection; its hello may take twice as long. */
  answerMs: number;
  /** The longest wait between two tries. */
  retryMaxMs: number;
}

const RETRY_MIN_MS = 1_000;

/** One set of shards, from its first try until it is thrown away. */
interface Life {
  over: AbortController;
  shards: ReadonlyMap<number, WebSocketShard>;
  /** Ids of the shards whose connection is open: the gateway has said hello. */
  open: Set<number>;
}

export class GatewayConnection extends SimpleShardingStrategy {
  readonly #deps: ConnectionDeps;
  readonly #manager: WebSocketManager;
  #life: Life | null = null;
  /** Tries that wait for their turn. */
  #waiting = 0;
  #lastTryMs: number;

  constructor(manager: WebSocketManager, deps: ConnectionDeps) {
    super(manager);
    this.#manager = manager;
    this.#deps = deps;
    this.#lastTryMs = deps.clock.nowMs();
    // Discord is not asked again for what is known already.
    manager.fetchGatewayInformation = () => deps.logins.gatewayInfo();
  }

  /** How long ago it last tried to connect, in milliseconds; 0 while a try waits for its turn. */
  get idleMs(): number {
    return this.#waiting > 0 ? 0 : this.#deps.clock.nowMs() - this.#lastTryMs;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await this.destroy();
    this.#life = this.#begin(shardIds, await this.#options());
  }

  /** Makes the shards try. Their events tell whether they are connected or a try has failed. */
  override async connect(): Promise<void> {
    for (const shard of this.#shards()) shard.connect().catch(() => undefined);
  }

  /** Throws the whole connection away, for good. Resolves when all its shards are closed. */
  override async destroy(): Promise<void> {
    const life = this.#life;
    this.#life = null;
    if (life) await end(life, this.#deps.answerMs);
  }

  /** Throws the connection away and makes another one try, unless it is thrown away for good meanwhile. */
  async renew(): Promise<void> {
    const life = this.#life;
    if (!life) return;
    const options = await this.#options();
    await end(life, this.#deps.answerMs);
    if (this.#life !== life) return;
    this.#life = this.#begin([...life.shards.keys()], options);
    await this.connect();
  }

  override async send(shardId: number, payload: GatewaySendPayload): Promise<void> {
    const shard = this.#life?.shards.get(shardId);
    if (!shard) throw new RangeError(`there is no shard ${shardId}`);
    await shard.send(payload);
  }

  override async fetchStatus(): ReturnType<SimpleShardingStrategy['fetchStatus']> {
    const statuses = await super.fetchStatus();
    for (const { id, status } of this.#shards()) statuses.set(id, status);
    return statuses;
  }

  #shards(): WebSocketShard[] {
    return [...(this.#life?.shards.values() ?? [])];
  }

  async #options(): Promise<FetchingStrategyOptions> {
    const { answerMs } = this.#deps;
    return {
      ...(await managerToFetchingStrategyOptions(this.#manager)),
      handshakeTimeout: answerMs,
      // Longer than the handshake may take: discord.js cannot close a connection that is still being opened.
      helloTimeout: 2 * answerMs,
      readyTimeout: answerMs,
    };
  }

  #begin(shardIds: readonly number[], options: FetchingStrategyOptions): Life {
    const over = new AbortController();
    const open = new Set<number>();
    const shards = new Map(shardIds.map((id) => [id, this.#makeShard(id, options, over.signal)]));
    for (const [id, shard] of shards) {
      shard.on(WebSocketShardEvents.Hello, () => void open.add(id));
      shard.on(WebSocketShardEvents.Closed, () => void open.delete(id));
    }
    return { over, shards, open };
  }

  #makeShard(id: number, options: FetchingStrategyOptions, over: AbortSignal): WebSocketShard {
    const { retryMaxMs, logins } = this.#deps;
    const retry = new Backoff({ minMs: Math.min(RETRY_MIN_MS, retryMaxMs), maxMs: retryMaxMs });
    let tries = 0;
    const context = new ShardContext(this.#manager, options, {
      over,
      turn: (session) => {
        tries += 1;
        return this.#turn(tries === 1 ? 0 : retry.next(), session, over);
      },
      logsIn: () => logins.count(),
    });
    const shard = new WebSocketShard(context, id);
    context.isIdle = () => shard.status === WebSocketShardStatus.Idle;
    const isIn = (): void => {
      tries = 0;
      retry.reset();
    };
    shard.on(WebSocketShardEvents.Ready, isIn);
    shard.on(WebSocketShardEvents.Resumed, isIn);
    this.#forward(shard);
    return shard;
  }

  #forward(shard: WebSocketShard): void {
    const shardId = shard.id;
    const to = this.#manager;
    const { Closed, Debug, Dispatch, Error, Hello, Ready, Resumed, HeartbeatComplete } = WebSocketShardEvents;
    shard.on(Closed, (event) => to.emit(Closed, { ...event, shardId }));
    shard.on(Debug, (event) => to.emit(Debug, { ...event, shardId }));
    shard.on(Dispatch, (event) => to.emit(Dispatch, { ...event, shardId }));
    shard.on(Error, (event) => to.emit(Error, { ...event, shardId }));
    shard.on(Hello, () => to.emit(Hello, { shardId }));
    shard.on(Ready, (event) => to.emit(Ready, { ...event, shardId }));
    shard.on(Resumed, () => to.emit(Resumed, { shardId }));
    shard.on(HeartbeatComplete, (event) => to.emit(HeartbeatComplete, { ...event, shardId }));
  }

  /** Waits until it is a shard's turn to try. Returns early when the signal aborts. */
  async #turn(waitMs: number, session: SessionInfo | null, signal: AbortSignal): Promise<void> {
    const { clock, logins } = this.#deps;
    this.#waiting += 1;
    await clock.sleep(waitMs, signal);
    if (!session && !signal.aborted) await logins.mayLogIn(signal);
    this.#waiting -= 1;
    this.#lastTryMs = clock.nowMs();
  }
}

interface Turns {
  /** Aborts when no further try may be made. */
  over: AbortSignal;
  /** Resolves when it is the shard's turn to try. A shard without a session will log in. */
  turn: (session: SessionInfo | null) => Promise<void>;
  logsIn: () => void;
}

/** A shard asks for its session before each try. Here it gets the session when its turn comes, and never after its life is over. */
class ShardContext extends SimpleContextFetchingStrategy {
  isIdle: () => boolean = () => true;
  readonly #turns: Turns;

  constructor(manager: WebSocketManager, options: FetchingStrategyOptions, turns: Turns) {
    super(manager, options);
    this.#turns = turns;
  }

  override async retrieveSessionInfo(shardId: number): Promise<SessionInfo | null> {
    const session = await super.retrieveSessionInfo(shardId);
    // A shard that is not idle asks only to record an event.
    if (!this.isIdle()) return session;
    await this.#turns.turn(session);
    return this.#turns.over.aborted ? await never() : session;
  }

  override async waitForIdentify(): Promise<void> {
    if (this.#turns.over.aborted) await never();
    this.#turns.logsIn();
  }
}

const never = (): Promise<never> => new Promise(() => {});

/** How long to wait for shards to close, in multiples of the time that the gateway may take to answer. */
const CLOSING_ANSWERS = 4;

/** Resolves when all shards are closed, or have had enough time for it. No shard makes a further try. */
async function end({ over, shards, open }: Life, answerMs: number): Promise<void> {
  over.abort();
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, CLOSING_ANSWERS * answerMs);
  const closed = Promise.all([...shards.values()].map((shard) => hangUp(shard, open.has(shard.id))));
  await Promise.race([closed, late.promise]);
  clearTimeout(timer);
}

/** A connection that is being opened cannot be closed yet, so this waits until it is open; that does not take long. */
async function hangUp(shard: WebSocketShard, isOpen: boolean): Promise<void> {
  if (shard.status === WebSocketShardStatus.Connecting && !isOpen) {
    await new Promise<void>((resolve) => {
      shard.once(WebSocketShardEvents.Hello, () => resolve());
      shard.once(WebSocketShardEvents.Closed, () => resolve());
    });
  }
  await shard.destroy({ reason: 'thrown away' });
}
