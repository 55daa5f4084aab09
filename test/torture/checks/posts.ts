/** What stands in Discord's channels: no line twice, none out of order in its place, and nothing that nobody planned. */
import type { Database } from 'better-sqlite3';
import type { Discord, Posted } from '../world/discord.ts';
import { linesIn, type SecretChecks } from './secrets.ts';
import { must } from './violation.ts';

export class PostChecks {
  readonly #discord: Discord;
  readonly #secrets: SecretChecks;
  /** By channel and line: the message that holds it. */
  readonly #shown = new Map<string, string>();
  /** By channel: the number of the last line. */
  readonly #last = new Map<string, number>();
  /** What was posted before this is of a history that a restored backup forgot. */
  forgottenUntilMs = 0;

  constructor(discord: Discord, secrets: SecretChecks) {
    this.#discord = discord;
    this.#secrets = secrets;
    discord.posted = (message) => this.#posted(message);
  }

  #posted({ id, channelId, webhookId, content, embeds }: Posted): void {
    const place = this.#discord.channels.get(channelId) ?? channelId;
    this.#secrets.shown(`message ${id} in ${place}`, `${content}\n${JSON.stringify(embeds)}`);
    if (webhookId === null) return;
    for (const mark of linesIn(content)) {
      const key = `${place}/${mark}`;
      must(!this.#shown.has(key), 'no line posted twice', () => `${mark} stands twice in ${place}`);
      this.#shown.set(key, id);
      const nth = Number(/\d+/u.exec(mark)?.[0] ?? 0);
      const before = this.#last.get(place) ?? 0;
      must(nth > before, 'no line out of order', () => `line ${nth} comes after line ${before} in ${place}`);
      this.#last.set(place, nth);
    }
  }

  /** When nothing waits any more: every message is one that the show planned, and each of them once. */
  accounted(db: Database): void {
    const known = new Set(
      db
        .prepare<[], string>(
          `SELECT message_id FROM outbox WHERE message_id IS NOT NULL UNION SELECT message FROM standing_messages`,
        )
        .pluck()
        .all(),
    );
    const cards = new Set<string>();
    for (const [channelId, messages] of this.#discord.byChannel) {
      for (const { id, nonce, atMs, content, embeds } of messages) {
        if (known.has(id) || atMs <= this.forgottenUntilMs) continue;
        const isLostCard = nonce !== null && /\.l/u.test(nonce) && !cards.has(nonce);
        if (isLostCard) cards.add(nonce);
        must(
          isLostCard,
          'every message is accounted for',
          () =>
            `${id} (${nonce ?? 'webhook'}) in ${this.#discord.channels.get(channelId) ?? channelId}: ${content || JSON.stringify(embeds).slice(0, 200)}`,
        );
      }
    }
  }
}
