/**
 * Keeps the next opening of a show that plays by appointment among the server's events, where members say that they are
 * interested and are told by Discord. Only where the bot may make events; nobody is asked for that permission.
 */
import { GuildScheduledEventStatus as Status, RESTJSONErrorCodes } from 'discord.js';
import { z } from 'zod';
import type { GuildDeps } from '../guild-deps.ts';
import { hasCode } from '../discord/api-errors.ts';
import { makeOnce } from '../discord/make-once.ts';
import { announcement } from '../presentation/posts/announcement.ts';
import { Keeper } from './keeper.ts';

const EVERY_MS = 5_000;
const KEY = 'opening-event';
/** An opening is taken up within half an hour or not at all. */
const GRACE_MS = 30 * 60_000;
/** What begins so soon is announced by nobody: Discord refuses what has begun when it arrives. */
const TOO_SOON_MS = 60_000;

const announcedSchema = z.object({
  id: z.string(),
  startMs: z.number(),
  /** Whether it was said to have begun. */
  began: z.boolean(),
});
type Announced = z.output<typeof announcedSchema>;

export interface OpeningKeeperDeps extends GuildDeps {
  guildId: string;
  /** Whether the bot may make events here. Rejects with Discord's error. */
  mayAnnounce: () => Promise<boolean>;
}

export class OpeningKeeper extends Keeper {
  constructor(deps: OpeningKeeperDeps) {
    const events = new OpeningEvents(deps);
    const trouble = 'the next opening could not be announced as an event';
    super({ ...deps, keep: () => events.keep(), everyMs: EVERY_MS, trouble });
  }
}

class OpeningEvents {
  readonly #deps: OpeningKeeperDeps;

  constructor(deps: OpeningKeeperDeps) {
    this.#deps = deps;
  }

  /** The show, its timetable or the time has moved on. */
  async keep(): Promise<void> {
    const { show, clock } = this.#deps;
    const nowMs = clock.nowMs();
    const { mode, nextOpeningMs } = show.status();
    const nextMs = mode === 'stopped' ? null : nextOpeningMs;
    const known = this.#read();
    if (known && known.startMs <= nowMs) {
      if (!(await this.#followed(known, nowMs))) return;
    } else if (known && known.startMs !== nextMs) {
      if (nextMs === null || nextMs - nowMs < TOO_SOON_MS) return await this.#withdraw(known);
      if (await this.#stands(known, this.#announcement(nextMs)))
        return this.#write({ ...known, startMs: nextMs });
    } else if (known) return;
    if (nextMs !== null && nextMs - nowMs >= TOO_SOON_MS) await this.#announce(nextMs);
  }

  /** What was announced has come: it begins with the show and ends with it. True when it is over. */
  async #followed(known: Announced, nowMs: number): Promise<boolean> {
    const isOn = this.#deps.show.timetable.isOpen();
    if (isOn && known.began) return false;
    if (isOn) {
      if (await this.#stands(known, { status: Status.Active })) this.#write({ ...known, began: true });
      else this.#forget();
      return false;
    }
    if (!known.began && nowMs - known.startMs < GRACE_MS) return false;
    if (known.began) await this.#stands(known, { status: Status.Completed });
    else await this.#withdraw(known);
    this.#forget();
    return true;
  }

  async #announce(startMs: number): Promise<void> {
    const { api, guildId, botId, mayAnnounce } = this.#deps;
    if (!(await mayAnnounce())) return;
    const body = this.#announcement(startMs);
    const id = await makeOnce(
      () => api.makeEvent(guildId, body),
      async () => {
        const found = (await api.events(guildId)).find(
          (event) =>
            event.creator_id === botId &&
            Date.parse(event.scheduled_start_time) === startMs &&
            event.name === body.name,
        );
        return found?.id ?? null;
      },
    );
    this.#write({ id, startMs, began: false });
  }

  /** Changes the event; false when somebody took it away. */
  async #stands({ id }: Announced, change: Parameters<GuildDeps['api']['changeEvent']>[2]): Promise<boolean> {
    const { api, guildId } = this.#deps;
    try {
      await api.changeEvent(guildId, id, change);
      return true;
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownGuildScheduledEvent)) throw error;
      return false;
    }
  }

  async #withdraw({ id }: Announced): Promise<void> {
    const { api, guildId } = this.#deps;
    try {
      await api.deleteEvent(guildId, id);
    } catch (error) {
      if (!hasCode(error, RESTJSONErrorCodes.UnknownGuildScheduledEvent)) throw error;
    }
    this.#forget();
  }

  #announcement(startMs: number) {
    const { show, wording, places } = this.#deps;
    return announcement(
      { startMs, settings: show.timetable.settings(), rules: show.state.rules, paceMs: show.status().paceMs },
      places.channel('floor'),
      wording,
    );
  }

  #read(): Announced | null {
    const note = this.#deps.keyValues.get(KEY);
    return note === null ? null : announcedSchema.parse(JSON.parse(note));
  }

  #write(announced: Announced): void {
    this.#deps.keyValues.set(KEY, JSON.stringify(announced));
  }

  #forget(): void {
    this.#deps.keyValues.delete(KEY);
  }
}
