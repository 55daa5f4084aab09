/** What `/report` says. */
import type { LabFigure } from '#show/ports/lab-desk.ts';
import { counted } from './counted.ts';

export const lab = {
  lab: {
    title: (name: string) => `In the lab: ${name}`,
    none: (brain: string) =>
      `The lab has not measured ${brain} on this machine yet. Whoever runs the show can: \`npm run lab -- --help\` says how.`,
    worlds: (worlds: string, rounds: string, turns: string) =>
      `${counted(worlds, 'world')} of ${counted(rounds, 'round')}, ${counted(turns, 'turn')}, without an audience. A world is the same for everybody.`,
    split: {
      shipped: 'Played with this show’s own traders and news.',
      heldOut: 'Played with traders and news that it had never met.',
    },
    trained: 'It was trained on this very world, and so stands outside the rank.',
    apart: (more: string, less: string, alike: string) =>
      [
        ...(more === '' ? [] : [`It surely gives away less than ${more}.`]),
        ...(less === '' ? [] : [`It surely gives away more than ${less}.`]),
        `${more === '' && less === '' ? 'By what it gives away it' : 'It'} is not told apart from ${counted(alike, 'policy that plays', 'policies that play')} beside it.`,
      ].join(' '),
    /** Two of the figures in plain words. */
    plain: {
      'speaker-found': (times: string, chance: string) =>
        `Who speaks is told from the words alone ${times} times of 100 (by chance ${chance}).`,
      contingency: (times: string, chance: string) =>
        `Answers fit what was said ${times} times of 100 (by chance ${chance}).`,
    },
    figures: {
      regret: 'Given away against the best its mandate allows, basis points a round',
      'lag-gain': 'Rounds by which it fits a new regime sooner than other worlds’ regimes',
      contingency: 'Answers fit the line they answer',
      'speaker-found': 'One can tell who speaks',
      repeats: 'Its own lines said again',
    } satisfies Record<LabFigure['id'], string>,
    figure: (title: string, value: string, range: string | null, chance: string | null) =>
      `**${value}**${range === null ? '' : ` (${range})`} · ${title}${chance === null ? '' : `; by chance ${chance}`}`,
    range: (low: string, high: string) => `${low} to ${high}`,
    control: (covered: string, of: string) =>
      `Played again with other luck, no difference from itself was found in ${covered} of ${counted(of, 'measure')}.`,
    footer: (command: string) => `In brackets: where it lies with 95 %. Repeat it: ${command}`,
  },
};
