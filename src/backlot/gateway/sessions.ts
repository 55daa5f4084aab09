import type { Session } from './session.ts';

/** A lost session can be resumed for this long. */
const RESUMABLE_MS = 5 * 60_000;

/** The bots that are logged in, and those whose connection was lost and that may yet resume. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  /** Every session that is connected or can be resumed. */
  all(): Session[] {
    this.#forgetLost();
    return [...this.#byId.values()];
  }

  find(id: string): Session | undefined {
    this.#forgetLost();
    return this.#byId.get(id);
  }

  get areConnected(): boolean {
    return [...this.#byId.values()].some(({ connection }) => connection !== undefined);
  }

  add(session: Session): void {
    this.#byId.set(session.id, session);
  }

  /** The connection is gone; a session that signed off cannot be resumed. */
  lose(session: Session, hasSignedOff: boolean): void {
    session.connection = undefined;
    session.lostAtMs = Date.now();
    if (hasSignedOff) this.#byId.delete(session.id);
  }

  clear(): void {
    this.#byId.clear();
  }

  #forgetLost(): void {
    for (const [id, { connection, lostAtMs }] of this.#byId) {
      if (connection === undefined && Date.now() - lostAtMs > RESUMABLE_MS) this.#byId.delete(id);
    }
  }
}
