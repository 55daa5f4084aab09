/** Why a trader did what it did. */
import type { Thing } from '#core/without.ts';
import type { WhyRefusal } from '#show/results.ts';
import { counted } from './counted.ts';

export const why = {
  why: {
    command: {
      description: "Asks a trader's mind again, with one thing taken away at a time. Only you see it",
      options: {
        trader: { name: 'trader', description: 'Whose last trade; where it only held, its last turn' },
      },
    },
    button: 'Why?',
    begun: (name: string, seconds: string) =>
      `${name}'s mind is asked again, about ${counted(seconds, 'second')}. The show's own turns go first.`,
    title: (emoji: string, name: string, round: number) => `❓ ${emoji} Why ${name} did it, round ${round}`,
    did: (what: string) => `It did: **${what}**.`,
    heldSince: (round: number) =>
      `It has held since, so this is about round ${round}, the last in which it chose a trade.`,
    again: (what: string) =>
      `Asked once more with everything: ${what}. What follows is measured against that.`,
    hold: 'hold',
    trade: (size: string, instrument: string) => `${size} into ${instrument}`,
    without: {
      news: 'without the news',
      line: 'without what others said',
      price: 'without the prices',
      memory: 'without memory',
    } satisfies Record<Thing, string>,
    things: {
      news: 'the news',
      line: 'what others said',
      price: 'the prices',
      memory: 'memory',
    } satisfies Record<Thing, string>,
    other: (bar: string, without: string, what: string) => `${bar} ${without}: **${what}**`,
    words: (bar: string, without: string) => `${bar} ${without}: the same deal in other words`,
    same: (bar: string, without: string) => `${bar} ${without}: the very same`,
    absent: (bar: string, without: string) => `${bar} ${without}: there was none`,
    silent: (bar: string, without: string) => `${bar} ${without}: no answer came`,
    hungOn: (things: string) => `**It hung on ${things}.**`,
    onNothing: '**It hung on none of these alone.** Take any one away, and the deal is the same.',
    and: ' and ',
    footer: 'The same mind with the same luck, asked aside: nothing of it is remembered.',
    refusals: {
      unknown_trader: () => 'No trader has that name. Pick one from the list.',
      no_turn_yet: () =>
        'That trader has not had a turn that could be asked about. Try again after the next round.',
      too_many_ask: () => 'Several members are asking already. Try again in a minute.',
      no_time: () => 'The show, or whoever asked before you, needed its minds all the time. Try again later.',
    } satisfies Record<WhyRefusal, () => string>,
  },
};
