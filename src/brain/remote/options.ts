/** What the remote brain is opened with. */
import type { Persona } from '#core/content.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import type { ModelSettings } from './question.ts';

export interface RemoteOptions {
  /** The server, with or without `/v1` or another path. */
  url: string;
  /** Needed only when the server has several. */
  model?: string | undefined;
  apiKey?: string | undefined;
  cast: readonly Persona[];
  /** Display names, in the office's order: for the question that tries the server out. */
  roomNames: readonly string[];
  /** A turn's time, the waits of its retries included. */
  timeLimitMs: number;
  /** How long to wait at the start for a server that is loading its model, and again for its first answer. */
  startLimitMs?: number | undefined;
  /** After a stop that can pass, how long to wait before the server is tried again; longer after each try. */
  tryAgainMs?: { minMs: number; maxMs: number } | undefined;
  /** How a model wants to be asked, by the server's name for it; null, or nothing here: as the server is set. */
  settingsOf?: ((model: string) => ModelSettings | null) | undefined;
  keyOrder?: KeyOrder | undefined;
  log: Log;
}
