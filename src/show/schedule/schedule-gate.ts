/**
 * Whether the show may play now. A continuous show always may; one by appointment plays a number of episodes from each
 * opening on. What was taken up is in the key-values, so it happens once, whatever restarts or repeated ticks do.
 */
import { z } from 'zod';
import type { Log } from '../ports/clock.ts';
import type { KeyValues } from '../ports/key-values.ts';
import { nextOpening, openingDue } from './schedule.ts';
import { readSchedule, saveSchedule, type Schedule } from './settings.ts';

const NOTE = 'gate';
/** More than a grace can hold: openings are at least a minute apart. */
const TAKEN_KEPT = 64;

const gateSchema = z.object({
  /** Instants of the newest openings that were taken up or skipped. */
  taken: z.array(z.number()),
  /** Until the gate closes. */
  episodesLeft: z.int(),
});
type GateNote = z.output<typeof gateSchema>;

export class ScheduleGate {
  readonly #keyValues: KeyValues;
  readonly #defaults: Schedule;
  readonly #log: Log;

  constructor(deps: { keyValues: KeyValues; defaults: Schedule; log: Log }) {
    this.#keyValues = deps.keyValues;
    this.#defaults = deps.defaults;
    this.#log = deps.log;
  }

  schedule(): Schedule {
    return readSchedule(this.#keyValues, this.#defaults, this.#log);
  }

  /** A show that turns to appointments plays the episode at hand to its end. */
  change(schedule: Schedule): void {
    const closing = this.schedule().mode === 'continuous' && schedule.mode === 'appointment';
    saveSchedule(this.#keyValues, schedule);
    if (closing) this.#save({ ...this.#read(), episodesLeft: 1 });
  }

  isOpen(): boolean {
    return this.schedule().mode === 'continuous' || this.#read().episodesLeft > 0;
  }

  /** Null while the gate is open, or when no opening will come. */
  nextOpeningMs(nowMs: number): number | null {
    return this.isOpen() ? null : nextOpening(this.schedule(), nowMs);
  }

  /** The same as it will be after a closing bell at this time; null while the gate stays open then. */
  nextOpeningAfterBellMs(bellMs: number): number | null {
    const schedule = this.schedule();
    const closes = schedule.mode === 'appointment' && this.#read().episodesLeft <= 1;
    return closes ? nextOpening(schedule, bellMs) : null;
  }

  /**
   * The opening to take up now, if one is due. One that comes while the last is still played is skipped by `take`, not
   * queued.
   */
  due(nowMs: number): number | null {
    const schedule = this.schedule();
    return schedule.mode === 'continuous' ? null : openingDue(schedule, this.#read().taken, nowMs);
  }

  /** True when the gate opened with it. */
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
    const gate = this.#read();
    this.#save({ ...gate, episodesLeft: Math.max(0, gate.episodesLeft - 1) });
  }

  #read(): GateNote {
    const note = this.#keyValues.get(NOTE);
    return note === null ? { taken: [], episodesLeft: 0 } : gateSchema.parse(JSON.parse(note));
  }

  #save(gate: GateNote): void {
    this.#keyValues.set(NOTE, JSON.stringify(gate));
  }
}
