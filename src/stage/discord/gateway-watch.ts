/**
 * Whether the stage can trust its connection to Discord's gateway. discord.js calls itself ready on a dead connection, and even
 * after it was turned away for good, so what counts is Discord's last sign of life. The watch waits for the gateway however long
 * it is away; only a connection that has stopped trying is replaced.
 */
import { Events, Status, type Client } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { describeError } from '#lib/redact.ts';

export interface Patience {
  /** Without a sign of life for this long, the connection counts as dead. Discord's heart beats every 41 s. */
  silentMs: number;
  /** A connection that is down and has not tried to connect for this long is replaced. */
  stuckMs: number;
  checkMs: number;
  /** The gap between two logins; it doubles with every login within half an hour. */
  loginEveryMs: number;
  /** How long the gateway may take to open a connection; its hello may take twice as long. */
  answerMs: number;
  /** The longest wait between two tries to connect. */
  retryMaxMs: number;
  /** How long a login waits for guilds that are unavailable at Discord. They arrive later. */
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

/** An outage is logged when it is noticed, a minute later, two minutes after that, and so on. */
const TOLD_MIN_MS = 60_000;
const TOLD_MAX_MS = 3_600_000;

export interface GatewayWatchDeps {
  client: Client;
  /** The connection that the client uses, as soon as it connects. */
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
    log.error({ downMs: clock.nowMs() - this.#lastUpMs }, "Discord's events do not arrive: connecting again");
    try {
      await stuck.renew();
    } catch (error) {
      log.error(describeError(error), 'the connection could not be replaced');
    }
  }
}
