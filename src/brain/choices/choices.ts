/** The choices of all traders who think with one model: their habits, measured once, their leanings, turn by turn, and what is usual on a floor. */
import type { Persona, Room } from '#core/content.ts';
import type { Turn } from '#show/ports/brain.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Choose } from '../engine/answer/choice.ts';
import { ByFloor, ONE_FLOOR } from '../lines/by-floor.ts';
import { calibrated, onStage, type Habits } from './chooser.ts';
import { measureHabits, neutralTurns, type Ask, type Look, type Neutral } from './habits.ts';
import { habitsOf, type HabitStore } from './kept-habits.ts';
import { leaningOf } from './leaning.ts';
import { Usual } from './usual.ts';

export interface ChoicesOptions {
  cast: readonly Persona[];
  rooms: readonly Pick<Room, 'id' | 'name'>[];
  /** Names the model's file, and no other. */
  model: string;
  store: HabitStore;
  /** How a thought is begun for it. Default: not at all. */
  look?: Look | undefined;
  /** All that a trader is told before and in a neutral turn. */
  told: (neutral: Neutral) => unknown;
  ask: Ask;
  /** Told after each neutral turn: how many were asked, and of how many. What is kept asks none. */
  measured?: ((done: number, of: number) => void) | undefined;
  /** Told of a persona whose habits cannot be measured, and who then has none. Default: the error is thrown. */
  unable?: ((persona: Persona, error: unknown) => void) | undefined;
}

export class Choices {
  readonly #cast: readonly Persona[];
  readonly #habits: ReadonlyMap<TraderId, Habits>;
  readonly #look: Look | undefined;
  readonly #floors = new ByFloor<Map<TraderId, Usual>>();

  private constructor(
    cast: readonly Persona[],
    habits: ReadonlyMap<TraderId, Habits>,
    look: Look | undefined,
  ) {
    this.#cast = cast;
    this.#habits = habits;
    this.#look = look;
  }

  /** Reads the habits that are kept and measures the others. Rejects as `ask` does, or as `unable` throws. */
  static async of(options: ChoicesOptions): Promise<Choices> {
    const { cast, rooms, look, model, store, told, ask, measured, unable = rethrow } = options;
    let [done, all] = [0, 0];
    const askCounted: Ask = async (neutral, choose) => {
      const answer = await ask(neutral, choose);
      done += 1;
      measured?.(done, all);
      return answer;
    };
    const habits = await Promise.all(
      cast.map(async (persona): Promise<[TraderId, Habits][]> => {
        const turns = neutralTurns(persona, rooms, look);
        const dependsOn = [model, turns.map((turn) => [told(turn), turn.given])];
        const name = `${model} ${persona.id}`;
        const measure = (): Promise<Habits> => {
          all += turns.length;
          return measureHabits(turns, askCounted);
        };
        try {
          return [[persona.id, await habitsOf(store, name, dependsOn, measure)]];
        } catch (error) {
          unable(persona, error);
          return [];
        }
      }),
    );
    return new Choices(cast, new Map(habits.flat()), look);
  }

  /**
   * How the trader of a turn chooses.
   * @param seed the show's
   */
  for({ id, observation, floor = ONE_FLOOR, aside }: Turn, seed: number): Choose | undefined {
    const persona = this.#cast.find((each) => each.id === observation.trader);
    const habits = this.#habits.get(observation.trader);
    if (!persona || !habits) return undefined;
    const leaning = leaningOf(persona, observation);
    const chance = `${seed}/${id}`;
    if (!this.#look) return calibrated(habits, leaning, chance);
    const stage = {
      usual: this.#usualOn(floor, persona.id),
      turn: { id, aside: aside === true },
      hasLooked: this.#look(observation) !== null,
      roomName: observation.roomName,
    };
    return onStage(stage, habits, leaning, chance);
  }

  #usualOn(floor: string, trader: TraderId): Usual {
    const traders = this.#floors.get(floor) ?? new Map<TraderId, Usual>();
    this.#floors.set(floor, traders);
    const usual = traders.get(trader) ?? new Usual();
    traders.set(trader, usual);
    return usual;
  }
}

function rethrow(_: Persona, error: unknown): never {
  throw error;
}
