/**
 * Logins at the gateway. Discord resets the token of a bot that logs in more than a thousand times a day. So the gaps between
 * logins grow while they fail, and Discord is asked how many are left before each of them.
 */
import type { APIGatewayBotInfo } from 'discord.js';
import type { Clock, Log } from '#show/ports/clock.ts';
import { describeError } from '#lib/redact.ts';

export interface LoginsDeps {
  /** `GET /gateway/bot`. */
  ask: () => Promise<APIGatewayBotInfo>;
  clock: Clock;
  log: Log;
  /** The gap between two logins; it doubles with every login within half an hour. */
  everyMs: number;
}

/** Long enough for logins that fail all day to stay far below what Discord allows. */
const EVERY_MAX_MS = 160_000;
const REMEMBERED_MS = 1_800_000;
/** Discord's answer about the logins that are left is used for this long. */
const FRESH_MS = 300_000;

export class Logins {
  readonly #deps: LoginsDeps;
  #atMs: number[] = [];
  #known: { info: APIGatewayBotInfo; askedMs: number } | null = null;

  /** `known` is what Discord said a moment ago, if it was asked already. */
  constructor(deps: LoginsDeps, known: APIGatewayBotInfo | null) {
    this.#deps = deps;
    if (known) this.#keep(known);
  }

  /** What Discord last said about its gateway. Asks if it has not said anything yet; rejects with Discord's error. */
  async gatewayInfo(): Promise<APIGatewayBotInfo> {
    return this.#known?.info ?? this.#keep(await this.#deps.ask());
  }

  /** Waits until one more login is allowed. Returns early when the signal aborts. */
  async mayLogIn(signal: AbortSignal): Promise<void> {
    await this.#pace(signal);
    await this.granted(signal);
  }

  /** A login is being made. */
  count(): void {
    this.#atMs.push(this.#deps.clock.nowMs());
  }

  /** Waits until Discord has at least one login left. Returns early when the signal aborts. */
  async granted(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps;
    for (;;) {
      const { remaining, reset_after: resetAfterMs } = await this.#limit();
      if (remaining > 0 || signal.aborted) return;
      log.error({ resetAfterMs }, 'no logins are left for today; waiting until Discord grants new ones');
      await clock.sleep(resetAfterMs, signal);
      this.#forget();
    }
  }

  async #pace(signal: AbortSignal): Promise<void> {
    const { clock, everyMs } = this.#deps;
    const nowMs = clock.nowMs();
    this.#atMs = this.#atMs.filter((atMs) => nowMs - atMs < REMEMBERED_MS);
    const last = this.#atMs.at(-1);
    if (last === undefined) return;
    const gapMs = Math.min(EVERY_MAX_MS, everyMs * 2 ** (this.#atMs.length - 1));
    // A clock that was set back must not make it wait for longer than the gap.
    await clock.sleep(Math.max(0, Math.min(gapMs, last + gapMs - nowMs)), signal);
  }

  /** That Discord does not say how many are left is no reason to stay out. */
  async #limit(): Promise<{ remaining: number; reset_after: number }> {
    const { ask, clock, log } = this.#deps;
    const known = this.#known;
    const loginsSince = known ? this.#atMs.filter((atMs) => atMs >= known.askedMs).length : 0;
    // A login changes the count.
    if (known && loginsSince === 0 && clock.nowMs() - known.askedMs < FRESH_MS)
      return known.info.session_start_limit;
    try {
      return this.#keep(await ask()).session_start_limit;
    } catch (error) {
      log.debug(describeError(error), 'could not ask how many logins are left');
      return { remaining: 1, reset_after: 0 };
    }
  }

  #keep(info: APIGatewayBotInfo): APIGatewayBotInfo {
    this.#known = { info, askedMs: this.#deps.clock.nowMs() };
    return info;
  }

  #forget(): void {
    this.#known = null;
  }
}
