/** Producers change who plays: stored with its entry in the audit log, and counted from the next season on. */
import type { Fault } from '#core/casting/fault.ts';
import type { Wishes } from '#core/casting/read.ts';
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { AuditRecord } from '../ports/store.ts';
import type { Recorder } from '../recorder.ts';
import type { CastRefusal, Result } from '../results.ts';
import type { Cast, Joined, Roster, Unreadable } from './roster.ts';

export type { Cast, Joined, Unreadable } from './roster.ts';

export interface CastingDeps {
  roster: Roster;
  recorder: Recorder;
  audit: (what: AuditRecord['what'], by: string, detail: string | null) => void;
}

export class Casting {
  readonly #deps: CastingDeps;

  constructor(deps: CastingDeps) {
    this.#deps = deps;
  }

  cast(): Cast {
    return this.#deps.roster.cast();
  }

  addShipped(id: string, by: string): Result<Joined, CastRefusal> | { ok: false; faults: Fault[] } {
    return this.#noted(
      by,
      (roster) => roster.addShipped(id),
      ({ persona }) => `+${persona.id}`,
    );
  }

  addFile(bytes: Uint8Array, wishes: Wishes, by: string): Result<Joined, CastRefusal> | Unreadable {
    return this.#noted(
      by,
      (roster) => roster.addFile(bytes, wishes),
      ({ persona }) => `+${persona.id}`,
    );
  }

  remove(id: TraderId, by: string): Result<Persona, CastRefusal> {
    return this.#noted(
      by,
      (roster) => roster.remove(id),
      (persona) => `-${persona.id}`,
    );
  }

  #noted<T, R extends { ok: false }>(
    by: string,
    change: (roster: Roster) => { ok: true; value: T } | R,
    detail: (value: T) => string,
  ): { ok: true; value: T } | R {
    const { recorder, roster, audit } = this.#deps;
    return recorder.commit(() => {
      const done = change(roster);
      if (done.ok) audit('cast', by, detail(done.value));
      return done;
    });
  }
}
