/**
 * Whether the show may play now. A continuous show always may; one by appointment plays a number of episodes from each
 * opening on. What was taken up is in the notes, so it happens once, whatever restarts or repeated nudges do.
 */
import { z } from 'zod';
import type { Log, Notes } from '../ports/ports.ts';
import { nextOpening, openingDue } from './schedule.ts';
import { readSchedule, saveSchedule, type Schedule } from './settings.ts';

const NOTE = 'doors';
/** More than a grace can hold: openings are at least a minute apart. */
const TAKEN_KEPT = 64;

const doorsSchema = z.object({
  /** Instants of the newest openings that were taken up or skipped. */
  taken: z.array(z.number()),
  /** Until the doors close. */
  episodesLeft: z.int(),
});
type DoorsNote = z.output<typeof doorsSchema>;

export class Doors {
  readonly #notes: Notes;
  readonly #defaults: Schedule;
  readonly #log: Log;

  constructor(parts: { notes: Notes; defaults: Schedule; log: Log }) {
    this.#notes = parts.notes;
    this.#defaults = parts.defaults;
    this.#log = parts.log;
  }

  schedule(): Schedule {
    return readSchedule(this.#notes, this.#defaults, this.#log);
  }

  /** A show that turns to appointments plays the episode at hand to its end. */
  change(schedule: Schedule): void {
    const closing = this.schedule().mode === 'continuous' && schedule.mode === 'appointment';
    saveSchedule(this.#notes, schedule);
    if (closing) this.#save({ ...this.#read(), episodesLeft: 1 });
  }

  isOpen(): boolean {
    return this.schedule().mode === 'continuous' || this.#read().episodesLeft > 0;
  }

  /** Null while the doors are open, or when no opening will come. */
  nextOpeningMs(nowMs: number): number | null {
    return this.isOpen() ? null : nextOpening(this.schedule(), nowMs);
  }

  /**
   * The opening to take up now, if one is due. One that comes while the last is still played is skipped by `take`, not
   * queued.
   */
  due(nowMs: number): number | null {
    const schedule = this.schedule();
    return schedule.mode === 'continuous' ? null : openingDue(schedule, this.#read().taken, nowMs);
  }

  /** True when the doors opened with it. */
  take(openingMs: number): boolean {
    const { taken, episodesLeft } = this.#read();
    const opens = episodesLeft === 0;
    this.#save({
      taken: [...taken, openingMs].slice(-TAKEN_KEPT),
      episodesLeft: opens ? this.schedule().episodesPerOpening : episodesLeft,
    });
    return opens;
  }

  /** The closing bell rang. */
  belled(): void {
    if (this.schedule().mode === 'continuous') return;
    const doors = this.#read();
    this.#save({ ...doors, episodesLeft: Math.max(0, doors.episodesLeft - 1) });
  }

  #read(): DoorsNote {
    const note = this.#notes.get(NOTE);
    return note === null ? { taken: [], episodesLeft: 0 } : doorsSchema.parse(JSON.parse(note));
  }

  #save(doors: DoorsNote): void {
    this.#notes.set(NOTE, JSON.stringify(doors));
  }
}
