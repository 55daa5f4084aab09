/** A show by appointment: when its doors open, and when the next pool does. */
import { counted } from './counted.ts';

export const doors = {
  doors: {
    closed: (when: string, from: string) =>
      `🚪 The doors are closed. They open again ${when} (${from}), and the next pool with them.`,
  },

  nextPool: {
    withDoors: (from: string) => `The next one opens with the doors, ${from}.`,
    afterThisRound: 'The next one opens after the closing bell of this round.',
    /** `from`: "in 2 minutes"; null: nobody knows the time, so rounds are told. */
    afterBell: (rounds: number, from: string | null) =>
      `The next one opens after the closing bell, ${from ?? `in ${counted(rounds, 'round')}`}.`,
    onStart: 'The next one opens when a producer starts the show.',
  },
};
