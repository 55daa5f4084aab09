/** Asks Discord, until it replies, whether it accepts the token and what it says about its gateway. */
import { DiscordAPIError, HTTPError, REST, Routes, type APIGatewayBotInfo } from 'discord.js';
import type { Clock } from '#show/ports/clock.ts';
import { Backoff } from '#lib/backoff.ts';
import { causeChain, errorText } from '#lib/error-text.ts';
import { EXIT, ExitError } from './exit.ts';

export interface TokenCheck {
  token: string;
  api: string | undefined;
  clock: Clock;
  signal: AbortSignal;
  /** A line for the person at the terminal. */
  say: (line: string) => void;
}

const TIMEOUT_MS = 5_000;
const BACKOFF_MIN_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;
/** Said at the first try that fails, and then at every fourth. */
const SAID_EVERY = 4;

/**
 * What Discord says about its gateway: how many shards it wants, how many logins are left. Rejects with an ExitError when Discord
 * refuses the token, or with the signal's reason.
 */
export async function checkToken({ token, api, clock, signal, say }: TokenCheck): Promise<APIGatewayBotInfo> {
  const rest = new REST({ timeout: TIMEOUT_MS, retries: 0, ...(api !== undefined && { api }) }).setToken(
    token,
  );
  const backoff = new Backoff({ minMs: BACKOFF_MIN_MS, maxMs: BACKOFF_MAX_MS });
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return (await rest.get(Routes.gatewayBot(), { signal })) as APIGatewayBotInfo;
    } catch (error) {
      signal.throwIfAborted();
      if (isRefusal(error)) throw refusal(error);
      if (tries % SAID_EVERY === 0) {
        say(`Discord cannot be reached (${reasonOf(error)}); trying again until it can. Ctrl+C ends it.`);
      }
      await clock.sleep(backoff.next(), signal);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return (error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401;
}

function refusal(cause: unknown): ExitError {
  return new ExitError(
    'Discord refused the bot token (401). Copy a fresh one from the Developer Portal → Bot into DISCORD_TOKEN.',
    EXIT.discordRefused,
    { cause },
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError')
    return `no answer within ${TIMEOUT_MS / 1_000} s`;
  const said = [...causeChain(error)].map((each) => each.message || each.name);
  return said.at(-1) ?? errorText(error);
}
