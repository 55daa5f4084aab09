/**
 * The connection to Discord's gateway as the stage trusts it. discord.js calls itself ready on a dead line and after it was
 * turned away for good, so what counts is when Discord last gave a sign of life. A connection that does not come back
 * although Discord answers is made anew; logins are counted, because Discord resets the token of a bot that makes too many.
 */
import {
  Events,
  Routes,
  Status,
  type Client,
  type IIdentifyThrottler,
  type WebSocketOptions,
} from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { describeError } from '#lib/redact.ts';

export interface Patience {
  /** Without a sign of life for this long the line counts as dead. Discord's heart beats every 41 s. */
  silentMs: number;
  /** Not connected for this long although Discord answers: the connection is made anew, and the second time given up. */
  stuckMs: number;
  checkMs: number;
  /** Between two logins; it doubles with every login within half an hour. */
  loginEveryMs: number;
}

export const PATIENCE: Patience = {
  silentMs: 100_000,
  stuckMs: 300_000,
  checkMs: 15_000,
  loginEveryMs: 5_000,
};

/** So that logins that fail all day stay far below the 1,000 that Discord allows. */
const LOGIN_EVERY_MAX_MS = 160_000;
const LOGINS_REMEMBERED_MS = 1_800_000;

type Manager = Parameters<NonNullable<WebSocketOptions['buildIdentifyThrottler']>>[0];

export interface GatewayWatchDeps {
  clock: Clock;
  log: Log;
  patience: Patience;
  onFatal: (message: string) => void;
}

export class GatewayWatch {
  readonly #deps: GatewayWatchDeps;
  readonly #closing = new AbortController();
  #manager: Manager | null = null;
  #lastEventMs = 0;
  #lastUpMs: number;
  #madeAnew = false;
  #logins: number[] = [];

  constructor(deps: GatewayWatchDeps) {
    this.#deps = deps;
    this.#lastUpMs = deps.clock.nowMs();
  }

  /** Hears every event of a client that will connect. */
  listen(client: Client): void {
    client.on(Events.Raw, () => {
      this.#lastEventMs = this.#deps.clock.nowMs();
    });
  }

  /** For the client's `ws.buildIdentifyThrottler`: the one place where discord.js shows what it connects with. */
  throttle(manager: Manager): IIdentifyThrottler {
    this.#manager = manager;
    return { waitForIdentify: (_shard, signal) => this.#mayLogIn(signal) };
  }

  /** True while Discord's events arrive, as far as anybody can tell. */
  isUp(client: Client): boolean {
    const { clock, patience } = this.#deps;
    if (!client.isReady()) return false;
    return client.ws.shards.every(({ status, lastPingTimestamp }) => {
      const silentMs = clock.nowMs() - Math.max(this.#lastEventMs, lastPingTimestamp);
      return status === Status.Ready && silentMs < patience.silentMs;
    });
  }

  /** Looks after the connection until `close`. Never rejects. */
  async watch(client: Client): Promise<void> {
    const { clock, patience } = this.#deps;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await clock.sleep(patience.checkMs, signal);
      if (signal.aborted) return;
      if (this.isUp(client)) {
        this.#lastUpMs = clock.nowMs();
        this.#madeAnew = false;
      } else if (clock.nowMs() - this.#lastUpMs >= patience.stuckMs) {
        await this.#mend(client);
      }
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #mend(client: Client): Promise<void> {
    const { clock, log, onFatal, patience } = this.#deps;
    const downMs = clock.nowMs() - this.#lastUpMs;
    // The next look at it is as far away as this one was.
    this.#lastUpMs = clock.nowMs();
    try {
      await client.rest.get(Routes.gatewayBot());
    } catch (error) {
      log.warn({ downMs, ...describeError(error) }, 'Discord is away; the show goes on and waits for it');
      return;
    }
    if (this.#closing.signal.aborted) return;
    if (this.#madeAnew) {
      const minutes = Math.round((2 * patience.stuckMs) / 60_000);
      this.close();
      onFatal(
        `Discord answers, but no connection to its gateway could be made for ${minutes} minutes. Start Open Outcry again; if that does not help, look at https://discordstatus.com.`,
      );
      return;
    }
    log.error({ downMs }, 'Discord answers, but its events do not arrive: connecting anew');
    this.#madeAnew = true;
    try {
      await this.#manager?.destroy({ reason: 'no sign of life' });
      await this.#manager?.connect();
    } catch (error) {
      log.error(describeError(error), 'the connection could not be made anew');
    }
  }

  /** Rejects when the connection closed in the meantime. */
  async #mayLogIn(signal: AbortSignal): Promise<void> {
    const { clock, log, patience } = this.#deps;
    const nowMs = clock.nowMs();
    this.#logins = this.#logins.filter((atMs) => nowMs - atMs < LOGINS_REMEMBERED_MS);
    const last = this.#logins.at(-1);
    if (last !== undefined) {
      const gapMs = Math.min(LOGIN_EVERY_MAX_MS, patience.loginEveryMs * 2 ** (this.#logins.length - 1));
      // A clock that was set back must not make it wait for as long.
      await clock.sleep(Math.max(0, Math.min(gapMs, last + gapMs - nowMs)), signal);
      signal.throwIfAborted();
    }
    const resetAfterMs = await this.#loginsLeft();
    if (resetAfterMs > 0) {
      log.error({ resetAfterMs }, 'no logins are left for today; waiting until Discord grants new ones');
      await clock.sleep(resetAfterMs, signal);
      signal.throwIfAborted();
    }
    this.#logins.push(clock.nowMs());
  }

  /** How long to wait for the next login, in milliseconds: 0 while Discord grants one. */
  async #loginsLeft(): Promise<number> {
    try {
      const info = await this.#manager?.fetchGatewayInformation(true);
      const limit = info?.session_start_limit;
      return limit && limit.remaining <= 0 ? limit.reset_after : 0;
    } catch (error) {
      this.#deps.log.warn(describeError(error), 'could not ask how many logins are left');
      return 0;
    }
  }
}
