/**
 * The connection to Discord's gateway as the stage trusts it. discord.js calls itself ready on a dead line and after it was
 * turned away for good, so what counts is when Discord last gave a sign of life. However long the gateway is away, it is waited for; only a
 * connection that has stopped trying is made anew.
 */
import { Events, Status, type Client } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { describeError } from '#lib/redact.ts';

export interface Patience {
  /** Without a sign of life for this long the line counts as dead. Discord's heart beats every 41 s. */
  silentMs: number;
  /** Down, and no try to connect for this long: the connection is made anew. */
  stuckMs: number;
  checkMs: number;
  /** Between two logins; it doubles with every login within half an hour. */
  loginEveryMs: number;
  /** How long the gateway may take to open a line; saying hello may take twice as long. */
  answerMs: number;
  /** The longest wait between two tries to connect. */
  retryMaxMs: number;
  /** How long guilds that are away at Discord are waited for at a login. They come later. */
  guildsMs: number;
}

export const PATIENCE: Patience = {
  silentMs: 100_000,
  stuckMs: 300_000,
  checkMs: 15_000,
  loginEveryMs: 5_000,
  answerMs: 20_000,
  retryMaxMs: 30_000,
  guildsMs: 15_000,
};

/** An outage is told when it is noticed, a minute later, two minutes after that, and so on. */
const TOLD_MIN_MS = 60_000;
const TOLD_MAX_MS = 3_600_000;

export interface GatewayWatchDeps {
  client: Client;
  /** The one that the client connects with, as soon as it does. */
  connection: () => { readonly idleMs: number; renew(): Promise<void> } | null;
  clock: Clock;
  log: Log;
  patience: Patience;
}

export class GatewayWatch {
  readonly #deps: GatewayWatchDeps;
  readonly #closing = new AbortController();
  #lastEventMs = 0;
  #lastUpMs: number;
  #lastError: unknown = null;

  constructor(deps: GatewayWatchDeps) {
    const { client, clock, log } = deps;
    this.#deps = deps;
    this.#lastUpMs = clock.nowMs();
    client.on(Events.Raw, () => {
      this.#lastEventMs = clock.nowMs();
    });
    client.on(Events.ShardError, (error) => {
      this.#lastError = error;
      log.debug(describeError(error), 'a try to connect to Discord failed');
    });
  }

  /** True while Discord's events arrive, as far as anybody can tell. */
  isUp(): boolean {
    const { client, clock, patience } = this.#deps;
    if (!client.isReady()) return false;
    return client.ws.shards.every(({ status, lastPingTimestamp }) => {
      const silentMs = clock.nowMs() - Math.max(this.#lastEventMs, lastPingTimestamp);
      return status === Status.Ready && silentMs < patience.silentMs;
    });
  }

  /** Looks after the connection until `close`. Never rejects. */
  async watch(): Promise<void> {
    const { clock, patience } = this.#deps;
    const { signal } = this.#closing;
    const telling = new Backoff({ minMs: TOLD_MIN_MS, maxMs: TOLD_MAX_MS });
    let tellAtMs: number | null = null;
    for (;;) {
      await clock.sleep(patience.checkMs, signal);
      if (signal.aborted) return;
      const nowMs = clock.nowMs();
      if (this.isUp()) {
        if (tellAtMs !== null) this.#tell('info', 'Discord is back');
        this.#lastUpMs = nowMs;
        this.#lastError = null;
        tellAtMs = null;
        telling.reset();
        continue;
      }
      if (tellAtMs === null || nowMs >= tellAtMs) {
        this.#tell('warn', 'Discord is away; the show goes on, and the connection is tried until it is back');
        tellAtMs = nowMs + telling.next();
      }
      if (nowMs - this.#lastUpMs >= patience.stuckMs) await this.#unstick();
    }
  }

  close(): void {
    this.#closing.abort();
  }

  #tell(level: 'info' | 'warn', message: string): void {
    const { clock, log } = this.#deps;
    const downMs = clock.nowMs() - this.#lastUpMs;
    log[level]({ downMs, ...(this.#lastError !== null && describeError(this.#lastError)) }, message);
  }

  async #unstick(): Promise<void> {
    const { connection, clock, log, patience } = this.#deps;
    const stuck = connection();
    if (!stuck || stuck.idleMs < patience.stuckMs) return;
    log.error({ downMs: clock.nowMs() - this.#lastUpMs }, 'events of Discord do not arrive: connecting anew');
    try {
      await stuck.renew();
    } catch (error) {
      log.error(describeError(error), 'the connection could not be made anew');
    }
  }
}
