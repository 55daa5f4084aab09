/** The choices of all traders who think with one model: their habits, measured once, and their leanings, turn by turn. */
import type { Persona, Room } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Choose } from '../engine/answer/choice.ts';
import { calibrated, type Habits } from './chooser.ts';
import { measureHabits, neutralTurns, type Ask, type Neutral } from './habits.ts';
import { habitsOf, type HabitStore } from './kept-habits.ts';
import { leaningOf } from './leaning.ts';

export interface ChoicesOptions {
  cast: readonly Persona[];
  rooms: readonly Pick<Room, 'id' | 'name'>[];
  /** Names the model's file, and no other. */
  model: string;
  store: HabitStore;
  /** All that a trader is told before and in a neutral turn. */
  told: (neutral: Neutral) => unknown;
  ask: Ask;
}

export class Choices {
  readonly #cast: readonly Persona[];
  readonly #habits: ReadonlyMap<TraderId, Habits>;

  private constructor(cast: readonly Persona[], habits: ReadonlyMap<TraderId, Habits>) {
    this.#cast = cast;
    this.#habits = habits;
  }

  /** Reads the habits that are kept and measures the others. Rejects as `ask` does. */
  static async of({ cast, rooms, model, store, told, ask }: ChoicesOptions): Promise<Choices> {
    const habits = await Promise.all(
      cast.map(async (persona): Promise<[TraderId, Habits]> => {
        const turns = neutralTurns(persona, rooms);
        const dependsOn = [model, turns.map((turn) => [told(turn), turn.given])];
        const name = `${model} ${persona.id}`;
        return [persona.id, await habitsOf(store, name, dependsOn, () => measureHabits(turns, ask))];
      }),
    );
    return new Choices(cast, new Map(habits));
  }

  /** @param chance names the turn, and the show's seed */
  for(observation: Observation, chance: string): Choose | undefined {
    const persona = this.#cast.find(({ id }) => id === observation.trader);
    const habits = this.#habits.get(observation.trader);
    return persona && habits && calibrated(habits, leaningOf(persona, observation), chance);
  }
}
