/** Counts lines that came too late to be shown, or in quiet hours, a place at a time, until one card stands for them. Survives a restart. */
import type { KeyValues } from '#show/ports/key-values.ts';
import type { OutboxRow } from '#show/ports/outbox.ts';
import type { Place } from '../channels/places.ts';

export interface Lost {
  lines: number;
  fromMs: number;
  toMs: number;
  /** The first row of them: names the card. */
  firstRow: number;
  /** Kept back by quiet hours, not lost on the way. */
  quiet: boolean;
}

const noteOf = (place: Place): string => `lost:${place}`;

export class LostLines {
  readonly #keyValues: KeyValues;

  constructor(keyValues: KeyValues) {
    this.#keyValues = keyValues;
  }

  add(place: Place, rows: readonly OutboxRow[], quiet: boolean): void {
    const before = this.in(place);
    const due = rows.map((row) => row.dueMs);
    const lost: Lost = {
      lines: (before?.lines ?? 0) + rows.length,
      fromMs: Math.min(before?.fromMs ?? Number.POSITIVE_INFINITY, ...due),
      toMs: Math.max(before?.toMs ?? 0, ...due),
      firstRow: before?.firstRow ?? Math.min(...rows.map((row) => row.id)),
      quiet,
    };
    this.#keyValues.set(noteOf(place), JSON.stringify(lost));
  }

  in(place: Place): Lost | null {
    const note = this.#keyValues.get(noteOf(place));
    return note === null ? null : (JSON.parse(note) as Lost);
  }

  clear(place: Place): void {
    this.#keyValues.delete(noteOf(place));
  }
}
