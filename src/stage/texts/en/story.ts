/** The show told as a story: questions, beats, scenes, moments. */
import type { ArcKind, LeftPosition, MomentKind } from '#show/ports/story-views.ts';
import { counted } from './counted.ts';

/** By how many there are. Of a quiet day there are none. */
const IN_MOMENTS = ['', ', in one moment', ', in two moments', ', in three moments'];

export const story = {
  story: {
    openTitle: (episode: number) => `🎬 Episode ${episode}`,
    previously: 'Previously:',
    wonAndLost: (winner: string, gain: string, loser: string, loss: string) =>
      `${winner} won the day (${gain}), ${loser} came last (${loss}).`,
    fell: (names: string) => `And ${names} went bankrupt.`,
    recalled: (question: string, answer: string) => `${question} ${answer}.`,
    question: 'The question:',
    questions: {
      survive: (name: string) => `Can ${name} stay out of bankruptcy?`,
      loan: (name: string, sum: string) => `Can ${name}, back on a loan of ${sum}, make anything of it?`,
      climb: (name: string, sum: string) => `Can ${name} climb back above ${sum}?`,
      streak: (name: string, times: number) => `Can ${name} win for the ${ordinal(times)} time running?`,
      repay: (name: string, sum: string) => `Can ${name} win back the ${sum} of last time?`,
      overtake: (name: string, rival: string) => `Can ${name} get ahead of ${rival}?`,
      milestone: (name: string, sum: string) => `Will ${name} pass ${sum}?`,
      winner: 'Who will be ahead at the bell?',
    },
    yes: 'Yes',
    no: 'No',
    leads: (first: string, gain: string, second: string, secondGain: string) =>
      `${first} leads (${gain}) before ${second} (${secondGain}).`,
    halfTime: '⏱️ **Half time.**',
    lastRounds: (rounds: number) => `⏳ **${counted(rounds, 'round')} to the bell.**`,
    missing: (sum: string) => `${sum} to go.`,
    yesSoFar: 'As things stand: yes.',
    firstCall: (name: string, size: string, instrument: string) =>
      `📞 **First call:** ${name} puts ${size} into ${instrument}.`,
    next: (question: string) => `🎬 **Next episode:** ${question}`,
    endTitle: (episode: number, moments: number) => `🎞️ Episode ${episode}${IN_MOMENTS[moments] ?? ''}`,
    answered: (question: string, answer: string) => `**${question}** ${answer}.`,
    firstCallWas: (name: string, instrument: string, change: string) =>
      `The first call, ${name} into ${instrument}: ${change} by the bell.`,
    link: 'watch',
    looksBack: (name: string, line: string) => `> 🎥 ${name}: “${line}”`,
    moments: {
      swing: (m: Record<string, string>) => `🎢 **The swing:** ${m['name']}, ${m['sum']} in a single round.`,
      burn: (m: Record<string, string>) => `🔥 **The burn:** ${m['name']} to ${m['other']}: “${m['line']}”`,
      betrayal: (m: Record<string, string>) =>
        `🗡️ **The betrayal:** ${m['name']} talked ${m['instrument']} up and did otherwise; ${m['other']} believed it, and it cost ${m['sum']}.`,
      fall: (m: Record<string, string>) => `🪦 **The fall:** ${m['name']} went bankrupt.`,
      call: (m: Record<string, string>) =>
        `🎯 **The call:** ${m['name']} into ${m['instrument']}, ${m['sum']} by the bell against doing nothing.`,
      blunder: (m: Record<string, string>) =>
        `🤦 **The blunder:** ${m['name']} into ${m['instrument']}, ${m['sum']} by the bell against doing nothing.`,
    } satisfies Record<MomentKind, (m: Record<string, string>) => string>,
    /** The same of a call in which what was given up counts for most. */
    left: {
      call: (m: Record<string, string>) =>
        `🎯 **The call:** ${m['name']} ${m['left']} in time, ${m['sum']} by the bell against doing nothing.`,
      blunder: (m: Record<string, string>) =>
        `🤦 **The blunder:** ${m['name']} ${m['left']} too soon, ${m['sum']} by the bell against doing nothing.`,
    } satisfies Partial<Record<MomentKind, (m: Record<string, string>) => string>>,
    outOf: {
      long: (instrument: string) => `out of ${instrument}`,
      short: (instrument: string) => `out of a short in ${instrument}`,
    } satisfies Record<LeftPosition['was'], (instrument: string) => string>,
    nothing: 'A quiet day. Nobody will remember it, which is a kind of success.',
    crown: (name: string, sum: string) => `👑 The crown goes to **${name}** with ${sum}.`,
    spoon: (name: string, sum: string) => `🥄 The wooden spoon goes to **${name}** with ${sum}.`,
    arcs: {
      phoenix: (m: Record<string, string>) =>
        `**${m['name']}** died and came back: bankrupt in episode ${m['fell']}, home with ${m['end']}.`,
      fallen: (m: Record<string, string>) =>
        `**${m['name']}** went bankrupt in episode ${m['fell']} and ends the season making coffee.`,
      icarus: (m: Record<string, string>) =>
        `**${m['name']}** flew to ${m['peak']} in episode ${m['peakEpisode']}, and landed at ${m['end']}.`,
      diver: (m: Record<string, string>) =>
        `**${m['name']}** was down to ${m['low']} in episode ${m['lowEpisode']}, and came up again to ${m['end']}.`,
      riser: (m: Record<string, string>) =>
        `**${m['name']}** rose, and kept it: ${m['end']}, ${m['wins']} won.`,
      slider: (m: Record<string, string>) => `**${m['name']}** slid, politely, all season: ${m['end']}.`,
      steady: (m: Record<string, string>) =>
        `**${m['name']}** went nowhere, with great discipline: ${m['end']}.`,
    } satisfies Record<ArcKind, (m: Record<string, string>) => string>,
    wins: (count: number) => (count === 0 ? 'no episode' : counted(count, 'episode')),
  },
};

function ordinal(n: number): string {
  const words = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
  return words[n] ?? `${n}th`;
}
