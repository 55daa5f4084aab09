/** Whom a model plays. */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { errorLine } from '#lib/error-text.ts';
import { InputError } from '#lib/input-error.ts';
import type { Log } from '#show/ports/clock.ts';
import { AnswerAbortedError, PromptTooLongError } from '../engine/errors.ts';

/** Of a cast, those whom shows brought beside the content's own, by the show. */
export type Brought = ReadonlyMap<TraderId, string>;

/**
 * So many of them have a mind at most: each takes the context of a trader, a share of every start, and with the content's own four
 * these are 32 sequences of the 256 that llama.cpp has.
 */
const BROUGHT_MAX = 28;

interface CompanyDeps {
  /** Who is first here is first to have a mind. */
  cast: readonly Persona[];
  /** Nobody must be able to keep the others from playing. Default: all are the content's own. */
  brought?: Brought | undefined;
  log: Log;
}

/** Whom a model plays: the content's own, who must all be, and as many of those whom shows brought as it has room for. */
export class Company {
  readonly own: readonly Persona[];
  readonly #brought: Brought;
  readonly #log: Log;
  readonly #leftOut = new Set<TraderId>();
  readonly #members: readonly Persona[];

  constructor({ cast, brought = new Map(), log }: CompanyDeps) {
    this.#brought = brought;
    this.#log = log;
    this.own = cast.filter(({ id }) => !brought.has(id));
    this.#members = [...this.own, ...cast.filter(({ id }) => brought.has(id))];
  }

  /** Of the cast, those who have no mind. */
  get leftOut(): ReadonlySet<TraderId> {
    return this.#leftOut;
  }

  get members(): readonly Persona[] {
    return this.#members.filter(({ id }) => !this.#leftOut.has(id));
  }

  isBrought({ id }: Persona): boolean {
    return this.#brought.has(id);
  }

  /** The first so many, those whom shows brought no more than are allowed. */
  first(seats: number): readonly Persona[] {
    return this.#members.slice(0, Math.min(seats, this.own.length + BROUGHT_MAX));
  }

  /** There are no more than so many minds: who has none is told once. */
  seat(seats: number): void {
    const seated = this.first(seats);
    const left = this.#members.filter((persona) => !seated.includes(persona));
    if (left.length === 0) return;
    for (const { id } of left) this.#leftOut.add(id);
    this.#log.warn(
      { minds: seated.length, traders: left.map(({ id }) => `${id} of ${this.#brought.get(id)}`) },
      'there is no room for more minds: the script plays these traders',
    );
  }

  /**
   * For one whom a model cannot play.
   * @throws InputError for one of the content's own who is too long; the error where that is no matter of the persona
   */
  leaveOut({ id, name }: Persona, error: unknown): void {
    const show = this.#brought.get(id);
    if (show !== undefined && !(error instanceof AnswerAbortedError)) {
      this.#leftOut.add(id);
      this.#log.warn(
        { trader: id, show, error: errorLine(error) },
        'the model cannot play this trader: the script does',
      );
      return;
    }
    if (!(error instanceof PromptTooLongError)) throw error;
    throw new InputError(
      `${name} is too long for the model: the fixed prompt, a turn and an answer do not fit into its context. Choose another ` +
        `model, shorten data/cast/${id}.json, or name a cast without ${id} with --cast.`,
      { cause: error },
    );
  }
}
