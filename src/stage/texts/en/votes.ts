/** Votes in the intermission. */
import type { VoteRefusal } from '#show/results.ts';

export const votes = {
  votes: {
    title: (episode: number) => `🗳️ You decide, before episode ${episode}`,
    about: 'One vote a question, until the opening bell; your last one counts.',
    over: 'The bell has rung and the votes are counted.',
    headline: (first: string, second: string) =>
      `**Which headline runs first?**\n🅰️ “${first}”\n🅱️ “${second}”`,
    bailout: (name: string) =>
      `**Does ${name} get a loan and trade again?** Otherwise the VC office lends after one whole episode as the intern.`,
    first: '🅰️ The first',
    second: '🅱️ The second',
    yes: (name: string) => `🤝 A loan for ${name}`,
    no: (name: string) => `☕ ${name} makes coffee`,
    cast: (what: string, first: string, second: string) =>
      `Your vote: **${what}**. It stands ${first} to ${second}.`,
    lent: (name: string, yes: string, no: string) =>
      `🗳️ Members voted ${yes} to ${no}: ${name} gets the loan.`,
    coffee: (name: string, yes: string, no: string) =>
      `🗳️ Members voted ${no} to ${yes}: ${name} makes coffee.`,
    ran: (text: string, more: string, less: string) =>
      `🗳️ By ${more} to ${less}, the wire runs first: “${text}”`,
    tieLoan: (name: string, each: string) =>
      `🗳️ ${each} to ${each} on ${name}'s loan: the VC office decides.`,
    tieHeadline: (each: string) => `🗳️ ${each} to ${each} on the headline: the wire runs what it likes.`,
    refusals: {
      vote_is_over: () => 'The bell has rung and the votes are counted. The next vote comes at intermission.',
      no_such_vote: () => 'There is no such vote any more.',
    } satisfies Record<VoteRefusal, () => string>,
  },
};
