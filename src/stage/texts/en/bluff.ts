/** Does the trader do what it says? */
import type { BluffRefusal } from '#show/results.ts';
import { counted } from './counted.ts';

export const bluff = {
  bluff: {
    button: 'Bluff?',
    ask: (name: string, line: string) =>
      `${name} says: “${line}” What does the deal of this very turn say? You have one guess, until the tape tells.`,
    means: '🤝 Means it',
    bluffs: '🃏 Bluffs',
    called: (name: string, call: string) =>
      `${name}: **${call}**. The tape tells when the round is over; right is worth a point, wrong costs one.`,
    right: (name: string, call: string) => `${name}: you said **${call}**, and you were right.`,
    wrong: (name: string, call: string) => `${name}: you said **${call}**, and you were wrong.`,
    ahead: {
      ask: (name: string) =>
        `Or guess ahead: will ${name} mean the next promise, the first whose deal you cannot know yet?`,
      called: (name: string, call: string) =>
        `${name}, next promise: **${call}**. Right is worth a point, wrong costs one; “Bluff?” under that line says how it ended.`,
    },
    told: (called: string, right: string) =>
      `🃏 ${counted(called, 'guess', 'guesses')} at a bluff, ${right} right.`,
    board: {
      title: 'Who sees through the traders',
      button: 'At bluffs',
      row: (rank: number, mention: string, rating: string, points: string, right: string, all: string) =>
        `**${rank}.** ${mention} ${rating} · ${counted(points, 'point')} · ${right} of ${all} right`,
      empty: 'Nobody has guessed this season yet: “Bluff?” is under the lines that promise something.',
      about:
        'An Elo rating a season: whoever is right takes points from the trader, and the other way round.',
    },
    refusals: {
      no_such_line: () => 'That line promises nothing that a deal could show.',
      round_is_over: () => 'That round is over, and the tape has told. Guess at a newer line.',
      called_already: () => 'You have guessed at this line already. One guess a line.',
      you_know: () => 'You have looked up what the trader did this round, so it would be no guess.',
    } satisfies Record<BluffRefusal, () => string>,
  },
};
