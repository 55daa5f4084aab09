/**
 * Guilds that removed the bot. Their shows' files are kept for a grace, so that a mistake costs nothing, and then deleted.
 * A file beside the database says since when: it can be read without opening it.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '#lib/make-folder.ts';

export const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;
/** A guild's id. Only files are ever deleted whose names begin with one: what a restore or a hand-over kept is among them. */
const GUILD_SHOW = /^(\d{15,21})\.sqlite$/;

export class Departures {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The guild has removed the bot. Only the first time counts. */
  note(guildId: string, nowMs: number): void {
    if (existsSync(this.#marker(guildId)) || !existsSync(this.#database(guildId))) return;
    makeFolder(this.#folder);
    writeFileSync(this.#marker(guildId), `${new Date(nowMs).toISOString()}\n`);
  }

  /** The guild has the bot again. */
  forget(guildId: string): void {
    rmSync(this.#marker(guildId), { force: true });
  }

  /** Guilds with a show in the folder. */
  guilds(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((file) => GUILD_SHOW.exec(file)?.[1] ?? []);
  }

  /** Deletes all that belongs to a guild whose grace is over; false when it is not. */
  deleteIfOverdue(guildId: string, nowMs: number): boolean {
    const sinceMs = this.#sinceMs(guildId);
    if (sinceMs === null || nowMs - sinceMs < GRACE_DAYS * DAY_MS) return false;
    this.#delete(guildId);
    return true;
  }

  #sinceMs(guildId: string): number | null {
    const marker = this.#marker(guildId);
    if (!existsSync(marker)) return null;
    const sinceMs = Date.parse(readFileSync(marker, 'utf8').trim());
    // A marker without a date deletes nothing.
    return Number.isNaN(sinceMs) ? null : sinceMs;
  }

  /** The marker goes last: a delete that was cut short goes on the next time. */
  #delete(guildId: string): void {
    for (const folder of ['backups', 'archives', '.'].map((name) => path.join(this.#folder, name))) {
      const files = existsSync(folder) ? readdirSync(folder) : [];
      for (const file of files)
        if (file.startsWith(`${guildId}.`) && file !== path.basename(this.#marker(guildId)))
          rmSync(path.join(folder, file), { force: true });
    }
    rmSync(this.#marker(guildId), { force: true });
  }

  #database(guildId: string): string {
    return path.join(this.#folder, `${guildId}.sqlite`);
  }

  #marker(guildId: string): string {
    return path.join(this.#folder, `${guildId}.departed`);
  }
}
