/**
 * Shows somebody typing in a room before a line is due, for as long as writing it would take. A webhook cannot type, so the
 * bot is seen typing. A server that forbids it misses nothing else.
 */
import type { Log } from '#show/ports/clock.ts';
import type { OutboxRow, WaitingRow } from '#show/ports/outbox.ts';
import type { Places } from '../channels/places.ts';
import type { Shown } from '../presentation/posts/shown.ts';
import { describeError } from '#lib/redact.ts';
import type { DiscordApi } from '../discord/api.ts';

const START_MS = 1_000;
const CHARACTER_MS = 40;
/** Discord shows typing for ten seconds. */
const LONGEST_MS = 8_000;

export class Typing {
  readonly #deps: { places: Places; api: DiscordApi; log: Log };
  /** In each place, the last line that somebody was seen typing. */
  readonly #typed = new Map<string, number>();

  constructor(deps: { places: Places; api: DiscordApi; log: Log }) {
    this.#deps = deps;
  }

  /** When typing should begin; null when nobody speaks the post, or somebody is typing it already. */
  startsMs(row: OutboxRow, shown: Shown): number | null {
    if (shown.as !== 'speech' || this.#typed.get(row.place) === row.id) return null;
    return row.dueMs - Math.min(LONGEST_MS, START_MS + shown.text.length * CHARACTER_MS);
  }

  /** Never rejects, and nobody waits for it. */
  begin(row: WaitingRow): void {
    const { places, api, log } = this.#deps;
    this.#typed.set(row.place, row.id);
    const channelId = places.channel(row.place);
    if (channelId === null) return;
    api.type(channelId).catch((error: unknown) => {
      log.debug({ place: row.place, ...describeError(error) }, 'nobody could be shown typing');
    });
  }
}
